// Rows by the hundred into a SQLite file, on a connection of its own; the file's tables are there already.
import type { AnyCollection } from "../../../core/ports/store.ts";
import type { BulkWriter } from "../bulk.ts";
import { conflictIn } from "./commit.ts";
import { answers, connect, whenFree } from "./connection.ts";
import { encode, quoted, type Table, tableOf } from "./table.ts";

export interface SqliteBulkOptions {
  readonly path: string;
  readonly collections: readonly AnyCollection[];
}

/** @throws what opening the file throws. */
export async function sqliteBulk({ path, collections }: SqliteBulkOptions): Promise<BulkWriter> {
  const connection = await whenFree(() => connect(path));
  const tables = new Map(collections.map((collection) => [collection.name, tableOf(collection)]));
  const answer = answers();
  return {
    put: ({ name }, rows) =>
      answer(() => {
        const table = tables.get(name)!;
        const insertion = connection.prepare(insertionOf(table));
        connection.transaction(() => {
          try {
            for (const row of rows)
              insertion.run(row.id, row.rev, ...table.fields.map((field) => encode(field.kind, row[field.name])));
          } catch (error) {
            throw conflictIn(table, error) ?? error;
          }
        });
      }),
    clear: (some) =>
      answer(() =>
        connection.transaction(() => {
          for (const { name } of some) connection.db.exec(`DELETE FROM ${quoted(name)}`);
        }),
      ),
    // Unique keys, indexes and words are kept by SQLite itself, in the transaction of the rows.
    audit: () => ({ see: () => undefined, faults: async () => [] }),
    flush: () => answer(() => void connection.db.exec("PRAGMA wal_checkpoint(TRUNCATE)")),
    async close() {
      if (connection.db.isOpen) connection.db.close();
    },
  };
}

const insertionOf = ({ name, columns, fields }: Table): string =>
  `INSERT INTO ${quoted(name)} (${columns}) VALUES (?, ?${", ?".repeat(fields.length)}) ON CONFLICT (id) DO NOTHING`;
