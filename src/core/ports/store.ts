// The store: collections of rows, read by id, by unique key or by index, changed by atomic commits.
import type { z } from "zod";

export interface Base {
  /** At most 36 characters of a-z, 0-9, `.`, `_`, `-`. */
  readonly id: string;
  /** Goes up by one with every change; 1 when inserted. */
  readonly rev: number;
}

// biome-ignore lint/suspicious/noExplicitAny: a collection of any shape; rows are typed where a collection is named.
export type AnyCollection = Collection<any>;

/** A kind of row, declared once. Tables, columns, indexes and types come from it (kernel `collection`). */
export interface Collection<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  readonly shape: z.ZodObject<S>;
  /** Each a list of fields that no two rows share; a row with a null among them is outside the rule. */
  readonly unique: readonly (readonly (keyof S & string)[])[];
  /** Fields a `find` filters by (equality first) and then orders by. Ids are always the last tie-break. */
  readonly indexes: readonly (readonly (keyof S & string)[])[];
  /** Fields of the full-text search. */
  readonly search: readonly (keyof S & string)[];
  /** Fields that hold a member's id, for merging and forgetting. */
  readonly members: readonly (keyof S & string)[];
  /**
   * Read on nearly every call: a driver may keep its rows at hand. They are never older than this process's own commits;
   * how soon those of others are seen the driver says (SQLite: within one turn of the event loop, Appwrite: 100 ms).
   */
  readonly often: boolean;
  /** Looked up by id at the beginning of every call: a driver may have that look tell what else it has to know then. */
  readonly everyCall: boolean;
}

export type Row<C> = C extends Collection<infer S> ? Base & Readonly<z.output<z.ZodObject<S>>> : never;
/** A row as it is written: what has a default may be left out. `rev` is the store's own. */
export type NewRow<C> =
  C extends Collection<infer S> ? { readonly id: string } & Readonly<z.input<z.ZodObject<S>>> : never;
export type Values<C> = C extends Collection<infer S> ? Readonly<z.output<z.ZodObject<S>>> : never;

export type Condition<V> =
  | V
  | null
  | { readonly in: readonly V[] }
  | { readonly lt?: V; readonly lte?: V; readonly gt?: V; readonly gte?: V }
  | (V extends readonly (infer E)[] ? { readonly contains: E } : never);
/** All must hold. A field compares exactly (case, accents, trailing spaces count); null matches null and absent. */
export type Where<C> = { readonly [K in keyof Values<C>]?: Condition<NonNullable<Values<C>[K]>> } & {
  readonly id?: Condition<string>;
};

export interface Query<C> {
  readonly where?: Where<C>;
  /** Words that must all occur in the search fields, each as a prefix; no syntax, any text is safe. */
  readonly search?: string;
  /** By one field, then id in the same direction. By id (ascending) when absent. Rows with null order lowest. */
  readonly orderBy?: { readonly field: (keyof Values<C> & string) | "id"; readonly direction?: "asc" | "desc" };
  /** The cursor a former page ended with. Rows inserted or removed meanwhile neither repeat nor hide others. */
  readonly after?: string;
  /** 1 to 500 rows. */
  readonly limit: number;
}

export interface Page<R> {
  readonly rows: readonly R[];
  /** Set when there may be more. */
  readonly next?: string;
}

/** One step of a commit. Made by the functions in kernel/change.ts, which type it. */
export type Change =
  | {
      readonly kind: "insert";
      readonly in: AnyCollection;
      readonly row: Readonly<Record<string, unknown>> & { readonly id: string };
    }
  | {
      readonly kind: "patch";
      readonly in: AnyCollection;
      readonly id: string;
      readonly set: Readonly<Record<string, unknown>>;
      /** The revision that was read; the commit conflicts when the row has moved on. Absent: unconditional. */
      readonly rev?: number;
    }
  | {
      readonly kind: "increment";
      readonly in: AnyCollection;
      readonly id: string;
      readonly field: string;
      readonly by: number;
      /** The commit conflicts (`detail.key` "bound") rather than pass these. */
      readonly min?: number;
      readonly max?: number;
    }
  | {
      readonly kind: "upsert";
      readonly in: AnyCollection;
      /** Values of all the fields of one unique key. */
      readonly key: Readonly<Record<string, unknown>>;
      /** Inserted when no row has the key. */
      readonly row: Readonly<Record<string, unknown>> & { readonly id: string };
      /** Set on the row that has it; that row keeps its id. */
      readonly set: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: "remove"; readonly in: AnyCollection; readonly id: string; readonly rev?: number };

/** Changes a commit takes at most, so that every driver can keep it. */
export const mostChanges = 100;

/** What can't be reached throws AppError `unavailable` with detail.reason "store", and detail.unknown where it may have acted. */
export interface Store {
  get<C extends AnyCollection>(collection: C, id: string): Promise<Row<C> | undefined>;
  /** In the order of the ids asked for, missing ones left out; at most 500. */
  getMany<C extends AnyCollection>(collection: C, ids: readonly string[]): Promise<readonly Row<C>[]>;
  /** The row with these values of one unique key. */
  getBy<C extends AnyCollection>(collection: C, key: Where<C>): Promise<Row<C> | undefined>;
  find<C extends AnyCollection>(collection: C, query: Query<C>): Promise<Page<Row<C>>>;
  count<C extends AnyCollection>(collection: C, where?: Where<C>): Promise<number>;
  /**
   * All of the changes or none, durable when it resolves; at most `mostChanges`.
   * @throws AppError `conflict` (detail.collection, detail.key: the unique key's fields joined by "+", or "id", "rev", "bound"),
   * `not_found` when a patched or incremented row is gone, `invalid` when a row does not fit its shape.
   */
  commit(changes: readonly Change[]): Promise<void>;
  /** Whether the store answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
