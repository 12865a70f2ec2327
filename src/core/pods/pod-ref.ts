// How people name a pod: by id, short code, name or the beginning of a name. What they may not see does not exist.
import { AppError } from "../errors.ts";
import type { ActionContext, Reference } from "../kernel/house.ts";
import { refTo } from "../kernel/input.ts";
import { likeliest, mostSuggested, suggestionLabel } from "../kernel/likeliest.ts";
import { byIdOrCode } from "../kernel/short-code.ts";
import type { Store } from "../ports/store.ts";
import { bindingAt } from "./binding.ts";
import { membershipOf, podsOf } from "./membership.ts";
import { nameKey, type Pod, pods } from "./pod.ts";
import { podTexts } from "./texts.ts";

type Asking = Pick<ActionContext, "store" | "actor">;
type Suggesting = Pick<ActionContext, "store" | "actor" | "place">;

const afterAllText = "\u{10ffff}";

/** The same words for what is not there and for what may not be seen. */
export const noSuchPod = (named: string): AppError =>
  new AppError("not_found", podTexts.say("noSuchPod", named.slice(0, 100)));

export const podReference: Reference<Pod> = { find: findPod, suggest: suggestPods };
export const podRef = refTo(podReference);
/** Where only a member can do it: one's own are offered. Any pod is found, so that a stranger reads why not. */
export const ownPodRef = refTo<Pod>({ ...podReference, suggest: suggestOwn, none: podTexts.say("inNone") });

async function findPod(ctx: Asking, named: string): Promise<Pod> {
  const exact = await byIdOrCode(ctx.store, pods, named);
  const pod = exact && (await maySee(ctx, exact)) ? exact : await byName(ctx, named);
  if (!pod) throw noSuchPod(named);
  return pod;
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

/** Two of one name are told apart by their codes. */
const offered = (found: readonly Pod[]) =>
  found.slice(0, mostSuggested).map((pod) => {
    const twin = found.some((other) => other.nameKey === pod.nameKey && other.id !== pod.id);
    return { value: pod.code, label: suggestionLabel(pod.name, twin ? pod.code : undefined) };
  });

const fitting = (some: readonly Pod[], typed: string) => likeliest(some, typed, ({ name, code }) => [name, code]);

/** One's own, that of the conversation in front. */
async function ownHereFirst({ store, actor, place }: Suggesting): Promise<readonly Pod[]> {
  const [own, here] = await Promise.all([podsOf(store, actor.id), place && bindingAt(store, place)]);
  return own.toSorted((one, other) => Number(other.id === here?.podId) - Number(one.id === here?.podId));
}

const looked = 200;

/** Public pods but these: those called or about so by their words, and any part of the name among the newest. */
async function publicBut(store: Store, own: readonly Pod[], typed: string): Promise<readonly Pod[]> {
  const known = new Set(own.map((pod) => pod.id));
  const where = { privacy: "public", isActive: true } as const;
  const [newest, worded] = await Promise.all([
    publicPods(store, "", looked),
    typed.trim() ? store.find(pods, { where, search: typed, limit: mostSuggested }) : undefined,
  ]);
  const found = new Map([...(worded?.rows ?? []), ...newest].map((pod) => [pod.id, pod]));
  return [...found.values()].filter((pod) => !known.has(pod.id));
}

async function suggestPods(ctx: Suggesting, typed: string) {
  const own = await ownHereFirst(ctx);
  return offered([...fitting(own, typed), ...fitting(await publicBut(ctx.store, own, typed), typed)]);
}

async function suggestOwn(ctx: Suggesting, typed: string) {
  return offered(fitting(await ownHereFirst(ctx), typed));
}

/** Public pods that one is not in and that let in without an invitation. */
export async function suggestToJoin(ctx: Suggesting, typed: string) {
  const others = await publicBut(ctx.store, await podsOf(ctx.store, ctx.actor.id), typed);
  const open = others.filter((pod) => pod.joinPolicy !== "invite-only");
  return offered(fitting(open, typed));
}
