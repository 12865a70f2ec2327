// The routes: method, path, the scopes that open it, calls a minute for those who are limited, and who answers.

import { createBucket, deleteBucket, getBucket, listBuckets, updateBucket } from "./buckets.ts";
import { deleteRows, updateRows, upsertRows } from "./bulk.ts";
import { type Handler, ok } from "./call.ts";
import { columnKinds } from "./column-kinds.ts";
import { createColumn, deleteColumn, getColumn, listColumns, updateColumn } from "./columns.ts";
import { decrementColumn, incrementColumn } from "./counters.ts";
import { createDatabase, deleteDatabase, getDatabase, listDatabases, updateDatabase } from "./databases.ts";
import { deleteFile, downloadFile, getFile, listFiles, updateFile, viewFile } from "./files.ts";
import { createIndex, deleteIndex, getIndex, listIndexes } from "./indexes.ts";
import { createRow, deleteRow, getRow, listRows, updateRow, upsertRow } from "./rows.ts";
import { createTable, deleteTable, getTable, listTables, updateTable } from "./tables.ts";
import {
  createOperations,
  createTransaction,
  deleteTransaction,
  getTransaction,
  listTransactions,
  updateTransaction,
} from "./transactions.ts";
import { createFile } from "./upload.ts";

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  /** One of them is enough. */
  readonly scopes: readonly string[];
  readonly perMinute: number | undefined;
  readonly handler: Handler;
}

type Scope = readonly string[];
const scope = (name: string, older: string): { read: Scope; write: Scope } => ({
  read: [`${name}.read`, `${older}.read`],
  write: [`${name}.write`, `${older}.write`],
});
const ofDatabases = { read: ["databases.read"], write: ["databases.write"] };
const ofTables = scope("tables", "collections");
const ofColumns = scope("columns", "attributes");
const ofIndexes = scope("indexes", "indexes");
const ofRows = scope("rows", "documents");

function route(method: string, path: string, scopes: Scope, handler: Handler, perMinute?: number): Route {
  const pattern = new RegExp(`^/v1${path.replace(/:(\w+)/g, "(?<$1>[^/]+)")}/?$`);
  return { method, pattern, scopes, handler, perMinute };
}

const table = "/tablesdb/:databaseId/tables/:tableId";
const transaction = "/tablesdb/transactions/:transactionId";

const forColumns = Object.keys(columnKinds).flatMap((kind) => [
  route("POST", `${table}/columns/${kind}`, ofColumns.write, createColumn(kind)),
  route("PATCH", `${table}/columns/${kind}/:key`, ofColumns.write, updateColumn),
]);

const forTransactions = [
  route("POST", "/tablesdb/transactions", ofRows.write, createTransaction),
  route("GET", "/tablesdb/transactions", ofRows.read, listTransactions),
  route("GET", transaction, ofRows.read, getTransaction),
  route("PATCH", transaction, ofRows.write, updateTransaction),
  route("DELETE", transaction, ofRows.write, deleteTransaction),
  route("POST", `${transaction}/operations`, ofRows.write, createOperations),
];

const forRows = [
  route("POST", `${table}/rows`, ofRows.write, createRow, 120),
  route("GET", `${table}/rows`, ofRows.read, listRows),
  route("PUT", `${table}/rows`, ofRows.write, upsertRows, 120),
  route("PATCH", `${table}/rows`, ofRows.write, updateRows, 120),
  route("DELETE", `${table}/rows`, ofRows.write, deleteRows, 60),
  route("GET", `${table}/rows/:rowId`, ofRows.read, getRow),
  route("PUT", `${table}/rows/:rowId`, ofRows.write, upsertRow, 120),
  route("PATCH", `${table}/rows/:rowId`, ofRows.write, updateRow, 120),
  route("DELETE", `${table}/rows/:rowId`, ofRows.write, deleteRow, 60),
  route("PATCH", `${table}/rows/:rowId/:column/increment`, ofRows.write, incrementColumn, 120),
  route("PATCH", `${table}/rows/:rowId/:column/decrement`, ofRows.write, decrementColumn, 120),
];

const forSchema = [
  route("POST", "/tablesdb", ofDatabases.write, createDatabase),
  route("GET", "/tablesdb", ofDatabases.read, listDatabases),
  route("GET", "/tablesdb/:databaseId", ofDatabases.read, getDatabase),
  route("PUT", "/tablesdb/:databaseId", ofDatabases.write, updateDatabase),
  route("DELETE", "/tablesdb/:databaseId", ofDatabases.write, deleteDatabase),
  route("POST", "/tablesdb/:databaseId/tables", ofTables.write, createTable),
  route("GET", "/tablesdb/:databaseId/tables", ofTables.read, listTables),
  route("GET", table, ofTables.read, getTable),
  route("PUT", table, ofTables.write, updateTable),
  route("DELETE", table, ofTables.write, deleteTable),
  route("GET", `${table}/columns`, ofColumns.read, listColumns),
  route("GET", `${table}/columns/:key`, ofColumns.read, getColumn),
  route("DELETE", `${table}/columns/:key`, ofColumns.write, deleteColumn),
  route("POST", `${table}/indexes`, ofIndexes.write, createIndex),
  route("GET", `${table}/indexes`, ofIndexes.read, listIndexes),
  route("GET", `${table}/indexes/:key`, ofIndexes.read, getIndex),
  route("DELETE", `${table}/indexes/:key`, ofIndexes.write, deleteIndex),
];

const version = { version: "1.9.6" };
const alive: readonly Route[] = [
  route("GET", "/health", ["health.read"], () => ok({ name: "http", ping: 0, status: "pass" })),
  route("GET", "/health/version", [], () => ok(version)),
  route("GET", "/ping", [], () => ({
    status: 200,
    pieces: [Buffer.from("Pong!")],
    headers: { "content-type": "text/plain; charset=UTF-8" },
  })),
];

const ofBuckets = { read: ["buckets.read"], write: ["buckets.write"] };
const ofFiles = { read: ["files.read"], write: ["files.write"] };
const bucket = "/storage/buckets/:bucketId";
const file = `${bucket}/files/:fileId`;

const forStorage = [
  route("POST", "/storage/buckets", ofBuckets.write, createBucket),
  route("GET", "/storage/buckets", ofBuckets.read, listBuckets),
  route("GET", bucket, ofBuckets.read, getBucket),
  route("PUT", bucket, ofBuckets.write, updateBucket),
  route("DELETE", bucket, ofBuckets.write, deleteBucket),
  route("POST", `${bucket}/files`, ofFiles.write, createFile, 60),
  route("GET", `${bucket}/files`, ofFiles.read, listFiles),
  route("GET", file, ofFiles.read, getFile),
  route("PUT", file, ofFiles.write, updateFile, 60),
  route("DELETE", file, ofFiles.write, deleteFile, 60),
  route("GET", `${file}/download`, ofFiles.read, downloadFile),
  route("GET", `${file}/view`, ofFiles.read, viewFile),
];

export const routes: readonly Route[] = [
  ...alive,
  ...forStorage,
  ...forTransactions,
  ...forColumns,
  ...forRows,
  ...forSchema,
];
