// Puts back the turns of posts that the queue has lost: the rows are what counts.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { channelPosts, turnFor } from "./channel-post.ts";

const minute = 60_000;
const mostPages = 20;

export const sweepChannelPosts = defineJob({
  name: "channel-post.sweep",
  input: z.object({}),
  every: minute,
  /** Those whose turn was a minute ago, the longest first, 10 000 at most. */
  async run({ store, queue, clock }) {
    const where = { dueAt: { lte: clock.now() - minute } };
    let after: string | undefined;
    for (let page = 0; page < mostPages; page++) {
      const found = await store.find(channelPosts, { where, orderBy: { field: "dueAt" }, limit: 500, after });
      if (found.rows.length) await queue.enqueue(found.rows.map((row) => turnFor(row)));
      after = found.next;
      if (!after) return;
    }
  },
});
