// A store that somebody else is faster at, or over which a process dies, right before a commit that the test picks.
import type { Store } from "../../src/core/ports/store.ts";

export type Changes = Parameters<Store["commit"]>[0];

/** What `before` throws becomes of the commit: nothing of it is written then. */
export const beforeCommits =
  (before: (changes: Changes) => void | Promise<void>) =>
  (store: Store): Store =>
    new Proxy(store, {
      get(target, name: keyof Store) {
        if (name !== "commit") return (target[name] as (...given: unknown[]) => unknown).bind(target);
        return async (changes: Changes) => {
          await before(changes);
          return target.commit(changes);
        };
      },
    });

export const dyingAt = (picks: (changes: Changes) => boolean | undefined) =>
  beforeCommits((changes) => {
    if (picks(changes)) throw new Error("the process died");
  });
