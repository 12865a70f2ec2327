// Which of a pod's channels take part in its bridge: each says so for itself, and anew each time the bridge is turned on.
import { z } from "zod";
import { asRaceFor, insert, patch, untilSettled } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { Context } from "../kernel/house.ts";
import { pages } from "../kernel/pages.ts";
import { just, maybe } from "../plain-shapes.ts";
import { addressOf, type Binding, bindingAt, bindings, type Pod, pods } from "../pods/read.ts";
import type { Address, Bridged } from "../ports/platform.ts";
import type { Row, Store } from "../ports/store.ts";

export const bridgeLinks = collection(
  "bridge_links",
  z.object({
    bindingId: just.string,
    podId: just.string,
    /** The bridge that was agreed to: `pods.bridge`. */
    bridge: just.string,
    answer: z.enum(["open", "yes", "no"]),
    /** Who gave the answer. */
    by: maybe.string,
    /** It takes part since then. */
    since: maybe.int,
    /** Nothing is brought there before. */
    waitUntil: maybe.int,
    /** PeerSpark may not write there, since then. */
    closedAt: maybe.int,
  }),
  { often: true, unique: [["bindingId"]], indexes: [["podId", "answer"]], members: ["by"] },
);
export type BridgeLink = Row<typeof bridgeLinks>;

/** Every commit that carries a message has room for so many channels. */
export const mostChannels = 8;

/** A channel that takes part. */
export interface Spot {
  readonly pod: Pod;
  readonly binding: Binding;
  readonly link: BridgeLink;
}

/** The channel behind a link, as long as it takes part. */
export async function takingPart(store: Store, link: BridgeLink): Promise<Spot | undefined> {
  const [pod, binding] = await Promise.all([store.get(pods, link.podId), store.get(bindings, link.bindingId)]);
  return pod && binding && takesPart({ pod, binding, link }) ? { pod, binding, link } : undefined;
}

const takesPart = ({ pod, binding, link }: Spot): boolean =>
  link.answer === "yes" &&
  pod.isActive &&
  pod.bridge === link.bridge &&
  binding.podId === pod.id &&
  binding.goneAt === undefined;

/** What takes part at a place; one cached read tells that nothing does where no pod is bound. */
export async function spotAt(store: Store, place: Address): Promise<Spot | undefined> {
  const binding = await bindingAt(store, place);
  const link = binding && (await store.getBy(bridgeLinks, { bindingId: binding.id }));
  return link && takingPart(store, link);
}

/** A query names so many spaces at most. */
const mostSpaces = 100;

/** The channels of these spaces that take part, and since when. */
export async function bridgedIn(
  store: Store,
  platform: string,
  spaces: readonly string[],
): Promise<readonly Bridged[]> {
  const found: Bridged[] = [];
  for (let at = 0; at < spaces.length; at += mostSpaces) {
    const where = { platform, space: { in: spaces.slice(at, at + mostSpaces) } };
    for await (const rows of pages(store, bindings, { where, limit: 500 }))
      for (const binding of rows) {
        const link = await store.getBy(bridgeLinks, { bindingId: binding.id });
        if (link?.since === undefined || !(await takingPart(store, link))) continue;
        found.push({ ...addressOf(binding), space: binding.space, since: link.since });
      }
  }
  return found;
}

/** All the channels that take part with this one, itself left out. */
export async function othersThan(store: Store, { pod, link }: Spot): Promise<readonly Spot[]> {
  const { rows } = await store.find(bridgeLinks, { where: { podId: pod.id, answer: "yes" }, limit: 4 * mostChannels });
  const spots = await Promise.all(rows.filter(({ id }) => id !== link.id).map((row) => takingPart(store, row)));
  return spots.filter((spot) => spot !== undefined).slice(0, mostChannels);
}

/** What the channel has said to the bridge as it is now; nothing yet where it is new. */
export async function linkFor(
  ctx: Pick<Context, "store" | "secrets" | "clock">,
  pod: Pod,
  bindingId: string,
): Promise<BridgeLink> {
  return whoeverIsFaster(async () => {
    const known = await ctx.store.getBy(bridgeLinks, { bindingId });
    return known && isOf(pod, known) ? known : saySo(ctx, pod, bindingId, known, "open");
  });
}

/** @param decide what it says now, given what it has said; nothing new where that is undefined. */
export async function answerLink(
  ctx: Pick<Context, "store" | "secrets" | "clock">,
  pod: Pod,
  bindingId: string,
  by: string,
  decide: (said: BridgeLink["answer"]) => Promise<BridgeLink["answer"] | undefined>,
): Promise<void> {
  await whoeverIsFaster(async () => {
    const known = await ctx.store.getBy(bridgeLinks, { bindingId });
    const answer = await decide(known && isOf(pod, known) ? known.answer : "open");
    if (answer) await saySo(ctx, pod, bindingId, known, answer, by);
  });
}

/** Two first words about a channel meet at the unique key, later ones at the revision: who comes second reads anew. */
const whoeverIsFaster = <T>(attempt: () => Promise<T>): Promise<T> =>
  untilSettled(() => attempt().catch(asRaceFor(bridgeLinks)));

const isOf = (pod: Pod, link: BridgeLink): boolean => link.bridge === pod.bridge && link.podId === pod.id;

async function saySo(
  { store, secrets, clock }: Pick<Context, "store" | "secrets" | "clock">,
  pod: Pod,
  bindingId: string,
  known: BridgeLink | undefined,
  answer: BridgeLink["answer"],
  by?: string,
): Promise<BridgeLink> {
  const since = answer === "yes" ? clock.now() : undefined;
  const said = { podId: pod.id, bridge: pod.bridge!, answer, by, since, waitUntil: undefined, closedAt: undefined };
  const row = { id: secrets.id(), bindingId, ...said };
  await store.commit([known ? patch(bridgeLinks, known, said) : insert(bridgeLinks, row)]);
  return known ? { ...known, ...said, rev: known.rev + 1 } : { ...row, rev: 1 };
}
