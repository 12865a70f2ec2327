// Hears what people write in a channel of a bridge, and puts it into the sequences of the other channels.

import { isConflict } from "../errors.ts";
import { insert, patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { handOver } from "../kernel/turns.ts";
import { tidy } from "../kernel/visible-text.ts";
import { accounts, profiles } from "../members/read.ts";
import type { Account, Deed, MessageRef, Talk } from "../ports/platform.ts";
import type { Change, NewRow } from "../ports/store.ts";
import { cutTo } from "../text.ts";
import { drainRequest } from "./drain-link.ts";
import { othersThan, type Spot } from "./link.ts";
import { notedCopy } from "./noted-copy.ts";
import { type Part, partsOf } from "./parts.ts";
import { clearReactions, noteReaction } from "./react-to-talk.ts";
import {
  type BridgeCopy,
  type BridgeTalk,
  bridgeCopies,
  bridgeTalks,
  copiesOf,
  copyAt,
  emptied,
  settling,
} from "./talk.ts";

/** The longest name and quote that a post has. */
const longest = 80;

/** What is already known of a message is heard once: a repeated deed, or a copy that a platform sends back, changes nothing. */
export async function hearTalk(ctx: Context, spot: Spot, deed: Deed, account: Account | undefined): Promise<void> {
  if (deed.kind === "text" && deed.talk && account) return hearMessage(ctx, spot, deed.talk, account);
  if (deed.kind === "edited" && account) return hearEdit(ctx, spot, deed.talk, account);
  if (deed.kind === "deleted") return hearDeletion(ctx, spot, deed.message);
  if (deed.kind === "reacted" && account) return noteReaction(ctx, deed, account);
  if (deed.kind === "cleared") return clearReactions(ctx, deed);
}

async function hearMessage(ctx: Context, spot: Spot, talk: Talk, account: Account): Promise<void> {
  if (talk.text.trim() === "" && talk.files.length === 0) return;
  const known = await copyAt(ctx.store, talk.message);
  if (known && !known.original) return;
  const others = await othersThan(ctx.store, spot);
  if (others.length === 0) return;
  try {
    await (known ? catchUp(ctx, known, talk, others) : begin(ctx, spot, talk, account, others));
  } catch (error) {
    if (!isConflict(error) || error.detail.collection !== bridgeCopies.name) throw error;
    return hearMessage(ctx, spot, talk, account);
  }
  await handOver(ctx, { given: others.map(({ link }) => drainRequest(ctx, link)) });
}

async function begin(ctx: Context, spot: Spot, talk: Talk, account: Account, others: readonly Spot[]): Promise<void> {
  const id = ctx.secrets.id();
  await ctx.store.commit([
    insert(bridgeTalks, { ...(await rowOf(ctx, spot, talk, account)), id }),
    insert(bridgeCopies, originalOf(ctx, spot, talk.message, id)),
    ...copiesFor(ctx, id, talk, others),
  ]);
}

/** Its edit or its deletion was heard of first. */
async function catchUp(ctx: Context, known: BridgeCopy, talk: Talk, others: readonly Spot[]): Promise<void> {
  const row = await ctx.store.get(bridgeTalks, known.talkId);
  if (row?.state !== "early") return;
  await ctx.store.commit([
    patch(bridgeTalks, row, { state: "told", files: [...talk.files] }),
    ...copiesFor(ctx, row.id, talk, others),
  ]);
}

const copiesFor = (ctx: Context, talkId: string, talk: Talk, others: readonly Spot[]): Change[] =>
  others.flatMap((to) => partsOf(talk).map((part) => insert(bridgeCopies, copyOf(ctx, to, talkId, part))));

const copyOf = ({ secrets, clock }: Context, { link, binding }: Spot, talkId: string, part: Part) => ({
  id: secrets.id(),
  talkId,
  linkId: link.id,
  platform: binding.platform,
  ...part,
  due: true,
  at: clock.now(),
});

const originalOf = ({ secrets, clock }: Context, { link }: Spot, message: MessageRef, talkId: string) => ({
  id: secrets.id(),
  talkId,
  linkId: link.id,
  original: true,
  ...message,
  due: false,
  at: clock.now(),
});

async function rowOf(
  ctx: Context,
  { pod, link }: Spot,
  { text, quote, files, repliesTo, avatar, message: { platform } }: Talk,
  account: Account,
): Promise<Omit<NewRow<typeof bridgeTalks>, "id">> {
  const { clock, secrets } = ctx;
  const answered = repliesTo && (await notedCopy(ctx, link, repliesTo));
  return {
    podId: pod.id,
    linkId: link.id,
    author: cutTo(await nameOf(ctx, account), longest),
    platform,
    avatar,
    state: "told",
    text,
    quote: quoted(quote),
    files: [...files],
    said: secrets.sign(text, 16),
    repliesTo: answered?.talkId,
    openSince: clock.now(),
    at: clock.now(),
  };
}

const quoted = (quote: string | undefined) => (quote ? cutTo(tidy(quote), longest) : undefined);

/** A member goes by the name they gave themselves, everybody else by what the app calls them. */
async function nameOf({ store }: Context, { platform, workspace, userId, name }: Account): Promise<string> {
  const known = await store.getBy(accounts, { platform, workspace, userId });
  const member = known && (await store.get(profiles, known.memberId));
  return member?.displayName ?? (tidy(name) || userId);
}

async function hearEdit(ctx: Context, spot: Spot, talk: Talk, account: Account): Promise<void> {
  const { store, secrets, clock } = ctx;
  const known = await copyAt(store, talk.message);
  if (!known)
    return noteBefore(ctx, spot, talk.message, { ...(await rowOf(ctx, spot, talk, account)), state: "early" });
  if (!known.original) return;
  const said = secrets.sign(talk.text, 16);
  const due = await settling(async () => {
    const row = await store.get(bridgeTalks, known.talkId);
    if (!row || row.state === "deleted" || row.said === said) return [];
    const copies = (await copiesOf(store, row.id)).filter(({ original, text }) => text && !original);
    await store.commit([
      patch(bridgeTalks, row, { text: talk.text, said, openSince: clock.now(), ...forgottenOf(row, talk) }),
      ...copies.map(({ id }) => patch(bridgeCopies, id, { due: true })),
    ]);
    return copies;
  });
  await wakeAll(ctx, due);
}

/** What it replies to, and its files, as far as they are not kept any more: an edit shows them again. */
const forgottenOf = ({ openSince }: BridgeTalk, talk: Talk): Partial<BridgeTalk> =>
  openSince === undefined ? { quote: quoted(talk.quote), files: [...talk.files] } : {};

async function hearDeletion(ctx: Context, spot: Spot, message: MessageRef): Promise<void> {
  const { store, clock } = ctx;
  const known = await copyAt(store, message);
  if (known && !known.original) return store.commit([remove(bridgeCopies, known.id)]);
  const nothing = { state: "deleted" as const, ...emptied };
  if (!known) {
    const { pod, link } = spot;
    const row = { podId: pod.id, linkId: link.id, author: "", platform: message.platform, at: clock.now() };
    return noteBefore(ctx, spot, message, { ...row, ...nothing });
  }
  const due = await settling(async () => {
    const row = await store.get(bridgeTalks, known.talkId);
    if (!row || row.state === "deleted") return [];
    const copies = (await copiesOf(store, row.id)).filter(({ original }) => !original);
    await store.commit([
      patch(bridgeTalks, row, nothing),
      ...copies.map(({ id }) => patch(bridgeCopies, id, { due: true })),
    ]);
    return copies;
  });
  await wakeAll(ctx, due);
}

/** Of a message that is not known (yet): should it still come, it is as it is by then. */
async function noteBefore(
  ctx: Context,
  spot: Spot,
  message: MessageRef,
  row: Omit<NewRow<typeof bridgeTalks>, "id">,
): Promise<void> {
  const id = ctx.secrets.id();
  const changes = [insert(bridgeTalks, { ...row, id }), insert(bridgeCopies, originalOf(ctx, spot, message, id))];
  await ctx.store.commit(changes).catch((error) => {
    if (!isConflict(error) || error.detail.collection !== bridgeCopies.name) throw error;
  });
}

async function wakeAll(ctx: Context, due: readonly BridgeCopy[]): Promise<void> {
  const links = new Set(due.map(({ linkId }) => linkId));
  await handOver(ctx, { given: [...links].map((id) => drainRequest(ctx, { id })) });
}
