// Reads the features' tables of contents into one house.
import type { Feature, House, Listener } from "./house.ts";

/** @throws Error when a name is taken twice, or a listener waits for a fact that nobody states. */
export function houseOf(features: readonly Feature[]): House {
  const all = <T>(pick: (feature: Feature) => readonly T[] | undefined) =>
    features.flatMap((feature) => pick(feature) ?? []);
  const facts = byName(
    "fact",
    all((f) => f.facts),
    (fact) => fact.name,
  );
  const listeners = new Map<string, Listener[]>();
  byName(
    "listener",
    all((f) => f.listeners),
    (listener) => listener.name,
  );
  for (const listener of all((f) => f.listeners)) {
    if (!facts.has(listener.fact))
      throw new Error(`listener ${listener.name} waits for ${listener.fact}, which is no fact`);
    listeners.set(listener.fact, [...(listeners.get(listener.fact) ?? []), listener]);
  }
  return {
    features,
    collections: [
      ...byName(
        "collection",
        all((f) => f.collections),
        (c) => c.name,
      ).values(),
    ],
    actions: byName(
      "action",
      all((f) => f.actions),
      (action) => action.name,
    ),
    jobs: byName(
      "job",
      all((f) => f.jobs),
      (job) => job.name,
    ),
    listeners,
    cards: byName(
      "card",
      all((f) => f.cards),
      (card) => card.name,
    ),
    notifications: byName(
      "notification",
      all((f) => f.notifications),
      (kind) => kind.type,
    ),
    merges: byName(
      "merge rule",
      all((f) => f.merges),
      (rule) => rule.of.name,
    ),
  };
}

function byName<T>(what: string, items: readonly T[], name: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    if (map.has(name(item))) throw new Error(`two of the house's ${what}s are called ${name(item)}`);
    map.set(name(item), item);
  }
  return map;
}
