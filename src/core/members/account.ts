// A member's identity on one platform, and meeting somebody for the first time.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { insert, patch, update } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { Context } from "../kernel/house.ts";
import { hasVisible, tidy } from "../kernel/visible-text.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Account, ByHandle } from "../ports/platform.ts";
import type { Change, Row } from "../ports/store.ts";
import { memberJoined } from "./facts.ts";
import { toldBy } from "./follow-app.ts";
import { longestName, moved, type Profile, profiles, usernameFrom } from "./profile.ts";

export const accounts = collection(
  "accounts",
  z.object({
    memberId: just.string,
    platform: just.string,
    workspace: just.string.default(""),
    userId: just.string,
    name: just.string.max(200),
    /** In lower case; one account's at a time. */
    handle: just.string.max(64).optional(),
    linkedAt: just.int,
    /** Direct messages are refused there, since then. */
    closedAt: maybe.int,
  }),
  {
    often: true,
    unique: [["platform", "workspace", "userId"]],
    indexes: [
      ["memberId", "linkedAt"],
      ["platform", "handle"],
    ],
    members: ["memberId"],
  },
);
export type AccountRow = Row<typeof accounts>;

type Needs = Pick<Context, "store" | "clock" | "secrets" | "correlation">;

/** What is kept of an account; undefined before first contact. */
export const accountKept = (
  { store }: Pick<Context, "store">,
  { platform, workspace, userId }: Pick<Account, "platform" | "workspace" | "userId">,
): Promise<AccountRow | undefined> => store.getBy(accounts, { platform, workspace, userId });

/** The member behind an account; made at first contact. @param kept where it has been read already. */
export async function meet(ctx: Needs, account: Account, kept?: AccountRow): Promise<Profile> {
  const known = kept ?? (await accountKept(ctx, account));
  const profile = known && (await ctx.store.get(profiles, known.memberId));
  if (!known || !profile) return welcome(ctx, account);
  if (known.handle !== handleOf(account)) await followHandle(ctx, known, account);
  return follow(ctx, profile, known.id, account);
}

const handleOf = ({ handle }: Pick<Account, "handle">) => handle?.toLowerCase();

/** Who goes by it there, as far as they have been heard of since. */
export async function memberWithHandle({ store }: Pick<Context, "store">, account: ByHandle) {
  const [one, another] = await holdersOf(store, account);
  return one && !another ? store.get(profiles, one.memberId) : undefined;
}

async function holdersOf(store: Context["store"], account: Pick<Account, "platform" | "handle">) {
  const { platform } = account;
  const handle = handleOf(account);
  return handle ? (await store.find(accounts, { where: { platform, handle }, limit: 10 })).rows : [];
}

/** Whoever had it before has given it up. */
async function freeing(store: Context["store"], account: Account): Promise<Change[]> {
  const former = await holdersOf(store, account);
  return former.map((row) => patch(accounts, row, { handle: undefined }));
}

/** What somebody else changes at the same moment is written down the next time. */
async function followHandle({ store }: Needs, known: AccountRow, account: Account): Promise<void> {
  const changes = [...(await freeing(store, account)), patch(accounts, known, { handle: handleOf(account) })];
  await store.commit(changes).catch((error) => {
    if (!(error instanceof AppError) || !["conflict", "not_found"].includes(error.code)) throw error;
  });
}

/** Written only where the app tells something new. */
function follow(ctx: Needs, profile: Profile, accountId: string, account: Account): Profile | Promise<Profile> {
  const changed = (row: Profile) => {
    const set = toldBy(accountId, account, row);
    return Object.keys(set).length ? set : undefined;
  };
  return changed(profile) ? update(ctx.store, profiles, profile.id, changed, moved(ctx)) : profile;
}

async function welcome(ctx: Needs, account: Account): Promise<Profile> {
  const { platform, workspace, userId } = account;
  const displayName = displayNameFrom(account);
  const now = ctx.clock.now();
  for (let attempt = 0; ; attempt++) {
    const [id, accountId] = [ctx.secrets.id(), ctx.secrets.id()];
    const freed = await freeing(ctx.store, account);
    const suffix = attempt === 0 ? "" : `-${ctx.secrets.random(4, "abcdefghjkmnpqrstuvwxyz23456789")}`;
    try {
      await ctx.store.commit([
        insert(profiles, {
          id,
          username: usernameFrom(displayName) + suffix,
          displayName,
          ...toldBy(accountId, account, {}),
          joinedAt: now,
        }),
        insert(accounts, {
          id: accountId,
          memberId: id,
          platform,
          workspace,
          userId,
          name: displayName,
          handle: handleOf(account),
          linkedAt: now,
        }),
        ...freed,
        memberJoined(ctx, { member: id, platform }),
      ]);
      return (await ctx.store.get(profiles, id))!;
    } catch (error) {
      if (!isConflict(error) || attempt === 20) throw error;
      if (error.detail.collection === accounts.name) return meet(ctx, account);
    }
  }
}

/** A name that a platform tells may be of any length, or have nothing to see in it; the id stands in then. */
function displayNameFrom({ name, userId }: Account): string {
  const shown = tidy(name);
  return (hasVisible(shown) ? shown : userId)
    .slice(0, longestName)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
}

/** Whether a member has an account there. */
export const isOn = (mine: readonly AccountRow[], platform: string): boolean =>
  mine.some((account) => account.platform === platform);

/** Accounts in the order they are written to: the app the member prefers, then the one linked first. */
export const inOrderOf = ({ app }: Pick<Profile, "app">, mine: readonly AccountRow[]): readonly AccountRow[] =>
  mine.length < 2
    ? mine
    : mine.toSorted(
        (one, other) => Number(other.platform === app) - Number(one.platform === app) || one.linkedAt - other.linkedAt,
      );

/** A member's accounts, the one linked first in front. */
export async function accountsOf(store: Context["store"], memberId: string): Promise<readonly AccountRow[]> {
  const page = await store.find(accounts, { where: { memberId }, orderBy: { field: "linkedAt" }, limit: 50 });
  return page.rows;
}
