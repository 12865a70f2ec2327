// The member somebody means by a name: a username, else a display name that only one has.
import { AppError } from "../errors.ts";
import { type Profile, profiles } from "../members/read.ts";
import type { Store } from "../ports/store.ts";
import { nameKey } from "./pod.ts";
import { podTexts } from "./texts.ts";

const mostLookedAt = 100;

/** @throws AppError `not_found`, or `conflict` when several are called so. */
export async function memberCalled(store: Store, who: string): Promise<Profile> {
  const name = who.replace(/^@/, "");
  const exact = await store.getBy(profiles, { username: name.toLowerCase() });
  const profile = exact?.mergedInto ? await store.get(profiles, exact.mergedInto) : exact;
  if (profile) return profile;
  const { rows } = await store.find(profiles, { search: name, limit: mostLookedAt });
  const same = rows.filter((row) => !row.mergedInto && nameKey(row.displayName) === nameKey(name));
  if (same.length > 1) {
    const names = same.slice(0, 5).map((row) => row.username);
    throw new AppError("conflict", podTexts.say("severalMembers", names.join(", ")));
  }
  if (!same[0]) throw new AppError("not_found", podTexts.say("noMember", who));
  return same[0];
}
