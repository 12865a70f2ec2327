// How somebody names another member. Who is meant is looked up when the pod is known; offered are those one shares a pod with.
import { AppError } from "../errors.ts";
import type { ActionContext, Context } from "../kernel/house.ts";
import { refTo } from "../kernel/input.ts";
import { likeliest, suggestionLabel } from "../kernel/likeliest.ts";
import { meet, memberWithHandle, type Profile, profiles } from "../members/read.ts";
import type { Named } from "../ports/platform.ts";
import { memberships, podsOf } from "./membership.ts";
import { podTexts } from "./texts.ts";

const mostPods = 20;
const mostLookedAt = 500;

export const memberNameRef = refTo<string>({
  find: async (_, named) => named,
  async suggest(ctx, typed) {
    const known = await companions(ctx);
    return likeliest(known, typed.replace(/^@/, ""), ({ displayName, username }) => [displayName, username]).map(
      ({ id, displayName, username }) => ({ value: id, label: suggestionLabel(displayName, username) }),
    );
  },
  mentioned: memberMentioned,
});

/** Their id, which nobody else can be called. Of a username that PeerSpark has not heard of nobody can be made, or guessed. */
async function memberMentioned(ctx: Context, meant: readonly Named[]): Promise<string> {
  const bot = meant.find((one) => one.bot);
  if (bot) throw new AppError("invalid", podTexts.say("isBot", bot.as.replace(/^@/, "")));
  const members = new Map<string, Profile>();
  for (const { as, account } of meant) {
    const member = "userId" in account ? await meet(ctx, account) : await memberWithHandle(ctx, account);
    if (!member) throw new AppError("not_found", podTexts.say("notMetYet", as));
    members.set(member.id, member);
  }
  const [first, ...others] = members.values();
  if (others.length > 0) throw severalMembers([first!, ...others]);
  return first!.id;
}

function severalMembers(same: readonly Profile[]): AppError {
  const names = same.slice(0, 5).map((row) => row.username);
  return new AppError("conflict", podTexts.say("severalMembers", names.join(", ")));
}

/** Whom /pod members would show one anyway, in the pods joined last. */
async function companions({ store, actor }: Pick<ActionContext, "store" | "actor">): Promise<readonly Profile[]> {
  const podIds = (await podsOf(store, actor.id)).slice(0, mostPods).map((pod) => pod.id);
  if (podIds.length === 0) return [];
  const { rows } = await store.find(memberships, { where: { podId: { in: podIds } }, limit: mostLookedAt });
  const ids = new Set(rows.map(({ memberId }) => memberId));
  const found = await store.getMany(profiles, [...ids]);
  return found.filter(({ id, mergedInto }) => id !== actor.id && !mergedInto);
}
