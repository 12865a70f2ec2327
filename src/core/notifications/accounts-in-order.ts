// The accounts that a direct message is tried on, in which order.
import { type AccountRow, inOrderOf, type Profile } from "../members/read.ts";

/**
 * The first that takes the message is the only one that gets it. The app the member prefers comes first, then the account
 * linked first. The inbox holds every notification besides.
 */
export function accountsInOrder(
  member: Pick<Profile, "app">,
  accounts: readonly AccountRow[],
  has: (platform: string) => boolean,
): readonly AccountRow[] {
  const open = accounts.filter((account) => account.closedAt === undefined && has(account.platform));
  return inOrderOf(member, open);
}
