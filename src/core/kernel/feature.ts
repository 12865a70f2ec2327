// Reads the features' tables of contents into one house.
import { listenersOf, postedCards } from "./card.ts";
import { outbox } from "./fact.ts";
import type { AnyNotificationKind, Feature, House, Listener } from "./house.ts";
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
  const facts = byName(
    "fact",
    all((f) => f.facts),
    nameOf,
  );
  const cards = byName(
    "card",
    all((f) => f.cards),
    nameOf,
  );
  const listeners = byName(
    "listener",
    [...all((f) => f.listeners), ...[...cards.values()].flatMap(listenersOf)],
    nameOf,
  );
  for (const { name, fact } of listeners.values())
    if (!facts.has(fact)) throw new Error(`listener ${name} waits for ${fact}, which is no fact`);
  return {
    features,
    cards,
    listeners: groupByFact([...listeners.values()]),
    collections: [
      ...byName(
        "collection",
        all((f) => f.collections),
        nameOf,
      ).values(),
    ],
    actions: byName(
      "action",
      all((f) => f.actions),
      nameOf,
    ),
    jobs: byName(
      "job",
      all((f) => f.jobs),
      nameOf,
    ),
    notifications: byName(
      "notification",
      all((f): readonly AnyNotificationKind[] => [...(f.notifications ?? []), ...(f.tellings ?? [])]),
      (kind) => kind.type,
    ),
    merges: byName(
      "merge rule",
      all((f) => f.merges),
      (rule) => rule.of.name,
    ),
  };
}

const nameOf = (item: { readonly name: string }) => item.name;

const groupByFact = (listeners: readonly Listener[]): ReadonlyMap<string, readonly Listener[]> =>
  Map.groupBy(listeners, (listener) => listener.fact);

function byName<T>(what: string, items: readonly T[], name: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    if (map.has(name(item))) throw new Error(`two of the house's ${what}s are called ${name(item)}`);
    map.set(name(item), item);
  }
  return map;
}
