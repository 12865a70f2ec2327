// What the Appwrite store keeps at hand: when it asks nothing, and by what it notices what other processes have changed.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { believedMs } from "../../../../src/adapters/store/appwrite/versions.ts";
import { insert, patch } from "../../../../src/core/kernel/change.ts";
import type { Store } from "../../../../src/core/ports/store.ts";
import { jobs } from "../../../../src/jobs/drivers/embedded/rows.ts";
import { appwriteGrounds, type Grounds, type OpenedAppwrite } from "../../../support/appwrite-store.ts";
import { eventually } from "../../../support/eventually.ts";
import { book, books, counters } from "../../../support/store-samples.ts";

/** Books are looked up at every call; counters are read often. */
const collections = [{ ...books, everyCall: true }, { ...counters, often: true }, jobs];

let grounds: Grounds;
let opened: OpenedAppwrite;
let here: Store;
let there: Store;
let now = 0;
beforeAll(async () => {
  grounds = await appwriteGrounds({ real: false });
  opened = await grounds.open(collections, { now: () => now });
  here = opened.store;
  there = await opened.beside();
  await here.commit([insert(books, book("b")), insert(counters, { id: "c", value: 1 })]);
});
beforeEach(async () => {
  now += believedMs;
  await here.get(counters, "c");
  now += believedMs;
  grounds.server!.requests.clear();
});
afterAll(async () => {
  await opened.remove();
  await grounds.close();
});

const asked = () => grounds.server!.requests.all.map(({ method, path }) => `${method} ${path.split("/").at(-2)}`);
const countHere = async () => (await here.get(counters, "c"))!.value;
const setThere = (value: number) => there.commit([patch(counters, "c", { value })]);

describe("a row that is read often", () => {
  it("costs a look at what others did, and nothing until that is too long ago", async () => {
    await countHere();
    expect(asked()).toEqual(["GET books"]);
    now += believedMs - 1;
    await Promise.all([countHere(), countHere()]);
    expect(asked()).toHaveLength(1);
    now += 1;
    await countHere();
    expect(asked()).toEqual(["GET books", "GET books"]);
  });

  it("costs nothing after a look-up of this call, and is what others made of it by then", async () => {
    await setThere(2);
    grounds.server!.requests.clear();
    expect(await here.get(books, "none")).toBeUndefined();
    expect(await countHere()).toBe(2);
    expect(asked()).toEqual(["GET books", "GET counters"]);
    now += believedMs;
    expect(await here.get(books, "b")).toMatchObject({ title: "Book b", rev: 1 });
    expect(await countHere()).toBe(2);
    expect(asked()).toEqual(["GET books", "GET counters", "GET books"]);
  });

  it("is what others made of it soon after, whether the look-up was told or not", async () => {
    await countHere();
    await setThere(3);
    now += believedMs / 2;
    await here.get(books, "b");
    expect(await countHere()).toBe(3);
    await setThere(4);
    now += believedMs / 2 - 1;
    await here.get(books, "b");
    now += believedMs / 2 + 1;
    expect(await countHere()).toBe(4);
  });

  it("is given while the server does not answer, though the look-up is not", async () => {
    const many = { times: 1_000 };
    await countHere();
    now += believedMs;
    grounds.server!.faults.add({ kind: "refuse", status: 503 }, { path: /books/, ...many });
    await expect(here.get(books, "b")).rejects.toMatchObject({ code: "unavailable" });
    expect(await countHere()).toBeGreaterThan(0);
    grounds.server!.faults.clear();
    // As many faults as there were may have opened the circuit, for two seconds.
    await eventually(() =>
      here.get(books, "b").then(
        () => true,
        () => false,
      ),
    );
  }, 20_000);
});

describe("the table that the counters stand in", () => {
  it("shows its own rows alone", async () => {
    expect((await here.find(books, { limit: 10 })).rows.map(({ id }) => id)).toEqual(["b"]);
    expect((await here.find(books, { where: { isbn: null }, limit: 10 })).rows).toHaveLength(1);
    expect(await here.count(books)).toBe(1);
    expect(await here.count(books, { rating: null })).toBe(1);
  });
});

describe("a poll of the embedded queue", () => {
  it("is one request", async () => {
    await here.find(jobs, { where: { turnAt: { lte: 0 } }, orderBy: { field: "turnAt" }, limit: 100 });
    expect(asked()).toEqual(["GET jobs"]);
  });
});
