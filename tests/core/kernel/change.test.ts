// Changes that lose nothing: read, decide, commit at the revision that was read, again when somebody else was faster.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { AppError } from "../../../src/core/errors.ts";
import { insert, patch, remove, untilSettled, update } from "../../../src/core/kernel/change.ts";
import { collection } from "../../../src/core/kernel/collection.ts";
import type { Store } from "../../../src/core/ports/store.ts";

const jars = collection("jars", z.object({ beans: z.number().int(), label: z.string().default("") }), {
  unique: [["label"]],
});
let store: Store;
beforeEach(async () => {
  store = await openSqlite({ path: ":memory:", collections: [jars] });
  await store.commit([insert(jars, { id: "a", beans: 0, label: "a" })]);
});
afterEach(() => store.close());

const conflict = (key: string) => new AppError("conflict", "taken", { detail: { key } });

describe("update", () => {
  it("answers the row as it is then", async () => {
    expect(await update(store, jars, "a", ({ beans }) => ({ beans: beans + 2 }))).toEqual({
      id: "a",
      rev: 2,
      beans: 2,
      label: "a",
    });
    expect(await store.get(jars, "a")).toMatchObject({ beans: 2, rev: 2 });
  });

  it("loses none of thirty at once", async () => {
    await Promise.all(
      Array.from({ length: 30 }, () => update(store, jars, "a", ({ beans }) => ({ beans: beans + 1 }))),
    );
    expect(await store.get(jars, "a")).toMatchObject({ beans: 30, rev: 31 });
  });

  it("leaves the row as it is when there is nothing to change", async () => {
    expect(await update(store, jars, "a", () => undefined)).toMatchObject({ rev: 1 });
    expect(await store.get(jars, "a")).toMatchObject({ rev: 1 });
  });

  it("of what is not there says so", async () => {
    await expect(update(store, jars, "b", () => ({ beans: 1 }))).rejects.toMatchObject({ code: "not_found" });
  });

  it("of a unique key that is taken is not tried again", async () => {
    await store.commit([insert(jars, { id: "b", beans: 0, label: "b" })]);
    let tries = 0;
    const change = () => {
      tries++;
      return { label: "b" };
    };
    await expect(update(store, jars, "a", change)).rejects.toMatchObject({ detail: { key: "label" } });
    expect(tries).toBe(1);
  });
});

describe("untilSettled", () => {
  const failingTimes = (times: number, error: unknown) => {
    let tries = 0;
    return { attempt: async () => (++tries <= times ? Promise.reject(error) : tries), tries: () => tries };
  };

  it("goes on while somebody else was faster", async () => {
    expect(await untilSettled(failingTimes(39, conflict("rev")).attempt)).toBe(40);
  });

  it("gives up after forty tries, with the last conflict", async () => {
    const { attempt, tries } = failingTimes(1000, conflict("rev"));
    await expect(untilSettled(attempt)).rejects.toMatchObject({ code: "conflict", detail: { key: "rev" } });
    expect(tries()).toBe(40);
  });

  it.each([conflict("bound"), conflict("id"), new AppError("unavailable", "down"), new Error("bug")])(
    "does not repeat what another try cannot mend: %s",
    async (error) => {
      const { attempt, tries } = failingTimes(5, error);
      await expect(untilSettled(attempt)).rejects.toBe(error);
      expect(tries()).toBe(1);
    },
  );
});

describe("patch and remove", () => {
  it("of a row hold at its revision only, of an id always", async () => {
    const read = (await store.get(jars, "a"))!;
    await store.commit([patch(jars, "a", { beans: 5 })]);
    for (const change of [patch(jars, read, { beans: 6 }), remove(jars, read)])
      await expect(store.commit([change])).rejects.toMatchObject({ detail: { key: "rev" } });
    expect(await store.get(jars, "a")).toMatchObject({ beans: 5 });
    await store.commit([remove(jars, "a")]);
    await store.commit([remove(jars, "a"), remove(jars, read)]);
    expect(await store.count(jars)).toBe(0);
  });
});
