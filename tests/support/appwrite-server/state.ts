// What the server keeps: databases, tables with their columns, indexes and rows, transactions, buckets, keys.
import type { Clock } from "./clock.ts";
import type { Job } from "./worker.ts";

export type Scalar = string | number | bigint | boolean | null;
export type Value = Scalar | readonly Scalar[];
export type Values = Readonly<Record<string, Value>>;

/** Replaced as a whole when it changes. */
export interface Row {
  readonly id: string;
  readonly sequence: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly permissions: readonly string[];
  /** Only what is not null; datetimes as they go over the wire. */
  readonly values: Values;
}

export type Status = "processing" | "available" | "failed" | "deleting" | "stuck";

export interface Column {
  key: string;
  readonly kind: string;
  readonly createdAt: number;
  updatedAt: number;
  status: Status;
  error: string;
  required: boolean;
  readonly array: boolean;
  default: Value;
  size?: number;
  min?: number | bigint;
  max?: number | bigint;
  elements?: readonly string[];
  readonly encrypt?: boolean;
}

export interface Index {
  readonly key: string;
  readonly type: "key" | "unique" | "fulltext" | "spatial";
  columns: readonly string[];
  readonly lengths: readonly number[];
  readonly orders: readonly (string | null)[];
  readonly createdAt: number;
  updatedAt: number;
  status: Status;
  error: string;
  /** Of a unique index that is really there: whose row has which values. */
  entries?: Map<string, string>;
}

export interface Table {
  readonly id: string;
  readonly number: number;
  readonly database: Database;
  readonly createdAt: number;
  updatedAt: number;
  name: string;
  permissions: readonly string[];
  rowSecurity: boolean;
  enabled: boolean;
  readonly columns: Map<string, Column>;
  readonly indexes: Map<string, Index>;
  /** By `idKey`. */
  readonly rows: Map<string, Row>;
  lastSequence: number;
}

export interface Database {
  readonly id: string;
  readonly number: number;
  readonly createdAt: number;
  updatedAt: number;
  name: string;
  enabled: boolean;
  readonly tables: Map<string, Table>;
  tablesMade: number;
  readonly collation: Collation;
}

export interface Operation {
  readonly action: string;
  readonly table: Table;
  readonly rowId: string | undefined;
  readonly data: unknown;
  readonly createdAt: number;
}

export interface Transaction {
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly expiresAt: number;
  status: "pending" | "committing" | "committed" | "failed";
  readonly operations: Operation[];
}

export interface StoredFile {
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
  permissions: readonly string[];
  name: string;
  /** Bytes announced by the first chunk. */
  readonly size: number;
  readonly chunksTotal: number;
  /** By the byte at which each begins. */
  readonly chunks: Map<number, Buffer>;
}

export interface Bucket {
  readonly id: string;
  readonly createdAt: number;
  updatedAt: number;
  name: string;
  permissions: readonly string[];
  fileSecurity: boolean;
  enabled: boolean;
  maximumFileSize: number;
  allowedFileExtensions: readonly string[];
  compression: string;
  encryption: boolean;
  antivirus: boolean;
  transformations: boolean;
  readonly files: Map<string, StoredFile>;
}

export interface Collation {
  /** Texts that the database takes for equal have equal keys. */
  key(text: string): string;
  compare(one: string, other: string): number;
}

export interface State {
  readonly clock: Clock;
  readonly collation: Collation;
  readonly projectId: string;
  /** `_APP_STORAGE_LIMIT` */
  readonly mostFileBytes: number;
  /** Scopes by key; "*" is all of them. */
  readonly keys: Map<string, ReadonlySet<string>>;
  readonly databases: Map<string, Database>;
  databasesMade: number;
  readonly transactions: Map<string, Transaction>;
  readonly buckets: Map<string, Bucket>;
  /** Hands a change of schema to the worker. */
  readonly later: (job: Job) => void;
  /** How to take back what the running unit of work did; absent outside of one. */
  undo: (() => void)[] | undefined;
}

/** Ids differ neither by case nor by accents. */
export const idKey = (id: string): string => id.toLowerCase();
