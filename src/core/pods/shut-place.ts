// A pod's place that can't be written to: noted once for as long as that lasts, and stated, so that somebody hears of it.
import { AppError } from "../errors.ts";
import { patch, untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { Change } from "../ports/store.ts";
import { type Binding, bindings } from "./binding.ts";
import { podPlaceOpened, podPlaceShut } from "./facts.ts";

/** "closed": PeerSpark may not write there for now; "gone": the place is no more, or PeerSpark was thrown out of it. */
export type Shut = "closed" | "gone";

type Needs = Pick<Context, "store" | "clock" | "secrets" | "correlation">;

export const noteShut = (ctx: Needs, sent: Binding, why: Shut): Promise<void> =>
  whileTheSame(ctx, sent, async (binding) => {
    const at = ctx.clock.now();
    if (binding.goneAt !== undefined || (why === "closed" && binding.closedAt !== undefined)) return;
    await ctx.store.commit([
      patch(bindings, binding, why === "gone" ? { goneAt: at } : { closedAt: at }),
      podPlaceShut(ctx, { subject: binding.podId, binding: binding.id, why }),
    ]);
  });

/** Something was written there. */
export const noteOpen = (ctx: Needs, sent: Binding): Promise<void> =>
  sent.closedAt === undefined
    ? Promise.resolve()
    : whileTheSame(ctx, sent, (binding) =>
        ctx.store.commit([patch(bindings, binding, openAgain), ...reopened(ctx, binding)]),
      );

export const openAgain = { closedAt: undefined, goneAt: undefined } as const;

/** What is stated together with `openAgain`, of a place that was not. */
export function reopened(ctx: Needs, { id, podId, goneAt, closedAt }: Binding): Change[] {
  const since = closedAt ?? goneAt;
  return since === undefined ? [] : [podPlaceOpened(ctx, { subject: podId, binding: id, since })];
}

/** Unless it was bound anew, given to another pod or moved while the message was on its way. */
function whileTheSame({ store }: Needs, sent: Binding, settle: (now: Binding) => Promise<void>): Promise<void> {
  return untilSettled(async () => {
    const now = await store.get(bindings, sent.id);
    if (now?.boundAt !== sent.boundAt || now.podId !== sent.podId || now.channel !== sent.channel) return;
    await settle(now).catch(asGone);
  });
}

/** It has gone meanwhile: there is nothing to note. */
export function asGone(error: unknown): void {
  if (!(error instanceof AppError && error.code === "not_found")) throw error;
}
