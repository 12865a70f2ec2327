// One message in one channel, brought to what it should be by now: posted, changed, removed, reacted to.
import { AppError, isClosed, isConflict } from "../errors.ts";
import { patch } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { addressOf, readerThere } from "../pods/read.ts";
import { appName } from "../text.ts";
import { note } from "../view.ts";
import { claimCopy, closeCopy, giveBack, type Reached, repeatsFor } from "./claim-copy.ts";
import type { Spot } from "./link.ts";
import { dropLinkedFile } from "./linked-file.ts";
import { noting } from "./noted-copy.ts";
import { postFor } from "./post-for.ts";
import { type BridgeCopy, type BridgeTalk, bridgeCopies, bridgeTalks, emptied, marksFor, refOf } from "./talk.ts";
import { bridgeTexts } from "./texts.ts";

type Settled =
  /** Nothing is left to do for it; `posted` when the channel took it just now. */
  | { readonly kind: "done"; readonly posted?: boolean }
  /** The sequence stands still until then (epoch ms). */
  | { readonly kind: "claimed"; readonly until: number }
  | { readonly kind: "wait"; readonly until: number }
  | { readonly kind: "closed" }
  | { readonly kind: "gone" };

/** By whoever claims it. What its channel takes not is the caller's: "closed" and "gone" are about the link, not this copy. */
export async function settleCopy(ctx: Context, spot: Spot, due: BridgeCopy): Promise<Settled> {
  const claim = await claimCopy(ctx, due);
  if (claim.kind !== "mine") return claim;
  return noting(ctx, spot.link, () => settleClaimed(ctx, spot, claim.copy));
}

async function settleClaimed(ctx: Context, spot: Spot, copy: BridgeCopy): Promise<Settled> {
  const talk = copy.skipped === undefined ? await ctx.store.get(bridgeTalks, copy.talkId) : undefined;
  const end = await broughtUp(ctx, spot, copy, talk).then(
    (reached) => ({ reached, posted: copy.skipped !== undefined || reached?.message !== undefined }),
    (error: unknown) => ({ error }),
  );
  const refused = "error" in end ? await giveBack(ctx, copy, end.error) : undefined;
  if (refused?.kind === "closed" || refused?.kind === "gone") return { kind: refused.kind };
  if (refused?.kind === "wait") return { kind: "wait", until: ctx.clock.now() + refused.ms };
  if ("reached" in end) await closeCopy(ctx, copy, end.reached);
  if (talk) await forgetText(ctx, talk.id);
  return { kind: "done", posted: "posted" in end && end.posted };
}

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
  if (!isKept(talk) && copy.message === undefined) {
    ctx.log.warn({ copy: copy.id, platform: copy.platform }, "a message waited longer than its text is kept");
    return undefined;
  }
  const shown: Reached = copy.original ? {} : await showText(ctx, spot, copy, talk);
  const posted = copy.message === undefined && !copy.original;
  return talk.reacted && copy.text && !posted ? { ...shown, marks: await markIt(ctx, copy) } : shown;
}

/** A text that is emptied says nothing of what should be read: what is posted stays as it is. */
const isKept = ({ openSince }: BridgeTalk): boolean => openSince !== undefined;

async function saySkipped(ctx: Context, { pod, binding }: Spot, copy: BridgeCopy, skipped: number): Promise<undefined> {
  const reader = await readerThere(ctx, binding, pod);
  const line = { ...note(bridgeTexts(reader).skipped(skipped)), audience: "channel" as const };
  await ctx.messenger.send(addressOf(binding), line, reader, keyOf(copy));
}

/** It may be there without being known: as long as a repeated post is shown once, that tells which it is. */
const mayBeThere = (ctx: Context, copy: BridgeCopy): boolean =>
  copy.unknownSince !== undefined && repeatsFor(ctx, copy) > 0;

async function takeAway(
  ctx: Context,
  spot: Spot,
  copy: BridgeCopy,
  { id, author, platform }: BridgeTalk,
): Promise<undefined> {
  const unseen = { author, from: appName(platform), text: "…", files: [] };
  const ref =
    refOf(copy) ??
    (mayBeThere(ctx, copy) ? await ctx.messenger.post(addressOf(spot.binding), unseen, keyOf(copy)) : undefined);
  if (ref) await ctx.messenger.remove(ref);
  if (copy.file !== undefined && ctx.publicUrl !== undefined) await dropLinkedFile(ctx, id, copy.file);
}

const keyOf = ({ id }: BridgeCopy) => `bridge.${id}`;

async function showText(ctx: Context, spot: Spot, copy: BridgeCopy, talk: BridgeTalk): Promise<Reached> {
  const ref = refOf(copy);
  if (ref && (!copy.text || copy.shows === talk.said || !isKept(talk))) return {};
  const { post, named } = await postFor(ctx, spot, copy, talk);
  if (ref) {
    await ctx.messenger.repost(ref, post);
    return { shows: talk.said };
  }
  const there = await ctx.messenger.post(addressOf(spot.binding), post, keyOf(copy));
  // What is still to be done for it comes after the note of where it is: that must not be lost.
  if (mayBeThere(ctx, copy)) return { ...there, named, due: true };
  return { ...there, named, shows: talk.said, due: talk.reacted };
}

/** Some platforms keep one of PeerSpark's reactions at a time: those that stay are set again after one was taken back. */
async function markIt(ctx: Context, copy: BridgeCopy): Promise<string[]> {
  const wanted = await marksFor(ctx.store, copy);
  const ref = refOf(copy)!;
  const over = copy.marks.filter((emoji) => !wanted.includes(emoji));
  const missing = over.length ? wanted : wanted.filter((emoji) => !copy.marks.includes(emoji));
  for (const emoji of over) await ctx.messenger.react(ref, emoji, false).catch(unlessNotAllowed);
  for (const emoji of missing) await ctx.messenger.react(ref, emoji, true).catch(unlessNotAllowed);
  return [...wanted];
}

/** The platform does not take this emoji, or no reaction of PeerSpark's, which need a right of their own: no more is made of it. */
function unlessNotAllowed(error: unknown): void {
  if (!(error instanceof AppError && (error.code === "unsupported" || isClosed(error)))) throw error;
}

/** Texts are kept no longer than until they are delivered. An edit that comes in between keeps its own. */
async function forgetText({ store }: Context, talkId: string): Promise<void> {
  const talk = await store.get(bridgeTalks, talkId);
  if (talk?.openSince === undefined || talk.state === "early") return;
  if ((await store.count(bridgeCopies, { talkId, due: true })) > 0) return;
  await store.commit([patch(bridgeTalks, talk, emptied)]).catch((error) => {
    if (!isConflict(error)) throw error;
  });
}
