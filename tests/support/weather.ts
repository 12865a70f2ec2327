// A store as it is seen over a bad network: away, slow, or out of reach in the middle of a commit.
import { AppError } from "../../src/core/errors.ts";
import type { AnyCollection, Store } from "../../src/core/ports/store.ts";

export interface Weather {
  around(store: Store): Store;
  /** Nothing answers but reads of collections that are read often, which a store keeps at hand. */
  away(): void;
  /** Nothing answers at all, and nothing is at hand. */
  dark(): void;
  /** Calls hang until it clears up. */
  hangs(): void;
  /** The next commit to the collection is done, or is not, and gets no answer; the store is away from then on. */
  breaksAt(collection: AnyCollection, done: "done" | "not done"): void;
  clear(): void;
}

const noAnswer = (unknown = false) =>
  new AppError("unavailable", "The store is away.", { detail: { reason: "store", ...(unknown && { unknown }) } });

export function weather(): Weather {
  let state: "well" | "away" | "dark" | "hanging" = "well";
  let cleared = Promise.withResolvers<void>();
  let breaking: { readonly at: AnyCollection; readonly done: boolean } | undefined;

  function letGo(): void {
    cleared.resolve();
    cleared = Promise.withResolvers();
  }

  async function through<T>(ask: () => Promise<T>, atHand = false): Promise<T> {
    if (state === "hanging") await cleared.promise;
    if (state === "dark" || (state === "away" && !atHand)) throw noAnswer();
    return ask();
  }

  return {
    around: (store) => ({
      get: (collection, id) => through(() => store.get(collection, id), collection.often),
      getMany: (collection, ids) => through(() => store.getMany(collection, ids), collection.often),
      getBy: (collection, key) => through(() => store.getBy(collection, key), collection.often),
      find: (collection, query) => through(() => store.find(collection, query)),
      count: (collection, where) => through(() => store.count(collection, where)),
      ping: () => through(() => store.ping()),
      close: () => store.close(),
      commit: (changes) =>
        through(async () => {
          const broken = breaking && changes.some((change) => change.in === breaking!.at) ? breaking : undefined;
          if (!broken || broken.done) await store.commit(changes);
          if (!broken) return;
          breaking = undefined;
          state = "away";
          throw noAnswer(true);
        }),
    }),
    away() {
      state = "away";
      letGo();
    },
    dark() {
      state = "dark";
      letGo();
    },
    hangs() {
      state = "hanging";
    },
    breaksAt(at, done) {
      breaking = { at, done: done === "done" };
    },
    clear() {
      state = "well";
      letGo();
    },
  };
}
