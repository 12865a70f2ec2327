// Makes databases, tables, columns and indexes, and waits until the server's worker has them available.
import { setTimeout } from "node:timers/promises";
import { TablesDBIndexType } from "node-appwrite";
import { AppwriteFailure } from "../failure.ts";
import type { Connection } from "../read.ts";
import type { Column } from "../table.ts";
import type { FoundTable, SchemaStep } from "./compare.ts";

/** What is there; undefined when there is no such database. */
export async function foundTables(
  at: Connection,
  ids: readonly string[],
): Promise<ReadonlyMap<string, FoundTable> | undefined> {
  const { tables, databaseId } = at;
  if (!(await orNothing("database_not_found", () => tables.get({ databaseId })))) return undefined;
  const found = new Map<string, FoundTable>();
  for (const tableId of ids) {
    const table = await orNothing("table_not_found", () => tables.getTable({ databaseId, tableId }));
    if (table) found.set(tableId, table as unknown as FoundTable);
  }
  return found;
}

async function orNothing<T>(type: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppwriteFailure && error.type === type) return undefined;
    throw error;
  }
}

/** Repeatable: what is there already is left as it is. Resolves when it can be used. */
export async function make(at: Connection, step: SchemaStep): Promise<void> {
  try {
    await ask(at, step);
  } catch (error) {
    // A request that got no answer may have been done before it was made again.
    if (!(error instanceof AppwriteFailure) || !error.type.endsWith("_already_exists")) throw error;
  }
  if (step.make === "table") await available(at, step.table.id);
  if (step.make === "column" || step.make === "index") await available(at, step.tableId);
}

async function ask({ tables, databaseId }: Connection, step: SchemaStep): Promise<unknown> {
  switch (step.make) {
    case "database":
      return tables.create({ databaseId, name: databaseId });
    case "table": {
      const { id: tableId, columns, indexes } = step.table;
      const keys = indexes.map(({ key, columns }) => ({ key, type: "key", attributes: columns }));
      return tables.createTable({ databaseId, tableId, name: tableId, columns: columns.map(inline), indexes: keys });
    }
    case "column":
      return addColumn({ tables, databaseId }, step.tableId, step.column);
    case "index": {
      const { key, columns } = step.index;
      const index = { key, type: TablesDBIndexType.Key, columns: [...columns] };
      return tables.createIndex({ databaseId, tableId: step.tableId, ...index });
    }
  }
}

const inline = ({ key, type, size }: Column): object => ({ key, type, required: false, ...(size && { size }) });

function addColumn(
  { tables, databaseId }: Pick<Connection, "tables" | "databaseId">,
  tableId: string,
  { key, type, size }: Column,
): Promise<unknown> {
  const column = { databaseId, tableId, key, required: false };
  if (type === "string") return tables.createStringColumn({ ...column, size: size! });
  return type === "bigint" ? tables.createBigIntColumn(column) : tables.createIntegerColumn(column);
}

/** How long the server's worker may take, ms. */
const patience = 120_000;

async function available({ tables, databaseId }: Connection, tableId: string): Promise<void> {
  const until = performance.now() + patience;
  for (;;) {
    const table = (await tables.getTable({ databaseId, tableId })) as unknown as FoundTable;
    const all = [...table.columns, ...table.indexes];
    const failed = all.find(({ status }) => status === "failed" || status === "stuck");
    if (failed) throw new Error(`Appwrite could not make ${tableId}.${failed.key}: it is ${failed.status}.`);
    const waiting = all.find(({ status }) => status === "processing");
    if (!waiting) return;
    if (performance.now() > until)
      throw new Error(`${tableId}.${waiting.key} is still processing. Does Appwrite's databases worker run?`);
    await setTimeout(50);
  }
}
