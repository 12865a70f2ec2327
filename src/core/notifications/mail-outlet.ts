// A mail to the address that the member has confirmed.
import type { Context } from "../kernel/house.ts";
import type { Mailer } from "../ports/mailer.ts";
import { endOnce } from "./end-once.ts";
import { type MailAddress, mailAddresses, mailOffToken } from "./mail-address.ts";
import type { Outlet } from "./outlet.ts";

/** A mail sent again has the same name, but not every mailbox shows it once. */
export const mailOutlet = (ctx: Context, mailer: Mailer, row: MailAddress & { readonly address: string }): Outlet => ({
  channel: "mail",
  target: row.id,
  platform: "mail",
  idempotentMs: 0,
  async open() {
    const unsubscribe = ctx.publicUrl && `${ctx.publicUrl}/mail/off/${mailOffToken(ctx, row)}`;
    return async (view, reader, key) => {
      await mailer.send(row.address, { view, reader, unsubscribe }, key);
      return undefined;
    };
  },
  /** A mailbox that is not there is forgotten. */
  close: (_reason, changes) => endOnce(ctx, mailAddresses, row, { platform: "mail", changes }),
});
