// What a commit asks of a transaction: as long as it can, only what a real server was recorded doing.
import { expect, it } from "@jest/globals";
import type { Outcome } from "../../../../src/adapters/store/appwrite/decide.ts";
import { operationsOf, rowsToWrite } from "../../../../src/adapters/store/appwrite/operations.ts";
import { type AnyRow, appwriteTableOf } from "../../../../src/adapters/store/appwrite/table.ts";
import { book, books } from "../../../support/store-samples.ts";

const table = appwriteTableOf({ ...books, often: true });
const row = (at: number, rev: number): AnyRow => ({ ...table.fitting.row(book(`b${at}`)), id: `b${at}`, rev });
const held = (at: number) => ({ row: row(at, 1), stamp: `stamp${at}` });
const changed = (at: number): Outcome => ({ table, id: `b${at}`, before: held(at), after: row(at, 2) });
const made = (at: number): Outcome => ({ table, id: `b${at}`, after: row(at, 1) });
const removed = (at: number): Outcome => ({ table, id: `b${at}`, before: held(at) });

function asked(outcomes: readonly Outcome[]) {
  const operations = operationsOf({ databaseId: "db", countersIn: "here" }, outcomes, rowsToWrite(outcomes, "c"), "c");
  return { count: operations.length, actions: [...new Set(operations.map(({ action }) => action))].sort() };
}

const some = (count: number, of: (at: number) => Outcome) => Array.from({ length: count }, (_, at) => of(at));

it("one by one while a transaction takes them all, and only removals by what was not recorded", () => {
  expect(asked(some(49, changed))).toEqual({ count: 100, actions: ["create", "increment", "update"] });
  expect(asked(some(49, made))).toEqual({ count: 100, actions: ["create", "increment"] });
  expect(asked([removed(1)])).toEqual({ count: 5, actions: ["create", "delete", "increment"] });
});

it("in bulk where they were too many, in few", () => {
  expect(asked(some(50, changed))).toEqual({ count: 3, actions: ["bulkCreate", "bulkUpsert", "increment"] });
  const all = asked([...some(40, made), ...some(100, changed).slice(40, 80), ...some(100, removed).slice(80)]);
  expect(all.count).toBeLessThan(20);
  expect(all.actions).toEqual(["bulkCreate", "bulkDelete", "bulkUpsert", "increment"]);
});

it("with every column of a row that is replaced, so that nothing of the old one is left", () => {
  const [one] = some(1, changed);
  const operations = operationsOf({ databaseId: "db", countersIn: "here" }, [one!], rowsToWrite([one!], "c"), "c");
  const { data } = operations.find(({ action }) => action === "update")!;
  const columns = table.columns.map(({ key }) => key);
  expect(Object.keys(data as object).sort()).toEqual(columns.sort());
});
