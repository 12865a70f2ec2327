// A migration that breaks off at any of its steps, before or after the step was done: begun again, it goes on and ends well.
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { readMark, refusalOfUse } from "../../../src/adapters/migration/mark.ts";
import type { Target } from "../../../src/adapters/migration/move-store.ts";
import { type AppwriteServer, appwriteServer } from "../../support/appwrite-server/index.ts";
import { contents, fill, type Stores, stores } from "../../support/moving.ts";

let server: AppwriteServer;
beforeAll(async () => {
  server = await appwriteServer();
});
afterAll(() => server.close());

/** Throws at the nth step of either store, and at all that follow, as if the process were gone. */
function breaking(nth: number, after: boolean) {
  let left = nth;
  const broken = async <T>(act: () => Promise<T>): Promise<T> => {
    if (left-- > 0) return act();
    if (left === -1 && after) await act();
    throw new Error("gone");
  };
  const wrapped = <T extends object>(whole: T, ...names: readonly (keyof T)[]): T => ({
    ...whole,
    ...Object.fromEntries(
      names.map((name) => [
        name,
        (...given: unknown[]) => broken(() => (whole[name] as (...all: unknown[]) => Promise<unknown>)(...given)),
      ]),
    ),
  });
  return {
    end: (target: Target): Target => ({
      ...target,
      store: wrapped(target.store, "get", "find", "commit"),
      bulk: wrapped(target.bulk, "put", "clear", "flush"),
    }),
    struck: () => left < 0,
  };
}

const usable = async ({ store }: Target) => refusalOfUse(await readMark(store)) === undefined;

async function eachStep(s: Stores, way: "there" | "back", after: boolean): Promise<number> {
  const [from, to] = way === "there" ? [s.sqlite, s.appwrite] : [s.appwrite, s.sqlite];
  for (let nth = 0; ; nth++) {
    const bomb = breaking(nth, after);
    await s.move(way, { from: bomb.end(from), to: bomb.end(to) }).catch((error) => {
      if (error.message !== "gone") throw error;
    });
    if (!bomb.struck()) return nth;
    // Whatever was done: never both may be used.
    expect([
      nth,
      (await usable(from)) && (await usable(to)) && nth > 0 && (await readMark(to.store)) !== undefined,
    ]).toEqual([nth, false]);
  }
}

it.each([false, true])(
  "one step further each time, the step done: %s",
  async (after) => {
    const s = await stores(server);
    try {
      await fill(s.sqlite.store, 560);
      const before = await contents(s.sqlite);
      expect(await eachStep(s, "there", after)).toBeGreaterThan(10);
      expect(await contents(s.appwrite)).toStrictEqual(before);
      expect([await usable(s.sqlite), await usable(s.appwrite)]).toEqual([false, true]);
      expect(await eachStep(s, "back", after)).toBeGreaterThan(10);
      expect(await contents(s.sqlite)).toStrictEqual(before);
      expect([await usable(s.sqlite), await usable(s.appwrite)]).toEqual([true, false]);
    } finally {
      await s.close();
    }
  },
  120_000,
);
