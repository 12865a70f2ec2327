// One message in one channel, brought to what it should be by now: posted, changed, removed, reacted to.
import { AppError, isConflict } from "../errors.ts";
import { patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { addressOf } from "../pods/read.ts";
import { note } from "../view.ts";
import { claimCopy } from "./claim-copy.ts";
import { readerThere, type Spot } from "./link.ts";
import { postFor } from "./post-for.ts";
import { type Refused, refusedBy } from "./refused.ts";
import { type BridgeCopy, type BridgeTalk, bridgeCopies, bridgeTalks, marksFor, refOf } from "./talk.ts";
import { appName, bridgeTexts } from "./texts.ts";

export type Settled = { readonly kind: "done" } | { readonly kind: "claimed"; readonly until: number } | Refused;

const done: Settled = { kind: "done" };

export async function settleCopy(ctx: Context, spot: Spot, due: BridgeCopy): Promise<Settled> {
  const claim = await claimCopy(ctx, due);
  if (claim.kind !== "mine") return claim;
  const { copy } = claim;
  try {
    const talk = copy.skipped === undefined ? await ctx.store.get(bridgeTalks, copy.talkId) : undefined;
    await close(ctx, copy, await broughtUp(ctx, spot, copy, talk));
    if (talk) await forgetText(ctx, talk.id);
    return done;
  } catch (error) {
    const refused = await refusedBy(ctx, copy, error);
    if (refused === undefined) await forgetText(ctx, copy.talkId);
    return refused ?? done;
  }
}

type Reached = Partial<BridgeCopy>;

/** What the copy is now; undefined when there is nothing left of it. */
async function broughtUp(
  ctx: Context,
  spot: Spot,
  copy: BridgeCopy,
  talk: BridgeTalk | undefined,
): Promise<Reached | undefined> {
  if (copy.skipped !== undefined) return saySkipped(ctx, spot, copy, copy.skipped);
  if (!talk) return undefined;
  if (talk.state === "deleted" && !copy.original) return takeAway(ctx, spot, copy, talk);
  const shown: Reached = copy.original ? {} : await showText(ctx, spot, copy, talk);
  const now = { ...copy, ...shown };
  return talk.reacted && now.text ? { ...shown, marks: await markIt(ctx, now) } : shown;
}

async function saySkipped(ctx: Context, { pod, binding }: Spot, copy: BridgeCopy, skipped: number): Promise<undefined> {
  const reader = await readerThere(ctx, binding, pod);
  const line = { ...note(bridgeTexts(reader).skipped(skipped)), audience: "channel" as const };
  await ctx.messenger.send(addressOf(binding), line, reader, keyOf(copy));
}

/** Tried before, it may be there without being known: where a repeated post is shown once, that tells which it is. */
const mayBeThere = ({ messenger }: Context, { attempt, platform }: BridgeCopy): boolean =>
  attempt > 1 && messenger.idempotent(platform);

async function takeAway(
  ctx: Context,
  spot: Spot,
  copy: BridgeCopy,
  { author, platform }: BridgeTalk,
): Promise<undefined> {
  const unseen = { author, from: appName(platform), text: "…", files: [] };
  const ref =
    refOf(copy) ??
    (mayBeThere(ctx, copy) ? await ctx.messenger.post(addressOf(spot.binding), unseen, keyOf(copy)) : undefined);
  if (ref) await ctx.messenger.remove(ref);
}

const keyOf = ({ id }: BridgeCopy) => `bridge.${id}`;

async function showText(ctx: Context, spot: Spot, copy: BridgeCopy, talk: BridgeTalk): Promise<Reached> {
  const ref = refOf(copy);
  if (ref && (!copy.text || copy.shows === talk.said)) return {};
  const post = await postFor(ctx, spot, copy, talk);
  const there = ref ?? (await ctx.messenger.post(addressOf(spot.binding), post, keyOf(copy)));
  if (ref || mayBeThere(ctx, copy)) await ctx.messenger.repost(there, post);
  return { ...there, shows: talk.said };
}

/** Some platforms keep one of PeerSpark's reactions at a time: those that stay are set again after one was taken back. */
async function markIt(ctx: Context, copy: BridgeCopy): Promise<string[]> {
  const wanted = await marksFor(ctx.store, copy);
  const ref = refOf(copy)!;
  const over = copy.marks.filter((emoji) => !wanted.includes(emoji));
  const missing = over.length ? wanted : wanted.filter((emoji) => !copy.marks.includes(emoji));
  for (const emoji of over) await ctx.messenger.react(ref, emoji, false).catch(unlessUnsupported);
  for (const emoji of missing) await ctx.messenger.react(ref, emoji, true).catch(unlessUnsupported);
  return [...wanted];
}

function unlessUnsupported(error: unknown): void {
  if (!(error instanceof AppError && error.code === "unsupported")) throw error;
}

/** Something more was asked of it meanwhile: then it stays due. */
async function close({ store }: Context, copy: BridgeCopy, reached: Reached | undefined): Promise<void> {
  if (!reached) return store.commit([remove(bridgeCopies, copy.id)]);
  const { platform, channel, thread, message, shows, marks } = { ...copy, ...reached };
  const set = { platform, channel, thread, message, shows, marks, claimedUntil: undefined, attempt: 0 };
  try {
    await store.commit([patch(bridgeCopies, copy, { ...set, due: false })]);
  } catch (error) {
    if (!isConflict(error) || error.detail.key !== "rev") throw error;
    await store.commit([patch(bridgeCopies, copy.id, set)]);
  }
}

/** Texts are kept no longer than until they are delivered. An edit that comes in between keeps its own. */
async function forgetText({ store }: Context, talkId: string): Promise<void> {
  const talk = await store.get(bridgeTalks, talkId);
  if (talk?.openSince === undefined || talk.state === "early") return;
  if ((await store.count(bridgeCopies, { talkId, due: true })) > 0) return;
  const nothing = { text: "", quote: undefined, files: [], openSince: undefined };
  await store.commit([patch(bridgeTalks, talk, nothing)]).catch((error) => {
    if (!isConflict(error)) throw error;
  });
}
