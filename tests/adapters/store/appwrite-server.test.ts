// What is dangerous about a real Appwrite is as dangerous about the server of our own; asked through the SDK.
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { AppwriteException, Client, Query, TablesDB } from "node-appwrite";
import { type AppwriteServer, appwriteServer } from "../../support/appwrite-server/index.ts";

const databaseId = "main";
let server: AppwriteServer;
let db: TablesDB;
let later = 0;

beforeAll(async () => {
  server = await appwriteServer({ now: () => Date.now() + later });
  db = new TablesDB(new Client().setEndpoint(server.url).setProject(server.projectId).setKey(server.apiKey));
  await db.create({ databaseId, name: "Main" });
});
afterAll(() => server.close());

let tables = 0;
const columns = [
  { key: "s", type: "string", size: 50 },
  { key: "u", type: "string", size: 50 },
  { key: "n", type: "integer", default: 0, min: -1000, max: 1000 },
  { key: "nul", type: "integer" },
  { key: "f", type: "double" },
  { key: "list", type: "string", size: 20, array: true },
];

/** A fresh table with a unique index on `u` and full text on `s`, and calls of its rows. */
async function fresh() {
  tables += 1;
  const tableId = `t${tables}`;
  const indexes = [
    { key: "ux", type: "unique", attributes: ["u"] },
    { key: "ft", type: "fulltext", attributes: ["s"] },
  ];
  await db.createTable({ databaseId, tableId, name: tableId, columns, indexes });
  const at = { databaseId, tableId };
  return {
    tableId,
    create: (rowId: string, data: object) => db.createRow({ ...at, rowId, data }),
    update: (rowId: string, data: object, transactionId?: string) =>
      db.updateRow({ ...at, rowId, data, transactionId }),
    upsert: (rowId: string, data: object) => db.upsertRow({ ...at, rowId, data }),
    get: (rowId: string, transactionId?: string) => db.getRow({ ...at, rowId, transactionId }),
    list: (...queries: string[]) => db.listRows({ ...at, queries }),
    increment: (rowId: string, column: string, value = 1, transactionId?: string) =>
      db.incrementRowColumn({ ...at, rowId, column, value, transactionId }),
    operation: (action: string, rowId: string, data: object) => ({ action, ...at, rowId, data }),
    at,
  };
}

async function refusal(work: Promise<unknown>): Promise<{ code: number; type: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof AppwriteException) return { code: error.code, type: error.type };
    throw error;
  }
  throw new Error("it was not refused");
}

async function available(at: { databaseId: string; tableId: string }): Promise<void> {
  while ((await db.getTable(at)).indexes.some(({ status }) => status === "processing")) await sleep(5);
}

const typeOf = (error: AppwriteException) => error.type;
const begun = async () => (await db.createTransaction()).$id;
const committed = (transactionId: string) => db.updateTransaction({ transactionId, commit: true });

describe("rows", () => {
  it("are overwritten by an upsert that clashes with them", async () => {
    const { create, upsert, get } = await fresh();
    await create("one", { u: "key", s: "mine" });
    expect(await upsert("two", { u: "KEY" })).toMatchObject({ $id: "two", $sequence: "" });
    expect(await get("one")).toMatchObject({ u: "KEY", s: null });
    expect(await refusal(get("two"))).toEqual({ code: 404, type: "row_not_found" });
  });

  it("are silently not made by an upsert of nothing but empty values", async () => {
    const { upsert, get } = await fresh();
    expect(await upsert("zero", { n: 0, s: "" })).not.toHaveProperty("$id");
    expect(await refusal(get("zero"))).toMatchObject({ code: 404 });
  });

  it("say the same of a clash of ids and of unique values", async () => {
    const { create } = await fresh();
    await create("one", { u: "key" });
    expect(await refusal(create("one", { u: "other" }))).toEqual({ code: 409, type: "row_already_exists" });
    expect(await refusal(create("two", { u: "Kéy  " }))).toEqual({ code: 409, type: "row_already_exists" });
  });

  it("keep fourteen digits of a float, and an answer shows all", async () => {
    const { create, get, list } = await fresh();
    expect(await create("one", { f: 0.1 + 0.2 })).toMatchObject({ f: 0.30000000000000004 });
    expect(await get("one")).toMatchObject({ f: 0.3 });
    expect(await list(Query.equal("f", 0.1 + 0.2))).toMatchObject({ total: 1, rows: [] });
  });

  it("count at most 5000, and come without a bound", async () => {
    const { at, list } = await fresh();
    const rows = Array.from({ length: 100 }, () => ({ n: 1 }));
    for (let batch = 0; batch < 52; batch += 1) await db.createRows({ ...at, rows });
    const all = await list(Query.limit(6000), Query.select(["n"]));
    expect([all.total, all.rows.length]).toEqual([5000, 5200]);
  });
});

