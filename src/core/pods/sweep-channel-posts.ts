// Puts back the turns of posts that the queue has lost.
import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { putBack } from "../kernel/put-back.ts";
import { channelPosts, turnToPost } from "./channel-post.ts";

const minute = 60_000;

export const sweepChannelPosts = defineJob({
  name: "channel-post.sweep",
  input: z.object({}),
  every: 5 * minute,
  /** Those whose turn was a minute ago, the longest first. */
  async run(ctx) {
    const where = { dueAt: { lte: ctx.clock.now() - minute } };
    await putBack(ctx, channelPosts, { where, orderBy: { field: "dueAt" } }, (row) => turnToPost(row));
  },
});
