// Brings one channel of a bridge up to date: what is due there, one after the other, whoever works at it.
import { z } from "zod";
import { patch } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { removeAll } from "../kernel/pages.ts";
import { just } from "../plain-shapes.ts";
import type { JobRequest } from "../ports/queue.ts";
import { closeLink, leaveBridge, reopenLink, unlessOvertaken } from "./leave-bridge.ts";
import { type BridgeLink, bridgeLinks, type Spot, takingPart } from "./link.ts";
import { settleCopy } from "./settle-copy.ts";
import { skipOld } from "./skip-old.ts";
import { type BridgeCopy, bridgeCopies } from "./talk.ts";

/** A turn ends after so many, and the next goes on: it must be over long before a job counts as stuck. */
const mostInATurn = 40;
/** ms after which a channel that is closed is tried again. */
const closedFor = 10 * 60_000;

export const drainLink = defineJob({
  name: "bridge.drain",
  input: z.object({ link: just.string }),
  /**
   * Several at once do no harm: each due copy is claimed, and who finds the first one claimed comes back when that claim
   * has run out. The one who holds it goes on until nothing is due, so nothing is left between them.
   */
  async run(ctx, { link: id }) {
    for (let settled = 0; settled < mostInATurn; settled++) {
      const link = await ctx.store.get(bridgeLinks, id);
      const spot = link && (await takingPart(ctx.store, link));
      if (!spot) return dropDue(ctx, id);
      const wait = link.waitUntil ?? 0;
      if (wait > ctx.clock.now()) return wakeAt(ctx, link, wait);
      if (settled === 0) await skipOld(ctx, link);
      const next = await firstDue(ctx, id);
      if (!next) return;
      if (!(await settleNext(ctx, spot, next))) return;
    }
    await ctx.queue.enqueue([drainRequest(ctx, { id })]);
  },
});

/** One for each thing that happens: a turn that is about to end may have looked for the last time already. */
export const drainRequest = (ctx: Pick<Context, "correlation">, { id }: Pick<BridgeLink, "id">): JobRequest =>
  drainLink.request({ link: id }, { correlation: ctx.correlation });

const wakeAt = (ctx: Context, link: Pick<BridgeLink, "id">, at: number): Promise<void> =>
  ctx.queue.enqueue([{ ...drainRequest(ctx, link), key: `bridge:${link.id}:${at}`, runAt: at }]);

async function firstDue({ store }: Context, linkId: string): Promise<BridgeCopy | undefined> {
  return (await store.find(bridgeCopies, { where: { linkId, due: true }, limit: 1 })).rows[0];
}

/** False when the sequence stands still. */
async function settleNext(ctx: Context, spot: Spot, next: BridgeCopy): Promise<boolean> {
  const outcome = await settleCopy(ctx, spot, next);
  if (outcome.kind === "done") {
    // Only a post shows that the channel is open again: elsewhere messages may be changed that may not be written.
    if (outcome.posted && spot.link.closedAt !== undefined) await reopenLink(ctx, spot);
    return true;
  }
  if (outcome.kind === "gone") {
    await leaveBridge(ctx, spot);
    await dropDue(ctx, spot.link.id);
    return false;
  }
  if (outcome.kind === "claimed") {
    await wakeAt(ctx, spot.link, outcome.until);
    return false;
  }
  const until = outcome.kind === "closed" ? ctx.clock.now() + closedFor : outcome.until;
  if (outcome.kind === "closed") await closeLink(ctx, spot, until);
  else await ctx.store.commit([patch(bridgeLinks, spot.link.id, { waitUntil: until })]).catch(unlessOvertaken);
  await wakeAt(ctx, spot.link, until);
  return false;
}

/** The channel takes no more part: what was meant for it is let go of. */
const dropDue = ({ store }: Context, linkId: string): Promise<void> =>
  removeAll(store, bridgeCopies, { where: { linkId, due: true } });
