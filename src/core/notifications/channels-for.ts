// Which channels a notification is tried on, in which order. Preferences, quiet hours and digests belong here.
import type { NotificationKind } from "../kernel/house.ts";
import type { AccountRow, Profile } from "../members/read.ts";

/**
 * The accounts to write to directly: the first that takes the message is the only one that gets it.
 * The account linked first is the primary one. The inbox holds every notification besides.
 */
export function channelsFor(
  _member: Profile,
  _kind: Pick<NotificationKind, "type" | "group">,
  accounts: readonly AccountRow[],
  has: (platform: string) => boolean,
): readonly AccountRow[] {
  return accounts
    .filter((account) => account.closedAt === undefined && has(account.platform))
    .toSorted((one, other) => one.linkedAt - other.linkedAt);
}
