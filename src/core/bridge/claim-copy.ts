// Who brings a copy up to date: the one whose claim on its row succeeds, and who notes what became of it.
import { AppError, isConflict } from "../errors.ts";
import { patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { unlessOvertaken } from "./leave-bridge.ts";
import { type Verdict, verdictOn } from "./refused.ts";
import { type BridgeCopy, bridgeCopies } from "./talk.ts";

/** ms: longer than a post takes, its file included, for which platforms have a minute to fetch it and one to send it. */
const lease = 3 * 60_000;

export type Claim =
  | { readonly kind: "mine"; readonly copy: BridgeCopy }
  | { readonly kind: "claimed"; readonly until: number }
  /** There is nothing to do for it any more, or somebody else was faster: the next look tells. */
  | { readonly kind: "done" };

const beginOf = ({ claimedUntil }: BridgeCopy) => claimedUntil && claimedUntil - lease;

/** For how long (ms) from now a repeated post is still shown once. */
export const repeatsFor = ({ clock, messenger }: Context, { platform, unknownSince }: BridgeCopy): number =>
  messenger.idempotentMs(platform) - (clock.now() - (unknownSince ?? clock.now()));

/**
 * A claim that has run out means that nobody knows whether the message was posted. As long as a repeated post is shown once
 * it is posted again; else it is posted again once, and then given up (docs/decisions/0007-delivery.md).
 */
export async function claimCopy(ctx: Context, copy: BridgeCopy): Promise<Claim> {
  const { store, clock, log } = ctx;
  const now = clock.now();
  const { claimedUntil } = copy;
  if (claimedUntil !== undefined && claimedUntil > now) return { kind: "claimed", until: claimedUntil };
  const unknownSince = copy.message === undefined ? (copy.unknownSince ?? beginOf(copy)) : undefined;
  const again = unknownSince !== undefined && repeatsFor(ctx, { ...copy, unknownSince }) <= 0;
  const set = {
    claimedUntil: now + lease,
    attempt: copy.attempt + 1,
    // A post that is begun anew is one that nobody can be unsure of yet.
    unknownSince: again ? undefined : unknownSince,
    resent: copy.resent + (again ? 1 : 0),
  };
  try {
    await store.commit([set.resent > 1 ? remove(bridgeCopies, copy) : patch(bridgeCopies, copy, set)]);
  } catch (error) {
    if (isConflict(error) || (error instanceof AppError && error.code === "not_found")) return { kind: "done" };
    throw error;
  }
  if (set.resent > 1)
    log.warn({ copy: copy.id, platform: copy.platform }, "whether a message was carried is not known");
  return set.resent > 1 ? { kind: "done" } : { kind: "mine", copy: { ...copy, ...set, rev: copy.rev + 1 } };
}

/** What a copy is now. */
export type Reached = Partial<BridgeCopy>;

/** Something more was asked of it meanwhile: then it stays due. `reached` undefined: there is nothing left of it. */
export async function closeCopy({ store }: Context, copy: BridgeCopy, reached: Reached | undefined): Promise<void> {
  if (!reached) return store.commit([remove(bridgeCopies, copy.id)]);
  const set = { ...reached, claimedUntil: undefined, unknownSince: undefined, attempt: 0 };
  try {
    await store.commit([patch(bridgeCopies, copy, { ...set, due: reached.due ?? false })]);
  } catch (error) {
    if (!isConflict(error) || error.detail.key !== "rev") throw error;
    await store.commit([patch(bridgeCopies, copy.id, { ...set, due: true })]);
  }
}

/** Whether nobody knows what became of a post. */
const isUnknown = ({ message }: BridgeCopy, error: unknown): boolean =>
  message === undefined && error instanceof AppError && error.detail.unknown === true;

/** It was refused: what certainly was not done gives its claim back, what is over is closed. */
export async function giveBack(ctx: Context, copy: BridgeCopy, error: unknown): Promise<Verdict> {
  const { store, log } = ctx;
  const about = { copy: copy.id, platform: copy.platform };
  const unknownSince = isUnknown(copy, error) ? (copy.unknownSince ?? beginOf(copy)) : copy.unknownSince;
  const verdict = verdictOn(copy, error, unknownSince && repeatsFor(ctx, { ...copy, unknownSince }));
  if (verdict.kind === "over" || verdict.kind === "left") log.warn(about, "a message could not be carried", error);
  if (verdict.kind === "wait" && !(error instanceof AppError)) log.warn(about, "a message waits", error);
  if (verdict.kind === "over" || verdict.kind === "lost") {
    const stays = verdict.kind === "over" && copy.message !== undefined;
    await closeCopy(ctx, copy, stays ? {} : undefined);
    return verdict;
  }
  const set = {
    claimedUntil: undefined,
    unknownSince,
    ...(verdict.kind === "named" && { named: true }),
    ...(verdict.kind === "left" && { skipped: 1, talkId: "" }),
  };
  await store.commit([patch(bridgeCopies, copy.id, set)]).catch(unlessOvertaken);
  return verdict;
}
