// A direct message in one of the member's chat apps.
import type { Context } from "../kernel/house.ts";
import type { AccountRow } from "../members/read.ts";
import { closeAccount } from "./close-account.ts";
import type { Outlet } from "./outlet.ts";

/** @param accounts in the order they are to be tried. */
export const chatOutlets = (ctx: Context, accounts: readonly AccountRow[]): Outlet[] =>
  accounts.map((account, index) => {
    const { id, platform } = account;
    const first = accounts.findIndex((one) => one.platform === platform) === index;
    return {
      channel: first ? platform : `${platform}.${id}`,
      target: id,
      platform,
      idempotentMs: ctx.messenger.idempotentMs(platform),
      async open() {
        const to = await ctx.messenger.direct(account);
        return async (view, reader, key) => ({ ...(await ctx.messenger.send(to, view, reader, key)) });
      },
      close: (_reason, changes) => closeAccount(ctx, account, changes),
    };
  });
