// A message that is carried: who wrote it, what it says until it is delivered, where it stands, and who reacted to it.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { untilSettled } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { MessageRef } from "../ports/platform.ts";
import type { Row, Store } from "../ports/store.ts";

const file = z.object({ name: z.string(), type: z.string(), bytes: z.number(), source: z.string() });

export const bridgeTalks = collection(
  "bridge_talks",
  z.object({
    podId: z.string(),
    /** Where it was written. */
    linkId: z.string(),
    author: z.string(),
    platform: z.string(),
    avatar: z.string().optional(),
    /** `early`: its edit was heard of before itself. */
    state: z.enum(["told", "early", "deleted"]),
    /** What it says, kept until it is delivered everywhere; "" before and after. */
    text: z.string().default(""),
    /** The beginning of what it replies to, kept as long. */
    quote: z.string().optional(),
    files: z.array(file).default([]),
    /** Its text and files are kept, since then. */
    openSince: z.int().optional(),
    /** A hash of the text, to tell whether an edit changes anything. */
    said: z.string().default(""),
    /** The carried message that it replies to. */
    repliesTo: z.string().optional(),
    reacted: z.boolean().default(false),
    at: z.int(),
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
    talkId: z.string(),
    linkId: z.string(),
    /** The person's own message. */
    original: z.boolean().default(false),
    /** Whether it holds the text, and which of the files. */
    text: z.boolean().default(true),
    file: z.int().optional(),
    /** The file was not sent: a link to it, or its name, stands for it. */
    named: z.boolean().default(false),
    /** Stands for so many messages that were skipped. */
    skipped: z.int().optional(),
    /** Where it stands once it was posted. */
    platform: z.string(),
    channel: z.string().optional(),
    thread: z.string().default(""),
    message: z.string().optional(),
    due: z.boolean(),
    /** Claimed until then by whoever brings it up to date. Past it, nobody knows what became of it. */
    claimedUntil: z.int().optional(),
    attempt: z.int().default(0),
    /** Since then nobody knows whether it was posted. */
    unknownSince: z.int().optional(),
    /** Posts begun again when a second one would show. */
    resent: z.int().default(0),
    /** The `said` that it shows. */
    shows: z.string().optional(),
    /** PeerSpark's own reactions on it. */
    marks: z.array(z.string()).default([]),
    at: z.int(),
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
  z.object({ talkId: z.string(), linkId: z.string(), emoji: z.string().max(64), person: z.string() }),
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
