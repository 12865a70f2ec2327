// The whole house with two apps, for tests of members: what people do is called by name, what becomes of it is read in the store.
import { features } from "../../../src/core/features.ts";
import { accounts } from "../../../src/core/members/account.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { fakePlatform, press, type SmallHouse, smallHouse } from "../notifications/small-house.ts";

export async function memberHouse(options: { around?: (store: Store) => Store } = {}): Promise<SmallHouse> {
  return smallHouse(features, { ...options, platforms: { terminal: fakePlatform(true), telegram: fakePlatform() } });
}

export const link = (code?: string) => ({ action: "account.link", input: code === undefined ? {} : { code } });
/** Enters the code, and says yes to what is shown then. */
export async function joins(house: SmallHouse, member: string, code: string) {
  return house.does(member, press(await house.does(member, link(code)), "Link"));
}
export const unlink = (platform?: string) => ({ action: "account.unlink", input: { platform, sure: true } });
export const edit = (input: Record<string, unknown>) => ({ action: "profile.edit", input });

/** A fresh code of this member. */
export async function codeOf(house: SmallHouse, member: string): Promise<string> {
  const { body } = await house.does(member, link());
  const [code] = body!.flatMap((block) => ("code" in block ? [block.code] : []));
  return code!;
}

/** Who is behind an account now. */
export async function memberAt(house: SmallHouse, userId: string): Promise<string | undefined> {
  const { rows } = await house.store.find(accounts, { where: { userId }, limit: 2 });
  return rows[0]?.memberId;
}
