// Takes away files whose time is up, and bytes that no row knows of.
import { z } from "zod";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { maybe } from "../plain-shapes.ts";
import type { Bucket } from "../ports/files.ts";
import { bucketNames } from "./buckets.ts";
import { dropFile } from "./drop-file.ts";
import { files } from "./file.ts";

const minute = 60_000;
const pageSize = 100;
/** A turn ends after so many pages, and the next goes on. */
const mostPages = 10;

/** Begun and never kept, kept and belonging to nothing, or kept for a time that has come to an end. */
export const sweepFiles = defineJob({
  name: "files.sweep",
  input: z.object({}),
  every: 10 * minute,
  async run(ctx) {
    const where = { until: { lt: ctx.clock.now() } };
    for (let page = 0; page < mostPages; page++) {
      const { rows } = await ctx.store.find(files, { where, orderBy: { field: "until" }, limit: pageSize });
      for (const row of rows) await dropFile(ctx, row);
      if (rows.length < pageSize) return;
    }
  },
});

/** A file's row is there before its first byte, so bytes without one belong to nobody. */
export const lookThroughBuckets = defineJob({
  name: "files.look-through",
  input: z.object({ bucket: z.enum(bucketNames).optional(), after: maybe.string }),
  every: 24 * 60 * minute,
  async run(ctx, { bucket, after }) {
    if (bucket) return lookThrough(ctx, bucket, after);
    await ctx.queue.enqueue(bucketNames.map((name) => turnFor(ctx, name)));
  },
});

async function lookThrough(ctx: Context, bucket: Bucket, from: string | undefined): Promise<void> {
  let after = from;
  for (let page = 0; page < mostPages; page++) {
    const stored = await ctx.files.list(bucket, pageSize, after);
    const ids = stored.map(({ id }) => id);
    const known = new Set((await ctx.store.getMany(files, ids)).map(({ id }) => id));
    for (const id of ids) if (!known.has(id)) await ctx.files.remove(bucket, id);
    if (stored.length < pageSize) return;
    after = ids.at(-1);
  }
  await ctx.queue.enqueue([turnFor(ctx, bucket, after)]);
}

const turnFor = ({ correlation }: Context, bucket: Bucket, after?: string) =>
  lookThroughBuckets.request({ bucket, after }, { key: `files:${bucket}:${after ?? ""}`, correlation });
