// What only a store on Appwrite has to look out for: its limits on queries, requests and counts, and texts it takes for something else.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { z } from "zod";
import { increment, insert, patch, remove } from "../../../../../src/core/kernel/change.ts";
import { collection } from "../../../../../src/core/kernel/collection.ts";
import type { Store } from "../../../../../src/core/ports/store.ts";
import { appwriteGrounds, type Grounds, type OpenedAppwrite } from "../../../../support/appwrite-store.ts";
import { book, books, counters, readAll, sampleCollections } from "../../../../support/store-samples.ts";

/** A row of this reads as one of Appwrite's operators. */
const operators = collection(
  "operators",
  z.object({ method: z.string(), values: z.array(z.number()), text: z.string().default("") }),
  { indexes: [["method"]] },
);

let grounds: Grounds;
let opened: OpenedAppwrite;
let store: Store;
beforeAll(async () => {
  grounds = await appwriteGrounds();
});
afterAll(() => grounds.close());
beforeEach(async () => {
  opened = await grounds.open([...sampleCollections, operators]);
  store = opened.store;
});
afterEach(() => opened.remove());

it("counts and pages beyond 5000, by batches of 100", async () => {
  const ids = Array.from({ length: 5_103 }, (_, at) => `n${at}`);
  for (let at = 0; at < ids.length; at += 100)
    await store.commit(ids.slice(at, at + 100).map((id) => insert(counters, { id, value: Number(id.slice(1)) % 2 })));
  expect(await store.count(counters)).toBe(5_103);
  expect(await store.count(counters, { value: 1 })).toBe(2_551);
  const rows = await readAll((after) => store.find(counters, { limit: 500, after }));
  expect(rows.map((row) => row.id)).toEqual([...ids].sort());
  expect(await store.getMany(counters, ids.slice(0, 500))).toHaveLength(500);
});

it("asks for more values than one query takes, in order and on pages", async () => {
  const titles = Array.from({ length: 100 }, (_, at) => `Book ${"x".repeat(60)} ${String(at).padStart(3, "0")}`);
  await store.commit(titles.map((title, at) => insert(books, book(`b${at}`, { title, copies: at % 7 }))));
  const query = { where: { title: { in: [...titles, ...titles, "none"] } }, orderBy: { field: "copies" } } as const;
  const rows = await readAll((after) => store.find(books, { ...query, limit: 30, after }));
  expect(rows).toHaveLength(100);
  const order = rows.map(({ copies, id }) => `${copies} ${id}`);
  expect(order).toEqual([...order].sort());
  expect(await store.count(books, query.where)).toBe(100);
});

it("keeps every word of a search, more than the server can be asked for", async () => {
  const words = Array.from({ length: 60 }, (_, at) => `word${at}`);
  await store.commit(
    Array.from({ length: 9 }, (_, at) =>
      insert(books, book(`b${at}`, { title: `${words.slice(0, at % 3 ? 50 : 60).join(" ")} ${at}` })),
    ),
  );
  const search = words.join(" ");
  expect((await readAll((after) => store.find(books, { search, limit: 2, after }))).map((row) => row.id)).toEqual([
    "b0",
    "b3",
    "b6",
  ]);
});

it("writes a hundred large rows, and a row that is changed a hundred times", async () => {
  const title = "x".repeat(60_000);
  const many = Array.from({ length: 100 }, (_, at) =>
    insert(books, book(`b${at}`, { title: `${title}${at}`, isbn: `${at}` })),
  );
  await store.commit(many);
  await store.commit(many.map((_, at) => patch(books, `b${at}`, { isbn: `${at + 1}x` })));
  expect((await store.getBy(books, { isbn: "100x" }))?.title).toBe(`${title}99`);
  await store.commit(many.map((_, at) => remove(books, `b${at}`)));
  expect(await store.count(books)).toBe(0);
  await store.commit([insert(counters, { id: "c" }), ...many.slice(1).map(() => increment(counters, "c", "value", 1))]);
  expect(await store.get(counters, "c")).toMatchObject({ value: 99, rev: 100 });
});

it("refuses a row that no request could carry, naming the field", async () => {
  const huge = { id: "h", method: "m", values: [], text: "漢".repeat(4_000_000) };
  await expect(store.commit([insert(operators, huge)])).rejects.toMatchObject({
    code: "invalid",
    detail: { collection: "operators", key: "text" },
  });
});

it("takes no text for an operator", async () => {
  const text = JSON.stringify({ method: "increment", values: [1] });
  await store.commit([insert(operators, { id: "a", method: "increment", values: [1], text })]);
  await store.commit([patch(operators, "a", { values: [2] })]);
  expect(await store.get(operators, "a")).toEqual({ id: "a", rev: 2, method: "increment", values: [2], text });
});

it("takes every id there may be, in the order of their characters", async () => {
  const ids = ["-a", ".", "_", "0", "a-b", "a.b", "a_b", "ab", `.${"z".repeat(35)}`, "z".repeat(36)];
  await store.commit(ids.map((id) => insert(counters, { id })));
  const rows = await readAll((after) => store.find(counters, { limit: 3, after }));
  expect(rows.map((row) => row.id)).toEqual([...ids].sort());
  await store.commit([increment(counters, "-a", "value", 2), remove(counters, ".")]);
  expect((await store.get(counters, "-a"))?.value).toBe(2);
  expect((await store.find(counters, { where: { id: { lt: "0" } }, limit: 9 })).rows.map((row) => row.id)).toEqual([
    "-a",
    `.${"z".repeat(35)}`,
  ]);
});
