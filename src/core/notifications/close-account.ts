// An account that refuses direct messages is left alone until its person is heard of again.
import { patch, untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { type AccountRow, accountKept, accounts } from "../members/read.ts";
import type { Account, Place } from "../ports/platform.ts";
import type { Change } from "../ports/store.ts";
import { channelClosed } from "./facts.ts";

/** Closes it together with these changes and states so once, however many deliveries find it closed at the same time. */
export function closeAccount(ctx: Context, { id }: AccountRow, changes: readonly Change[]): Promise<void> {
  return untilSettled(async () => {
    const account = await ctx.store.get(accounts, id);
    if (!account || account.closedAt !== undefined) return ctx.store.commit(changes);
    const { memberId: member, platform } = account;
    const closing = patch(accounts, account, { closedAt: ctx.clock.now() });
    await ctx.store.commit([...changes, closing, channelClosed(ctx, { member, account: id, platform })]);
  });
}

const day = 24 * 3600_000;

/** To be called with whoever was heard of. */
export async function reopen(
  ctx: Pick<Context, "store" | "clock">,
  account: Pick<Account, "platform" | "workspace" | "userId">,
  place: Pick<Place, "kind">,
): Promise<void> {
  const kept = await accountKept(ctx, account);
  if (kept) await reopenKept(ctx, kept, place);
}

/**
 * A direct message opens the account at once; a word in a channel only a day
 * after it was closed, since who has blocked direct messages still writes there, and would be told of it again and again.
 */
export async function reopenKept(
  { store, clock }: Pick<Context, "store" | "clock">,
  { id, closedAt }: AccountRow,
  { kind }: Pick<Place, "kind">,
): Promise<void> {
  if (closedAt === undefined) return;
  if (kind === "direct" || clock.now() - closedAt >= day)
    await store.commit([patch(accounts, id, { closedAt: undefined })]);
}
