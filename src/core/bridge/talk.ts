// A message that is carried: who wrote it, what it says until it is delivered, where it stands, and who reacted to it.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { untilSettled } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { MessageRef } from "../ports/platform.ts";
import type { Row, Store } from "../ports/store.ts";

const file = z.object({ name: just.string, type: just.string, bytes: z.number(), source: just.string });

export const bridgeTalks = collection(
  "bridge_talks",
  z.object({
    podId: just.string,
    /** Where it was written. */
    linkId: just.string,
    author: just.string,
    platform: just.string,
    avatar: maybe.string,
    /** `early`: its edit was heard of before itself. */
    state: z.enum(["told", "early", "deleted"]),
    /** What it says, kept until it is delivered everywhere; "" before and after. */
    text: just.string.default(""),
    /** The beginning of what it replies to, kept as long. */
    quote: maybe.string,
    files: z.array(file).default([]),
    /** Its text and files are kept, since then. */
    openSince: maybe.int,
    /** A hash of the text, to tell whether an edit changes anything. */
    said: just.string.default(""),
    /** The carried message that it replies to. */
    repliesTo: maybe.string,
    reacted: just.boolean.default(false),
    at: just.int,
  }),
  { indexes: [["at"], ["openSince"]] },
);
export type BridgeTalk = Row<typeof bridgeTalks>;

/** What is left of a talk when its text is kept no more. */
export const emptied = { text: "", quote: undefined, files: [], openSince: undefined } satisfies Partial<BridgeTalk>;

/**
 * A message of the talk in one channel: the one that a person wrote, or one that PeerSpark posts. Those that are `due`
 * are the sequence of their channel, in the order of their ids.
 */
export const bridgeCopies = collection(
  "bridge_copies",
  z.object({
    talkId: just.string,
    linkId: just.string,
    /** The person's own message. */
    original: just.boolean.default(false),
    /** Whether it holds the text, and which of the files. */
    text: just.boolean.default(true),
    file: maybe.int,
    /** The file was not sent: a link to it, or its name, stands for it. */
    named: just.boolean.default(false),
    /** Stands for so many messages that were skipped. */
    skipped: maybe.int,
    /** Where it stands once it was posted. */
    platform: just.string,
    channel: maybe.string,
    thread: just.string.default(""),
    message: maybe.string,
    due: just.boolean,
    /** Claimed until then by whoever brings it up to date. Past it, nobody knows what became of it. */
    claimedUntil: maybe.int,
    attempt: just.int.default(0),
    /** Since then nobody knows whether it was posted. */
    unknownSince: maybe.int,
    /** Posts begun again when a second one would show. */
    resent: just.int.default(0),
    /** The `said` that it shows. */
    shows: maybe.string,
    /** PeerSpark's own reactions on it. */
    marks: z.array(just.string).default([]),
    at: just.int,
  }),
  {
    unique: [["platform", "channel", "message"]],
    indexes: [["linkId", "due"], ["talkId", "due"], ["due"]],
  },
);
export type BridgeCopy = Row<typeof bridgeCopies>;

/** Somebody's reaction to any message of the talk; `person` is a hash. */
export const bridgeReactions = collection(
  "bridge_reactions",
  z.object({ talkId: just.string, linkId: just.string, emoji: just.string.max(64), person: just.string }),
  { unique: [["talkId", "linkId", "emoji", "person"]] },
);

export const refOf = ({ platform, channel, thread, message }: BridgeCopy): MessageRef | undefined =>
  channel === undefined || message === undefined
    ? undefined
    : { platform, channel, message, ...(thread && { thread }) };

/** What is known of a message; threads share their channel's numbers. */
export const copyAt = (store: Store, { platform, channel, message }: MessageRef): Promise<BridgeCopy | undefined> =>
  store.getBy(bridgeCopies, { platform, channel, message });

/** Every message of a talk, the original first. */
export async function copiesOf(store: Store, talkId: string): Promise<readonly BridgeCopy[]> {
  return (await store.find(bridgeCopies, { where: { talkId }, limit: 200 })).rows;
}

/** Of one message; further ones are left out. */
export const mostReactions = 500;

/** What PeerSpark's reactions on this message should be: those that stand on its counterparts. */
export async function marksFor(store: Store, { talkId, linkId }: BridgeCopy): Promise<readonly string[]> {
  const { rows } = await store.find(bridgeReactions, { where: { talkId }, limit: mostReactions });
  return [...new Set(rows.filter((row) => row.linkId !== linkId).map(({ emoji }) => emoji))];
}

/** As `untilSettled`, and again when a copy was dropped meanwhile. */
export const settling = <T>(attempt: () => Promise<T>): Promise<T> =>
  untilSettled(() =>
    attempt().catch((error) => {
      const dropped = error instanceof AppError && error.code === "not_found";
      throw dropped ? new AppError("conflict", "dropped meanwhile", { cause: error, detail: { key: "rev" } }) : error;
    }),
  );
