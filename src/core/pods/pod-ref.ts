// How people name a pod: by id, short code, name or the beginning of a name. What they may not see does not exist.
import { AppError } from "../errors.ts";
import type { ActionContext, Reference } from "../kernel/house.ts";
import { refTo } from "../kernel/input.ts";
import { readShortCode } from "../kernel/short-code.ts";
import type { Store } from "../ports/store.ts";
import { membershipOf, podsOf } from "./membership.ts";
import { nameKey, type Pod, pods } from "./pod.ts";
import { podTexts } from "./texts.ts";

type Asking = Pick<ActionContext, "store" | "actor">;

const mostSuggestions = 10;
const afterAllText = "\u{10ffff}";

/** The same words for what is not there and for what may not be seen. */
export const noSuchPod = (named: string): AppError =>
  new AppError("not_found", podTexts.say("noSuchPod", named.slice(0, 100)));

export const podReference: Reference<Pod> = { entity: "pod", find: findPod, suggest: suggestPods };
export const podRef = refTo(podReference);
/** Where only a member can do it: one's own are offered. Any pod is found, so that a stranger reads why not. */
export const ownPodRef = refTo<Pod>({ ...podReference, suggest: suggestOwn });

async function findPod(ctx: Asking, named: string): Promise<Pod> {
  const pod = (await byIdOrCode(ctx, named)) ?? (await byName(ctx, named));
  if (!pod) throw noSuchPod(named);
  return pod;
}

async function byIdOrCode(ctx: Asking, named: string): Promise<Pod | undefined> {
  const code = readShortCode(named);
  const pod = /^[a-z0-9]{26}$/.test(named)
    ? await ctx.store.get(pods, named)
    : code && (await ctx.store.getBy(pods, { code }));
  return pod && (await maySee(ctx, pod)) ? pod : undefined;
}

export async function maySee({ store, actor }: Asking, pod: Pod): Promise<boolean> {
  if (!pod.isActive) return false;
  return pod.privacy === "public" || (await membershipOf(store, pod.id, actor.id)) !== undefined;
}

/** One's own before others', whole names before beginnings. @throws AppError `conflict` when several are as near. */
async function byName({ store, actor }: Asking, named: string): Promise<Pod | undefined> {
  const key = nameKey(named);
  if (!key) return undefined;
  const begins = (pod: Pod) => pod.nameKey.startsWith(key);
  const same = (pod: Pod) => pod.nameKey === key;
  const own = (await podsOf(store, actor.id)).filter(begins);
  const listed = own.some(same) ? [] : await publicPods(store, key, 20);
  const nearest = [own.filter(same), listed.filter(same), own, listed].find((pods) => pods.length > 0) ?? [];
  if (nearest.length > 1) throw new AppError("conflict", podTexts.say("severalPods", nearest.slice(0, 5)));
  return nearest[0];
}

/** Public pods whose name begins so, in the order of their names. */
async function publicPods(store: Store, key: string, limit: number): Promise<readonly Pod[]> {
  const { rows } = await store.find(pods, {
    where: { privacy: "public", isActive: true, ...(key && { nameKey: { gte: key, lt: key + afterAllText } }) },
    orderBy: key ? { field: "nameKey" } : { field: "createdAt", direction: "desc" },
    limit,
  });
  return rows;
}

const offered = (found: readonly Pod[]) =>
  found.slice(0, mostSuggestions).map((pod) => ({ value: pod.code, label: pod.name }));

async function ownBy({ store, actor }: Asking, typed: string): Promise<readonly Pod[]> {
  return (await podsOf(store, actor.id)).filter((pod) => pod.nameKey.includes(nameKey(typed)));
}

/** One's own may be among the first that are found, so more are read than are offered. */
async function publicBut(store: Store, own: readonly Pod[], typed: string): Promise<readonly Pod[]> {
  const known = new Set(own.map((pod) => pod.id));
  const found = await publicPods(store, nameKey(typed), Math.min(4 * mostSuggestions + own.length, 500));
  return found.filter((pod) => !known.has(pod.id));
}

async function suggestPods(ctx: Asking, typed: string) {
  const own = await ownBy(ctx, typed);
  return offered(own.length < mostSuggestions ? [...own, ...(await publicBut(ctx.store, own, typed))] : own);
}

async function suggestOwn(ctx: Asking, typed: string) {
  return offered(await ownBy(ctx, typed));
}

/** Public pods that one is not in and that let in without an invitation. */
export async function suggestToJoin(ctx: Asking, typed: string) {
  const others = await publicBut(ctx.store, await ownBy(ctx, typed), typed);
  return offered(others.filter((pod) => pod.joinPolicy !== "invite-only"));
}