describe("counters", () => {
  it("pass the bounds of their column, and the row can't be changed any more", async () => {
    const { create, update, increment } = await fresh();
    await create("one", { n: 999 });
    await increment("one", "n", 5);
    expect(await refusal(update("one", { s: "x" }))).toEqual({ code: 400, type: "row_invalid_structure" });
  });

  it("answer a sum for what is null, and leave it null", async () => {
    const { create, get, increment } = await fresh();
    await create("one", { s: "x" });
    expect(await increment("one", "nul", 3)).toMatchObject({ nul: 3 });
    expect(await get("one")).toMatchObject({ nul: null });
  });

  it("lose none of many at once", async () => {
    const { create, increment } = await fresh();
    await create("one", { n: 0 });
    const seen = await Promise.all(Array.from({ length: 30 }, () => increment("one", "n")));
    expect(new Set(seen.map(({ n }) => n)).size).toBe(30);
  });
});

describe("indexes", () => {
  it("of a kind that is unique are not there where data was double before", async () => {
    const { at, create } = await fresh();
    await create("one", { s: "same" });
    await create("two", { s: "same" });
    await db.createIndex({ ...at, key: "late", type: "unique", columns: ["s"] } as never);
    await available(at);
    await create("three", { s: "same" });
  });
});

describe("the worker", () => {
  it("says why a column or an index failed", async () => {
    const { at } = await fresh();
    server.worker.fail("too many keys");
    await db.createIndex({ ...at, key: "broken", type: "key", columns: ["s"] } as never);
    await available(at);
    expect(await db.getIndex({ ...at, key: "broken" })).toMatchObject({ status: "failed", error: "too many keys" });
  });

  it("does nothing while it is held", async () => {
    const { at } = await fresh();
    server.worker.pause();
    await db.createBooleanColumn({ ...at, key: "slow", required: false });
    await sleep(20);
    expect(await db.getColumn({ ...at, key: "slow" })).toMatchObject({ status: "processing" });
    server.worker.resume();
  });
});

