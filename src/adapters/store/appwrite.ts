// The store in an Appwrite project (TablesDB): the same promises as on SQLite, over HTTP, for as many processes as there are.
import { AppError } from "../../core/errors.ts";
import type { AnyCollection, Page, Row, Store } from "../../core/ports/store.ts";
import { type ApiOptions, type AppwriteAccess, appwriteApi } from "./appwrite/api.ts";
import { type KeptAnswers, keptAnswers } from "./appwrite/cache.ts";
import { commitAt } from "./appwrite/commit.ts";
import { AppwriteFailure, Unfinished } from "./appwrite/failure.ts";
import { countAt, pageAt } from "./appwrite/find.ts";
import { rowMemory } from "./appwrite/memory.ts";
import { countersAmong, fingerprintOf, notesOf } from "./appwrite/own-tables.ts";
import { type Connection, heldById, heldByKey, notTooMany, rowsOf } from "./appwrite/read.ts";
import { sweeping } from "./appwrite/spent.ts";
import { type AppwriteTable, appwriteTableOf } from "./appwrite/table.ts";
import { commitTurns } from "./appwrite/turns.ts";
import { type Versions, versionsOf } from "./appwrite/versions.ts";
import { storeTexts } from "./texts.ts";

export interface AppwriteOptions extends AppwriteAccess, ApiOptions {
  readonly databaseId: string;
  readonly collections: readonly AnyCollection[];
}

/**
 * @throws AppError `unavailable` when the server can't be reached or refuses the key, `unsupported` when the database has
 * not been provisioned for these collections.
 */
export async function openAppwrite(options: AppwriteOptions): Promise<Store> {
  const tables = new Map(options.collections.map((collection) => [collection.name, appwriteTableOf(collection)]));
  if (tables.size < options.collections.length) throw new Error("two collections have one name");
  const api = appwriteApi(options, options);
  const at: Connection = {
    ...api,
    databaseId: options.databaseId,
    memory: rowMemory(api.now),
    countersIn: countersAmong(tables.values()),
  };
  try {
    const notes = await notesOf(at);
    const wrong = [...tables.values()].find((table) => notes.get(table.name) !== fingerprintOf(table));
    if (wrong) throw new AppError("unsupported", storeTexts.say("notProvisioned", options.databaseId));
  } catch (error) {
    await at.close();
    throw openingError(error, options);
  }
  return storeOn(at, tables);
}

/** What the operator can do about a server that was asked for the first time. */
export function openingError(
  error: unknown,
  { databaseId, endpoint }: Pick<AppwriteOptions, "databaseId" | "endpoint">,
): Error {
  if (!(error instanceof AppwriteFailure)) return error as Error;
  if (error.type === "database_not_found" || error.type === "table_not_found")
    return new AppError("unsupported", storeTexts.say("notProvisioned", databaseId), { cause: error });
  const refused = error.status >= 400 && error.status < 500;
  return new AppError("unavailable", storeTexts.say(refused ? "appwriteRefused" : "appwriteSilent", endpoint), {
    cause: error,
  });
}

function storeOn(at: Connection, tables: ReadonlyMap<string, AppwriteTable>): Store {
  let open = true;
  const of = ({ name }: AnyCollection): AppwriteTable => {
    const table = tables.get(name);
    if (!table) throw new Error(`collection ${name} was not opened`);
    return table;
  };
  const often = [...tables.values()].filter(({ collection }) => collection.often);
  const versions = versionsOf(at, often, (table) => answers.clear(table));
  const answers = keptAnswers(versions.current);
  const commit = committing(at, of, versions, answers);
  const sweeper = sweeping(at);

  async function answer<T>(ask: () => Promise<T>): Promise<T> {
    if (!open) throw unavailable();
    try {
      return await ask();
    } catch (error) {
      throw error instanceof AppwriteFailure || error instanceof Unfinished ? unavailable(error) : error;
    }
  }

  // Rows are typed by the collection that was asked for; what the driver answers is only known to be rows.
  return {
    get: (collection, id) =>
      answer(() => {
        const table = of(collection);
        const held = () => (table.name === at.countersIn ? versions.lookUp(table, id) : heldById(at, table, id));
        const read = async () => (await held())?.row;
        return answers.byId(table, id, read) as Promise<Row<typeof collection> | undefined>;
      }),
    getMany: (collection, ids) =>
      answer(async () => {
        const table = of(collection);
        notTooMany(ids);
        const read = (some: readonly string[]) => rowsOf(at, table, some);
        return answers.byIds(table, ids, read) as Promise<Row<typeof collection>[]>;
      }),
    getBy: (collection, key) =>
      answer(() => {
        const table = of(collection);
        const read = async () => (await heldByKey(at, table, key))?.row;
        return answers.byKey(table, key, read) as Promise<Row<typeof collection> | undefined>;
      }),
    find: (collection, query) =>
      answer(() => {
        const table = of(collection);
        return answers.found(table, query, () => pageAt(at, table, query)) as Promise<Page<Row<typeof collection>>>;
      }),
    count: (collection, where) => answer(() => countAt(at, of(collection), where)),
    commit: (changes) => answer(() => commit(changes)),
    ping: () => answer(async () => void (await notesOf(at))),
    async close() {
      open = false;
      sweeper.stop();
      await at.close();
    },
  };
}

/** Commits, and sees to it that nobody here reads what was before. */
function committing(
  at: Connection,
  of: (collection: AnyCollection) => AppwriteTable,
  versions: Versions,
  answers: KeptAnswers,
): Store["commit"] {
  const turns = commitTurns();
  return async (changes) => {
    const forget = () => {
      for (const change of changes) answers.changed(of(change.in), change);
    };
    const touched = new Set(changes.map((change) => of(change.in)));
    forget();
    try {
      await versions.during(touched, async () => {
        const outcomes = await commitAt(at, turns, (change) => of(change.in), changes);
        forget();
        for (const { table, id } of outcomes) answers.written(table, at.memory.recall(table, id)?.row);
        return new Set(outcomes.map(({ table }) => table));
      });
    } catch (error) {
      forget();
      throw error;
    }
  };
}

const unavailable = (cause?: AppwriteFailure | Unfinished): AppError =>
  new AppError("unavailable", storeTexts.say("unavailable"), {
    cause,
    detail: { reason: "store", ...(cause?.mayHaveActed && { unknown: true }) },
  });
