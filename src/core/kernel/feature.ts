// Reads the features' tables of contents into one house.
import { listenersOf, postedCards } from "./card.ts";
import { outbox } from "./fact.ts";
import type { AnyTelling, Feature, House, Listener } from "./house.ts";
import { forgetDead, hearFact, sweepOutbox } from "./outbox.ts";

/** What the kernel itself brings: the outbox and the posted cards. */
const kernel: Feature = {
  name: "kernel",
  collections: [outbox, postedCards],
  jobs: [hearFact, sweepOutbox, forgetDead],
};

/** @throws Error when a name is taken twice, or a listener waits for a fact that nobody states. */
export function houseOf(declared: readonly Feature[]): House {
  const features = [kernel, ...declared];
  const all = <T>(pick: (feature: Feature) => readonly T[] | undefined) =>
    features.flatMap((feature) => pick(feature) ?? []);
  const named = <T extends { readonly name: string }>(what: string, pick: (f: Feature) => readonly T[] | undefined) =>
    byName(what, all(pick));
  const facts = named("fact", (f) => f.facts);
  const cards = named("card", (f) => f.cards);
  const listeners = byName("listener", [...all((f) => f.listeners), ...[...cards.values()].flatMap(listenersOf)]);
  for (const { name, fact } of listeners.values())
    if (!facts.has(fact)) throw new Error(`listener ${name} waits for ${fact}, which is no fact`);
  const kinds = all((f): readonly AnyTelling[] => [...(f.notifications ?? []), ...(f.tellings ?? [])]);
  const merges = all((f) => f.merges);
  return {
    features,
    cards,
    listeners: groupByFact([...listeners.values()]),
    collections: [...named("collection", (f) => f.collections).values()],
    actions: named("action", (f) => f.actions),
    jobs: named("job", (f) => f.jobs),
    notifications: byName("notification", kinds, ({ type }) => type),
    merges: byName("merge rule", merges, ({ of }) => of.name),
  };
}

const groupByFact = (listeners: readonly Listener[]): ReadonlyMap<string, readonly Listener[]> =>
  Map.groupBy(listeners, (listener) => listener.fact);

function byName<T extends { readonly name: string }>(what: string, items: readonly T[]): Map<string, T>;
function byName<T>(what: string, items: readonly T[], nameOf: (item: T) => string): Map<string, T>;
function byName<T>(what: string, items: readonly T[], nameOf = (item: T) => (item as { name: string }).name) {
  const map = new Map<string, T>();
  for (const item of items) {
    const name = nameOf(item);
    if (map.has(name)) throw new Error(`two of the house's ${what}s are called ${name}`);
    map.set(name, item);
  }
  return map;
}
