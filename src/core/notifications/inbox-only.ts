// Whether, by what is known now, nothing brings a member their notifications: the inbox alone has them.
import type { ActionContext } from "../kernel/house.ts";
import { accountKept, accountsOf } from "../members/read.ts";
import { waysOf } from "./bring.ts";

/** One look where direct messages are open to the account that asks. */
export async function isInboxOnly(ctx: ActionContext): Promise<boolean> {
  const asking = ctx.account && (await accountKept(ctx, ctx.account));
  if (asking?.closedAt === undefined) return false;
  const accounts = await accountsOf(ctx.store, ctx.actor.id);
  if (accounts.some(({ closedAt, platform }) => closedAt === undefined && ctx.messenger.has(platform))) return false;
  return (await waysOf(ctx, ctx.actor, ["mail", "push"])).length === 0;
}
