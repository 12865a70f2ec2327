// What becomes of a channel that can't be written to: closed, it waits; gone, it leaves the bridge. The owner hears of it once.
import { AppError, isConflict } from "../errors.ts";
import { patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { bridgeClosed, bridgeLost } from "./facts.ts";
import { bridgeLinks, type Spot } from "./link.ts";

const told = ({ pod, binding }: Spot) => ({ subject: pod.id, platform: binding.platform, space: binding.space });

/** It was closed by others, or ended, at the same moment. */
export function unlessOvertaken(error: unknown): void {
  if (isConflict(error) || (error instanceof AppError && error.code === "not_found")) return;
  throw error;
}

export async function closeLink(ctx: Context, spot: Spot, waitUntil: number): Promise<void> {
  const { link } = spot;
  const changes =
    link.closedAt === undefined
      ? [patch(bridgeLinks, link, { closedAt: ctx.clock.now(), waitUntil }), bridgeClosed(ctx, told(spot))]
      : [patch(bridgeLinks, link, { waitUntil })];
  await ctx.store.commit(changes).catch(unlessOvertaken);
}

export const reopenLink = ({ store }: Context, { link }: Spot): Promise<void> =>
  store.commit([patch(bridgeLinks, link, { closedAt: undefined, waitUntil: undefined })]).catch(unlessOvertaken);

export const leaveBridge = (ctx: Context, spot: Spot): Promise<void> =>
  ctx.store
    .commit([
      patch(bridgeLinks, spot.link, { answer: "no" }),
      remove(bridgeLinks, spot.link.id),
      bridgeLost(ctx, told(spot)),
    ])
    .catch(unlessOvertaken);
