// What a platform's refusal means for a copy and for the sequence it is part of.
import { AppError, type ErrorCode } from "../errors.ts";
import { patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { unlessOvertaken } from "./leave-bridge.ts";
import { type BridgeCopy, bridgeCopies } from "./talk.ts";

export type Refused =
  /** The sequence stands still until then (epoch ms). */
  { readonly kind: "wait"; readonly until: number } | { readonly kind: "closed" } | { readonly kind: "gone" };

const waits = [5_000, 30_000, 2 * 60_000, 10 * 60_000] as const;
/** A change, and what fails for no reason that is known, is tried so often; a post until it is too old. */
const mostTries = 6;
/** The same again would end the same. */
const hopeless: ReadonlySet<ErrorCode | undefined> = new Set(["invalid", "unsupported", "not_found", "conflict"]);

/** Undefined when the copy is settled by it: there is nothing more to do for it, or it goes on without its file. */
export async function refusedBy(ctx: Context, copy: BridgeCopy, error: unknown): Promise<Refused | undefined> {
  const { code, detail } = error instanceof AppError ? error : { code: undefined, detail: {} };
  const posted = copy.message !== undefined;
  if (detail.reason === "gone" || detail.reason === "blocked") {
    if (posted) return drop(ctx, copy);
    await reopen(ctx, copy);
    return { kind: "gone" };
  }
  if (detail.reason === "closed") {
    await reopen(ctx, copy);
    return { kind: "closed" };
  }
  if (hopeless.has(code))
    return copy.file !== undefined && !posted && !copy.named ? nameFile(ctx, copy) : drop(ctx, copy, error);
  if (copy.attempt >= mostTries && (posted || code === undefined)) return drop(ctx, copy, error);
  if (code === undefined) ctx.log.warn({ copy: copy.id, platform: copy.platform }, "a message waits", error);
  const unknown = detail.unknown === true && !posted && !ctx.messenger.idempotent(copy.platform);
  if (unknown && copy.resent > 0) return drop(ctx, copy, error);
  await reopen(ctx, copy, unknown ? copy.resent + 1 : copy.resent);
  const wait =
    code === "rate_limited" ? (detail.retryAfter ?? waits[0]) : waits[Math.min(copy.attempt, waits.length) - 1]!;
  return { kind: "wait", until: ctx.clock.now() + wait };
}

/** What certainly was not done gives its claim back. */
const reopen = ({ store }: Context, { id }: BridgeCopy, resent?: number): Promise<void> =>
  store
    .commit([patch(bridgeCopies, id, { claimedUntil: undefined, ...(resent !== undefined && { resent }) })])
    .catch(unlessOvertaken);

const nameFile = ({ store }: Context, { id }: BridgeCopy): Promise<undefined> =>
  store
    .commit([patch(bridgeCopies, id, { claimedUntil: undefined, named: true })])
    .then(() => undefined, unlessOvertaken) as Promise<undefined>;

async function drop({ store, log }: Context, copy: BridgeCopy, error?: unknown): Promise<undefined> {
  if (error !== undefined)
    log.warn({ copy: copy.id, platform: copy.platform }, "a message could not be carried", error);
  await store.commit([remove(bridgeCopies, copy.id)]);
}
