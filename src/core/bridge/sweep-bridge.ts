// Puts back turns that the queue has lost, and forgets what is over: texts that nobody took, and messages of a month ago.
import { z } from "zod";
import { isConflict } from "../errors.ts";
import { patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { drainRequest } from "./drain-link.ts";
import { bridgeCopies, bridgeReactions, bridgeTalks } from "./talk.ts";

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
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await ctx.store.find(bridgeCopies, { where: { due: true }, limit: 500, after });
    for (const { linkId, at } of page.rows) if (at <= before) links.add(linkId);
    after = page.next;
  }
  await ctx.queue.enqueue([...links].map((id) => ({ ...drainRequest(ctx, { id }), key: `bridge:${id}:swept` })));
}

async function forgetTexts({ store, clock }: Context): Promise<void> {
  const where = { openSince: { lt: clock.now() - textFor } };
  for (;;) {
    const { rows } = await store.find(bridgeTalks, { where, orderBy: { field: "openSince" }, limit: pageSize });
    if (rows.length === 0) return;
    const nothing = { text: "", quote: undefined, files: [], openSince: undefined };
    for (const row of rows)
      await store.commit([patch(bridgeTalks, row, nothing)]).catch((error) => {
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
  await forgetOf(store, bridgeCopies, talkId);
  await forgetOf(store, bridgeReactions, talkId);
  await store.commit([remove(bridgeTalks, talkId)]);
}

async function forgetOf(
  store: Context["store"],
  kept: typeof bridgeCopies | typeof bridgeReactions,
  talkId: string,
): Promise<void> {
  for (;;) {
    const { rows } = await store.find(kept, { where: { talkId }, limit: 100 });
    if (rows.length === 0) return;
    await store.commit(rows.map((row) => remove(kept, row.id)));
  }
}
