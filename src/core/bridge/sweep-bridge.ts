// Puts back turns that the queue has lost, and forgets what is over: texts that nobody took, and messages of a month ago.
import { z } from "zod";
import { isConflict } from "../errors.ts";
import { patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { pages, removeAll } from "../kernel/pages.ts";
import { drainRequest } from "./drain-link.ts";
import { bridgeCopies, bridgeReactions, bridgeTalks, emptied } from "./talk.ts";

const minute = 60_000;
/** ms after which a due copy without a turn is taken for lost. */
const lostAfter = 2 * minute;
/** ms that a text is kept at most: longer than anything waits to be brought. */
const textFor = 2 * 60 * minute;
/** ms that edits, deletions, replies and reactions find the counterparts of a message. */
const keptFor = 30 * 24 * 60 * minute;
const pageSize = 50;

export const sweepBridge = defineJob({
  name: "bridge.sweep",
  input: z.object({}),
  every: 2 * minute,
  async run(ctx) {
    await wakeLost(ctx);
    await forgetTexts(ctx);
    await forgetTalks(ctx);
  },
});

async function wakeLost(ctx: Context): Promise<void> {
  const links = new Set<string>();
  const before = ctx.clock.now() - lostAfter;
  for await (const rows of pages(ctx.store, bridgeCopies, { where: { due: true }, limit: 500 }))
    for (const { linkId, at } of rows) if (at <= before) links.add(linkId);
  await ctx.queue.enqueue([...links].map((id) => ({ ...drainRequest(ctx, { id }), key: `bridge:${id}:swept` })));
}

async function forgetTexts({ store, clock }: Context): Promise<void> {
  const where = { openSince: { lt: clock.now() - textFor } };
  for (;;) {
    const { rows } = await store.find(bridgeTalks, { where, orderBy: { field: "openSince" }, limit: pageSize });
    if (rows.length === 0) return;
    for (const row of rows)
      await store.commit([patch(bridgeTalks, row, emptied)]).catch((error) => {
        if (!isConflict(error)) throw error;
      });
  }
}

async function forgetTalks(ctx: Context): Promise<void> {
  const where = { at: { lt: ctx.clock.now() - keptFor } };
  for (;;) {
    const { rows } = await ctx.store.find(bridgeTalks, { where, orderBy: { field: "at" }, limit: pageSize });
    if (rows.length === 0) return;
    for (const { id } of rows) await forgetTalk(ctx, id);
  }
}

/** The talk itself last, so that a crash in between leaves it to be found again. */
async function forgetTalk({ store }: Context, talkId: string): Promise<void> {
  await removeAll(store, bridgeCopies, { where: { talkId } });
  await removeAll(store, bridgeReactions, { where: { talkId } });
  await store.commit([remove(bridgeTalks, talkId)]);
}
