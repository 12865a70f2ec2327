// What becomes of a channel that can't be written to: closed, it waits; gone, it leaves the bridge. The owner hears of it once.
import { AppError, isConflict } from "../errors.ts";
import { patch, remove } from "../kernel/change.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import { pages } from "../kernel/pages.ts";
import { bindings, pods } from "../pods/read.ts";
import { spaceLeft } from "../spaces/facts.ts";
import { bridgeClosed, bridgeLost } from "./facts.ts";
import { bridgeLinks, type Spot } from "./link.ts";

const told = ({ pod, binding }: Spot) => ({ subject: pod.id, binding: binding.id, platform: binding.platform });

/** It was closed by others, or ended, at the same moment. */
export function unlessOvertaken(error: unknown): void {
  if (isConflict(error) || (error instanceof AppError && error.code === "not_found")) return;
  throw error;
}

/** Its sequence waits until then (epoch ms). The owner hears of it when it closes, not each time it is found closed. */
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

/** Thrown out of a space, PeerSpark hears nothing more from its channels: they leave at once, not at the next message. */
export const leaveLostSpaces = on(spaceLeft, "leave-lost-spaces", async (ctx, { platform, space }) => {
  for await (const rows of pages(ctx.store, bindings, { where: { platform, space }, limit: 100 }))
    for (const binding of rows) {
      const link = await ctx.store.getBy(bridgeLinks, { bindingId: binding.id });
      const pod = link?.answer === "yes" ? await ctx.store.get(pods, link.podId) : undefined;
      if (link && pod?.bridge === link.bridge) await leaveBridge(ctx, { pod, binding, link });
    }
});
