// Where a member reads mail: confirmed by a code that was mailed there.
import { z } from "zod";
import { patch, remove, untilSettled } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { Context, MergeRule } from "../kernel/house.ts";
import { isSameSignature } from "../kernel/signature.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Row, Store } from "../ports/store.ts";

export const longestAddress = 254;

export const mailAddresses = collection(
  "mail_addresses",
  z.object({
    memberId: just.string,
    /** Absent until the first is confirmed. */
    address: just.string.max(longestAddress).optional(),
    /** The one that waits for its code, of which only the keyed hash is kept. */
    pending: just.string.max(longestAddress).optional(),
    hash: just.string.max(64).optional(),
    expiresAt: maybe.int,
    /** Codes entered for the pending one. */
    tries: just.int.default(0),
  }),
  { unique: [["memberId"]], members: ["memberId"], often: true },
);
export type MailAddress = Row<typeof mailAddresses>;

/** For how long a code that was mailed counts (ms). */
export const countedFor = 60 * 60_000;

/** How often codes were mailed; the subject is a keyed hash of a member's id or of an address. */
export const mailedCodes = collection(
  "mailed_codes",
  z.object({ subject: just.string.max(64), count: just.int, since: just.int }),
  { unique: [["subject"]], indexes: [["since"]] },
);

export const mailAddressOf = (store: Store, memberId: string): Promise<MailAddress | undefined> =>
  store.getBy(mailAddresses, { memberId });

/**
 * What ends all mail. The row stays: by its id the links in mails of before end what is sent to the same address again.
 */
export const noAddress = { address: undefined, pending: undefined, hash: undefined, expiresAt: undefined, tries: 0 };

/** The kept member's address stands, where there is one; the other's else, in its own row, by which links in mails know it. */
export const mergeMailAddresses: MergeRule<typeof mailAddresses> = {
  of: mailAddresses,
  clash({ store }, kept, merged) {
    if (kept.address) return store.commit([remove(mailAddresses, merged)]);
    const { memberId, pending, hash, expiresAt, tries } = kept;
    const stands = { memberId, pending, hash, expiresAt, tries };
    return store.commit([remove(mailAddresses, kept), patch(mailAddresses, merged, stands)]);
  },
};

type Signing = Pick<Context, "secrets">;

const signatureOf = ({ secrets }: Signing, { id, address = "" }: Pick<MailAddress, "id" | "address">): string =>
  secrets.sign(`mail-off:${id}:${address}`, 32);

/** What the link in a mail carries, by which all mail to this address ends. */
export const mailOffToken = (ctx: Signing, row: Pick<MailAddress, "id" | "address">): string =>
  `${row.id}.${signatureOf(ctx, row)}`;

/** Ends all mail to an address by the link in one. False for a link that nobody signed; one that was used is still good. */
export async function endMail(ctx: Pick<Context, "secrets" | "store">, token: string): Promise<boolean> {
  const [, id = "", signature = ""] = /^(.*)\.([^.]*)$/.exec(token) ?? [];
  if (!/^[a-z0-9._-]{1,36}$/.test(id) || !/^[0-9a-f]{32}$/.test(signature)) return false;
  return untilSettled(async () => {
    const row = await ctx.store.get(mailAddresses, id);
    if (!row?.address) return true;
    if (!isSameSignature(ctx.secrets, signatureOf(ctx, row), signature)) return false;
    await ctx.store.commit([patch(mailAddresses, row, noAddress)]);
    return true;
  });
}
