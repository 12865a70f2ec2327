// Which channels a notification is tried on, in which order. Preferences, quiet hours and digests belong here.
import type { NotificationKind } from "../kernel/house.ts";
import { type AccountRow, inOrderOf, type Profile } from "../members/read.ts";

/**
 * The accounts to write to directly: the first that takes the message is the only one that gets it.
 * The app the member prefers comes first, then the account linked first. The inbox holds every notification besides.
 */
export function channelsFor(
  member: Pick<Profile, "app">,
  _kind: Pick<NotificationKind, "type" | "group">,
  accounts: readonly AccountRow[],
  has: (platform: string) => boolean,
): readonly AccountRow[] {
  const open = accounts.filter((account) => account.closedAt === undefined && has(account.platform));
  return inOrderOf(member, open);
}
