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

async function suggestPods({ store, actor }: Asking, typed: string) {
  const key = nameKey(typed);
  const own = (await podsOf(store, actor.id)).filter((pod) => pod.nameKey.includes(key));
  const known = new Set(own.map((pod) => pod.id));
  const others = own.length < mostSuggestions ? await publicPods(store, key, mostSuggestions) : [];
  return [...own, ...others.filter((pod) => !known.has(pod.id))]
    .slice(0, mostSuggestions)
    .map((pod) => ({ value: pod.code, label: pod.name }));
}
