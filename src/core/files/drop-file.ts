// Letting go of files: the row first, since bytes without a row are found and swept, and a row without bytes would promise what isn't there.
import { isConflict } from "../errors.ts";
import { remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { type FileRow, files } from "./file.ts";

type Dropping = Pick<Context, "store" | "files" | "log">;

/** One that has changed since it was read stays. */
export async function dropFile(ctx: Dropping, row: FileRow): Promise<void> {
  try {
    await ctx.store.commit([remove(files, row)]);
  } catch (error) {
    if (isConflict(error)) return;
    throw error;
  }
  await ctx.files
    .remove(row.bucket, row.id)
    .catch((error) => ctx.log.warn({ file: row.id }, "a file waits for the sweep", error));
}

/** What belongs to this, at most 100. */
export const filesBelongingTo = async (
  { store }: Pick<Context, "store">,
  belongsTo: string,
): Promise<readonly FileRow[]> => (await store.find(files, { where: { belongsTo }, limit: 100 })).rows;
