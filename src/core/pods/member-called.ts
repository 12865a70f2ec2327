// The member somebody means by a name: a username, else a display name that only one has. A mention has become an id before.
import { AppError } from "../errors.ts";
import { foldedName } from "../kernel/folded-name.ts";
import { isId } from "../kernel/short-code.ts";
import { type Profile, profiles } from "../members/read.ts";
import type { Store } from "../ports/store.ts";
import { podMemberIds } from "./membership.ts";
import { podTexts } from "./texts.ts";

const mostLookedAt = 100;

/** Of the whole service. @throws AppError `not_found`, or `conflict` when several are called so. */
export async function memberCalled(store: Store, who: string): Promise<Profile> {
  const profile = (await byId(store, who)) ?? (await byUsername(store, who));
  if (profile) return profile;
  const { rows } = await store.find(profiles, { search: bare(who), limit: mostLookedAt });
  return onlyOne(rows, who);
}

/** Of those in a pod; somebody outside it by their id or username only. @throws like `memberCalled`. */
export async function podMemberCalled(store: Store, podId: string, who: string): Promise<Profile> {
  const exact = await byId(store, who);
  if (exact) return exact;
  const ids = await podMemberIds(store, podId);
  const profile = await byUsername(store, who);
  if (profile && ids.includes(profile.id)) return profile;
  const within: Profile[] = [];
  for (let at = 0; at < ids.length; at += mostAtOnce)
    within.push(...(await store.getMany(profiles, ids.slice(at, at + mostAtOnce))));
  if (profile && !within.some((row) => isCalled(row, who))) return profile;
  return onlyOne(within, who);
}

/** The store's limit of ids. */
const mostAtOnce = 500;

const bare = (who: string) => who.replace(/^@/, "");

const isCalled = (row: Profile, who: string) =>
  !row.mergedInto && foldedName(row.displayName) === foldedName(bare(who));

async function byId(store: Store, who: string): Promise<Profile | undefined> {
  const found = isId(who) ? await store.get(profiles, who) : undefined;
  return whoIsNow(store, found);
}

const byUsername = async (store: Store, who: string): Promise<Profile | undefined> =>
  whoIsNow(store, await store.getBy(profiles, { username: bare(who).toLowerCase() }));

const whoIsNow = async (store: Store, found: Profile | undefined): Promise<Profile | undefined> =>
  found?.mergedInto ? store.get(profiles, found.mergedInto) : found;

function onlyOne(rows: readonly Profile[], who: string): Profile {
  const same = rows.filter((row) => isCalled(row, who));
  if (same.length > 1) throw severalMembers(same);
  if (!same[0]) throw new AppError("not_found", podTexts.say("noMember", who));
  return same[0];
}

export function severalMembers(same: readonly Profile[]): AppError {
  const names = same.slice(0, 5).map((row) => row.username);
  return new AppError("conflict", podTexts.say("severalMembers", names.join(", ")));
}
