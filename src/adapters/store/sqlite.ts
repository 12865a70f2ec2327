// The store in one SQLite file (node:sqlite): tables made from the collections' declarations, several processes at once.
import { AppError } from "../../core/errors.ts";
import type { AnyCollection, Page, Row, Store } from "../../core/ports/store.ts";
import { answerCache } from "./sqlite/cache.ts";
import { commitChanges } from "./sqlite/commit.ts";
import { answers, type Connection, connect, primaryCode, whenFree } from "./sqlite/connection.ts";
import { countRows, findRows } from "./sqlite/find.ts";
import { migrate } from "./sqlite/migrate.ts";
import { rowById, rowByKey, rowsByIds } from "./sqlite/read.ts";
import { type Table, tableOf } from "./sqlite/table.ts";
import { turnsOf } from "./sqlite/turns.ts";
import { storeTexts } from "./texts.ts";

export interface SqliteOptions {
  /** The file, made with its folder when absent; ":memory:" for one that is gone with the process. */
  readonly path: string;
  readonly collections: readonly AnyCollection[];
}

/**
 * @throws AppError `unavailable` when the file can't be opened or is no database, `unsupported` when it is of a newer
 * version or a declaration can't be reached from what is stored, `conflict` when a new unique key doesn't hold.
 */
export async function openSqlite({ path, collections }: SqliteOptions): Promise<Store> {
  const tables = new Map(collections.map((collection) => [collection.name, tableOf(collection)]));
  if (tables.size < collections.length) throw new Error("two collections have one name");
  return storeOn(await openFile(path, [...tables.values()]), tables);
}

async function openFile(path: string, tables: readonly Table[]): Promise<Connection> {
  let connection: Connection | undefined;
  try {
    connection = await whenFree(() => connect(path));
    const opened = connection;
    await whenFree(() => migrate(opened, path, tables));
    return connection;
  } catch (error) {
    connection?.db.close();
    if (error instanceof AppError) throw error;
    const noDatabase = primaryCode(error) === 26;
    throw new AppError("unavailable", storeTexts.say(noDatabase ? "noDatabase" : "openFailed", path), { cause: error });
  }
}

function storeOn(connection: Connection, tables: ReadonlyMap<string, Table>): Store {
  const of = (collection: AnyCollection): Table => {
    const table = tables.get(collection.name);
    if (!table) throw new Error(`collection ${collection.name} was not opened`);
    return table;
  };
  const turns = turnsOf(connection, () => cache.clear());
  const cache = answerCache(connection, turns.number);
  const answer = answers();
  const reading = answers(turns.read);
  // Rows are typed by the collection that was asked for; what the driver answers is only known to be rows.
  return {
    get: (collection, id) =>
      reading(() => {
        const table = of(collection);
        return cache.byId(table, id, () => rowById(connection, table, id)) as Row<typeof collection> | undefined;
      }),
    getMany: (collection, ids) => reading(() => rowsByIds(connection, of(collection), ids) as Row<typeof collection>[]),
    getBy: (collection, key) =>
      reading(() => {
        const table = of(collection);
        return cache.byKey(table, key, () => rowByKey(connection, table, key)) as Row<typeof collection> | undefined;
      }),
    find: (collection, query) =>
      reading(() => {
        const table = of(collection);
        return cache.found(table, query, () => findRows(connection, table, query)) as Page<Row<typeof collection>>;
      }),
    count: (collection, where) => reading(() => countRows(connection, of(collection), where)),
    commit: (changes) =>
      answer(() => {
        for (const change of changes) cache.changed(of(change.in), change);
        return commitChanges(connection, turns, (change) => of(change.in), changes);
      }),
    ping: () => answer(() => void connection.prepare("SELECT 1").get()),
    async close() {
      if (!connection.db.isOpen) return;
      turns.end();
      connection.db.close();
    },
  };
}