describe("transactions", () => {
  it("lose updates that were read before others wrote", async () => {
    const { create, get, update } = await fresh();
    await create("one", { n: 100 });
    const transaction = await begun();
    const { n } = await get("one", transaction);
    await update("one", { n: 50 });
    await update("one", { n: n - 10 }, transaction);
    await committed(transaction);
    expect(await get("one")).toMatchObject({ n: 90 });
  });

  it("have one winner when all have staged before the first commit", async () => {
    const { create, update } = await fresh();
    await create("one", { n: 0 });
    const transactions = await Promise.all(Array.from({ length: 8 }, begun));
    await Promise.all(transactions.map((transaction, at) => update("one", { n: at + 1 }, transaction)));
    const outcomes = await Promise.all(transactions.map((one) => committed(one).then(() => "won", typeOf)));
    expect(outcomes.filter((one) => one === "won")).toHaveLength(1);
    expect(outcomes.filter((one) => one === "transaction_conflict")).toHaveLength(7);
  });

  it("never conflict over increments", async () => {
    const { create, get, increment } = await fresh();
    await create("one", { n: 0 });
    const transactions = await Promise.all(Array.from({ length: 10 }, begun));
    await Promise.all(transactions.map((transaction) => increment("one", "n", 1, transaction)));
    await Promise.all(transactions.map(committed));
    expect(await get("one")).toMatchObject({ n: 10 });
  });

  it("lose nothing where the second writer of a revision conflicts", async () => {
    const { create, get, operation } = await fresh();
    await create("one", { n: 0, s: "0" });
    const write = async (): Promise<void> => {
      const { n } = await get("one");
      const transactionId = await begun();
      const operations = [operation("create", `one.${n + 1}`, { s: "x" }), operation("update", "one", { n: n + 1 })];
      await db.createOperations({ transactionId, operations });
      await committed(transactionId).catch(write);
    };
    await Promise.all(Array.from({ length: 6 }, write));
    expect(await get("one")).toMatchObject({ n: 6 });
  });

  it("check what they hold at the commit, and do nothing then", async () => {
    const { get, operation } = await fresh();
    const transactionId = await begun();
    const operations = [operation("create", "one", { s: "x" }), operation("create", "two", { s: 12 })];
    await db.createOperations({ transactionId, operations });
    expect(await refusal(committed(transactionId))).toEqual({ code: 400, type: "document_invalid_structure" });
    expect(await refusal(get("one"))).toMatchObject({ code: 404 });
  });

  it("refuse a change of a row that is not there when it is staged, or gone when it is committed", async () => {
    const { at, create, operation } = await fresh();
    const stage = async (...operations: object[]) => {
      const transactionId = await begun();
      await db.createOperations({ transactionId, operations });
      return transactionId;
    };
    const gone = { code: 404, type: "document_not_found" };
    expect(await refusal(stage(operation("update", "one", { n: 1 })))).toEqual(gone);
    expect(await refusal(stage(operation("upsert", "one", { n: 1 }), operation("update", "one", { n: 2 })))).toEqual(
      gone,
    );
    await create("one", { n: 0 });
    const staged = await stage(operation("increment", "one", { column: "n", value: 1 }));
    await db.deleteRow({ ...at, rowId: "one" });
    expect(await refusal(committed(staged))).toEqual(gone);
  });

  it("answer 500 once they have expired", async () => {
    const { $id } = await db.createTransaction({ ttl: 60 });
    later += 61_000;
    expect(await refusal(committed($id))).toEqual({ code: 500, type: "transaction_expired" });
  });
});

it("lets one of many through who read the same instant", async () => {
  const { at, create, get } = await fresh();
  await create("one", { n: 0 });
  const { $updatedAt } = await get("one");
  const patch = (n: number) =>
    fetch(`${server.url}/tablesdb/${databaseId}/tables/${at.tableId}/rows/one`, {
      method: "PATCH",
      headers: {
        "x-appwrite-project": server.projectId,
        "x-appwrite-key": server.apiKey,
        "x-appwrite-timestamp": $updatedAt,
        "content-type": "application/json",
      },
      body: JSON.stringify({ data: { n } }),
    });
  const outcomes = await Promise.all(Array.from({ length: 12 }, (_, n) => patch(n + 1)));
  expect(outcomes.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 11 }, () => 409)]);
});

it("limits guests, and never a key", async () => {
  const { at } = await fresh();
  const guest = new TablesDB(new Client().setEndpoint(server.url).setProject(server.projectId));
  await db.updateTable({ ...at, name: "open", permissions: ['create("any")'] });
  const tried = await Promise.all(
    Array.from({ length: 250 }, (_, n) =>
      guest.createRow({ ...at, rowId: `g${n}`, data: { n } }).then(() => "", typeOf),
    ),
  );
  expect(tried.filter((type) => type === "general_rate_limit_exceeded").length).toBeGreaterThan(0);
  for (let n = 0; n < 125; n += 1) await db.createRow({ ...at, rowId: `k${n}`, data: { n } });
});

it("opens to the scopes of a key only", async () => {
  const { at } = await fresh();
  const client = new Client()
    .setEndpoint(server.url)
    .setProject(server.projectId)
    .setKey(server.key(["rows.read"]));
  const reader = new TablesDB(client);
  await reader.listRows(at);
  const refused = await refusal(reader.createRow({ ...at, rowId: "one", data: { n: 1 } as object }));
  expect(refused).toEqual({ code: 401, type: "general_unauthorized_scope" });
});
