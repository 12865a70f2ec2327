// Forgets an address that is no more and states so once, however many deliveries find it gone at the same time.
import { AppError } from "../errors.ts";
import { patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { AnyCollection, Base, Change } from "../ports/store.ts";
import { channelClosed } from "./facts.ts";

/** Where the row was changed meanwhile, the member has given another: that one stays. */
export async function endOnce(
  ctx: Context,
  of: AnyCollection,
  row: Base & { readonly memberId: string },
  { platform, changes }: { readonly platform: string; readonly changes: readonly Change[] },
): Promise<void> {
  const closed = channelClosed(ctx, { member: row.memberId, account: row.id, platform });
  // Removing what is gone is no error; changing it is.
  const first = patch(of, row, { memberId: row.memberId });
  try {
    await ctx.store.commit([...changes, first, remove(of, row.id), closed]);
  } catch (error) {
    if (!(error instanceof AppError) || !["conflict", "not_found"].includes(error.code)) throw error;
    await ctx.store.commit(changes);
  }
}
