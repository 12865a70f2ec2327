// What is said once in every channel of a pod: a row a channel before there is a job, so that none is lost or comes twice.
import { z } from "zod";
import { asRaceFor, insert, untilSettled } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { Context, Job } from "../kernel/house.ts";
import { commitWithTurns } from "../kernel/turns.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { JobRequest } from "../ports/queue.ts";
import type { Row } from "../ports/store.ts";
import { type Binding, bindingsOf } from "./binding.ts";

/** Claimed before it is sent and closed after it; one that there is no point in any more is removed. */
export const channelPosts = collection(
  "channel_posts",
  z.object({
    /** The job's name. */
    name: just.string,
    subject: just.string,
    bindingId: just.string,
    state: z.enum(["waiting", "sending", "sent"]),
    /** When its turn was, or its sending began; absent when it is to get none by itself: it is sent, was given up, or nobody knows. */
    dueAt: maybe.int,
  }),
  { unique: [["name", "subject", "bindingId"]], indexes: [["dueAt"]] },
);
export type ChannelPost = Row<typeof channelPosts>;

export const PostInput = z.object({ subject: just.string, binding: just.string });
type PostJob = Pick<Job<typeof PostInput>, "name">;

export async function postEverywhere(ctx: Context, job: PostJob, subject: string, podId: string): Promise<void> {
  for await (const bound of bindingsOf(ctx.store, podId)) await postIn(ctx, job, subject, bound);
}

/** Once, however often it is called. @param bound at most as many as `bindingsOf` gives at a time. */
export function postIn(ctx: Context, job: PostJob, subject: string, bound: readonly Binding[]): Promise<void> {
  return untilSettled(async () => {
    const where = { name: job.name, subject, bindingId: { in: bound.map(({ id }) => id) } };
    const { rows } = await ctx.store.find(channelPosts, { where, limit: bound.length });
    const known = new Set(rows.map(({ bindingId }) => bindingId));
    const waiting = { name: job.name, subject, state: "waiting", dueAt: ctx.clock.now() } as const;
    const missing = bound
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => ({ id: ctx.secrets.id(), bindingId: id, ...waiting }));
    const changes = missing.map((row) => insert(channelPosts, row));
    const given = missing.map((row) => turnToPost(row, ctx.correlation));
    if (missing.length > 0) await commitWithTurns(ctx, changes, { given }).catch(asRaceFor(channelPosts));
  });
}

export const turnToPost = (
  { name, subject, bindingId }: Pick<ChannelPost, "name" | "subject" | "bindingId">,
  correlation?: string,
): JobRequest => ({
  job: name,
  input: { subject, binding: bindingId },
  key: `${name}:${subject}:${bindingId}`,
  correlation,
});
