// The member somebody means by a name: a username or a display name. Of several one is picked. A mention has become an id before.
import { AppError } from "../errors.ts";
import { NeedsField } from "../kernel/ask-more.ts";
import { foldedName } from "../kernel/folded-name.ts";
import { mostSuggested, suggestionLabel } from "../kernel/likeliest.ts";
import { isId } from "../kernel/short-code.ts";
import { type Profile, profiles } from "../members/read.ts";
import type { Store } from "../ports/store.ts";
import { podMemberIds } from "./membership.ts";
import { podTexts } from "./texts.ts";

const mostLookedAt = 100;

/**
 * Of the whole service, for an action that asks for them as `who`.
 * @throws AppError `not_found`, or NeedsField when several are called so.
 */
export async function memberCalled(store: Store, who: string): Promise<Profile> {
  const exact = await byId(store, who);
  if (exact) return exact;
  const [named, { rows }] = await Promise.all([
    byUsername(store, who),
    store.find(profiles, { search: bare(who), limit: mostLookedAt }),
  ]);
  const others = rows.filter((row) => row.id !== named?.id && isCalled(row, who));
  return onlyOne(named ? [named, ...others] : others, who);
}

/** Of those in a pod; somebody outside it by their id or username only. @throws like `memberCalled`. */
export async function podMemberCalled(store: Store, podId: string, who: string): Promise<Profile> {
  const exact = await byId(store, who);
  if (exact) return exact;
  const [named, ids] = await Promise.all([byUsername(store, who), podMemberIds(store, podId)]);
  const within: Profile[] = [];
  for (let at = 0; at < ids.length; at += mostAtOnce)
    within.push(...(await store.getMany(profiles, ids.slice(at, at + mostAtOnce))));
  const same = within.filter((row) => row.id === named?.id || isCalled(row, who));
  return onlyOne(named && same.length === 0 ? [named] : same, who);
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

function onlyOne([first, ...others]: readonly Profile[], who: string): Profile {
  if (!first) throw new AppError("not_found", podTexts.say("noMember", who));
  if (others.length === 0) return first;
  const choices = [first, ...others].slice(0, mostSuggested).map(({ id, displayName, username }) => ({
    value: id,
    label: suggestionLabel(displayName, username),
  }));
  throw new NeedsField("who", { question: podTexts.say("whichMember"), choices });
}
