// Brings the file's tables up to the collections' declarations, forwards only, in one transaction; loses no data.
import { AppError } from "../../../core/errors.ts";
import type { Field } from "../fields.ts";
import { storeTexts } from "../texts.ts";
import { type Connection, isSqliteError } from "./connection.ts";
import { columnTypes, decodeCell, encode, quoted, searchTable, type Table } from "./table.ts";

/** The format of the file as a whole; a file with a greater one is from a newer PeerSpark. */
const format = 1;

/** What `_schema` remembers of each field, those that are no longer declared included. */
interface Remembered {
  readonly fields: Readonly<
    Record<string, { readonly kind: Field["kind"]; readonly empty: Field["empty"]; readonly print: string }>
  >;
  readonly search: readonly string[];
}

export function migrate(connection: Connection, path: string, tables: readonly Table[]): void {
  const { db } = connection;
  connection.transaction(() => {
    const [[version]] = db.prepare("PRAGMA user_version").all() as unknown as [[number]];
    if (version > format) throw new AppError("unsupported", storeTexts.say("newer", path));
    if (isForeign(db)) throw new AppError("unavailable", storeTexts.say("noDatabase", path));
    db.exec("CREATE TABLE IF NOT EXISTS _schema (collection TEXT PRIMARY KEY, declared TEXT, remembered TEXT) STRICT");
    const known = new Map(
      (db.prepare("SELECT collection, declared, remembered FROM _schema").all() as unknown as Known[]).map((each) => [
        each[0],
        each,
      ]),
    );
    for (const table of tables) bringUp(connection, table, known.get(table.name));
    if (version < format) db.exec(`PRAGMA user_version = ${format}`);
  });
}

/** Tables, and none of them ours. */
function isForeign(db: Connection["db"]): boolean {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as unknown as [string][];
  return tables.length > 0 && !tables.some(([name]) => name === "_schema");
}

type Known = readonly [collection: string, declared: string, remembered: string | null];

function bringUp({ db }: Connection, table: Table, known?: Known): void {
  const declared = declaredOf(table);
  if (known?.[1] === declared) return;
  const remembered: Remembered = known?.[2] ? JSON.parse(known[2]) : { fields: {}, search: [] };
  const step: Step = { db, table, remembered };
  if (!known) create(step);
  else change(step);
  createIndexes(step);
  search(step);
  db.prepare("INSERT OR REPLACE INTO _schema VALUES (?, ?, ?)").run(table.name, declared, memoryOf(step));
}

interface Step {
  readonly db: Connection["db"];
  readonly table: Table;
  readonly remembered: Remembered;
}

const fieldsToRemember = ({ fields }: Table): Remembered["fields"] =>
  Object.fromEntries(fields.map(({ name, kind, empty, print }) => [name, { kind, empty, print }]));

const declaredOf = (table: Table): string =>
  JSON.stringify([fieldsToRemember(table), table.collection.unique, table.collection.indexes, table.collection.search]);

const memoryOf = ({ table, remembered }: Step): string =>
  JSON.stringify({
    fields: { ...remembered.fields, ...fieldsToRemember(table) },
    search: table.collection.search,
  } satisfies Remembered);

const columnOf = ({ name, kind }: Field): string => `${quoted(name)} ${columnTypes[kind]}`;

/** Rows stand in the order of their ids, unless the full-text search needs numbers: `_n` keeps those through a VACUUM. */
function create({ db, table: { name, fields, collection } }: Step): void {
  const columns = ["rev INTEGER NOT NULL", ...fields.map(columnOf)].join(", ");
  db.exec(
    collection.search.length
      ? `CREATE TABLE ${quoted(name)} (_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ${columns}) STRICT`
      : `CREATE TABLE ${quoted(name)} (id TEXT NOT NULL PRIMARY KEY, ${columns}) STRICT, WITHOUT ROWID`,
  );
}

function change(step: Step): void {
  number(step);
  dropIndexes(step);
  for (const field of step.table.fields) column(step, field);
}

/** A table that is searched from now on gets numbers for its rows; its indexes are made anew after it. */
function number({ db, table }: Step): void {
  const info = db.prepare(`PRAGMA table_info(${quoted(table.name)})`).all() as unknown as [number, string, string][];
  if (table.collection.search.length === 0 || info.some(([, name]) => name === "_n")) return;
  const others = info.filter(([, name]) => name !== "id" && name !== "rev");
  const columns = ["id", "rev", ...others.map(([, name]) => quoted(name))].join(", ");
  const types = others.map(([, name, type]) => `, ${quoted(name)} ${type}`).join("");
  db.exec(`CREATE TABLE _numbered (_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, rev INTEGER NOT NULL${types}) STRICT;
    INSERT INTO _numbered (${columns}) SELECT ${columns} FROM ${quoted(table.name)} ORDER BY id;
    DROP TABLE ${quoted(table.name)};
    ALTER TABLE _numbered RENAME TO ${quoted(table.name)}`);
}

const refusal = (text: "required" | "changedKind" | "oldMisfit", { table }: Step, { name }: Field) =>
  new AppError("unsupported", storeTexts.say(text, { collection: table.name, field: name }), {
    detail: { collection: table.name, key: name },
  });

/** Columns never say NOT NULL: the shape does, and a field that has gone from it must not stand in the way. */
function column(step: Step, field: Field): void {
  const before = step.remembered.fields[field.name];
  if (!before) {
    step.db.exec(`ALTER TABLE ${quoted(step.table.name)} ADD COLUMN ${columnOf(field)}`);
    fill(step, field, true);
    return;
  }
  if (before.kind === "integer" && field.kind === "real") widen(step, field);
  else if (before.kind !== field.kind) throw refusal("changedKind", step, field);
  fill(step, field, false);
  if (before.print !== field.print) refit(step, field);
}

/** Rows that lack it get the default; a null that may be there stays. */
function fill(step: Step, field: Field, fresh: boolean): void {
  const name = quoted(field.name);
  const table = quoted(step.table.name);
  if (field.initial !== undefined && (fresh || field.empty === "never"))
    step.db.prepare(`UPDATE ${table} SET ${name} = ? WHERE ${name} IS NULL`).run(encode(field.kind, field.initial));
  else if (field.empty === "never" && step.db.prepare(`SELECT 1 FROM ${table} WHERE ${name} IS NULL LIMIT 1`).get())
    throw refusal("required", step, field);
}

function widen({ db, table }: Step, field: Field): void {
  const [rows, name] = [quoted(table.name), quoted(field.name)];
  db.exec(`ALTER TABLE ${rows} ADD COLUMN _wide REAL; UPDATE ${rows} SET _wide = ${name};
    ALTER TABLE ${rows} DROP COLUMN ${name}; ALTER TABLE ${rows} RENAME COLUMN _wide TO ${name}`);
}

/** Values that are there pass through the new declaration, which may refuse or complete them. */
function refit(step: Step, field: Field): void {
  const [rows, name] = [quoted(step.table.name), quoted(field.name)];
  const write = step.db.prepare(`UPDATE ${rows} SET ${name} = ? WHERE id = ?`);
  const next = step.db.prepare(
    `SELECT id, ${name} FROM ${rows} WHERE id > ? AND ${name} IS NOT NULL ORDER BY id LIMIT 1000`,
  );
  for (let last = ""; ; ) {
    const page = next.all(last) as unknown as [string, string | number][];
    if (page.length === 0) return;
    for (const [at, cell] of page) {
      const result = field.schema.safeParse(decodeCell(field.kind, cell));
      if (!result.success) throw refusal("oldMisfit", step, field);
      const fitted = encode(field.kind, result.data);
      if (fitted !== cell) write.run(fitted, at);
      last = at;
    }
  }
}

function indexesOf({ name, collection }: Table): ReadonlyMap<string, { sql: string; key: string; unique: boolean }> {
  const sort = (kind: string, keys: readonly (readonly string[])[], tail: readonly string[]) =>
    keys.map((key) => {
      const columns = [...key, ...tail].map(quoted).join(", ");
      const index = `${name}/${kind}/${key.join("+")}`;
      const sql = `CREATE ${kind === "unique" ? "UNIQUE " : ""}INDEX ${quoted(index)} ON ${quoted(name)} (${columns})`;
      return [index, { sql, key: key.join("+"), unique: kind === "unique" }] as const;
    });
  return new Map([...sort("unique", collection.unique, []), ...sort("index", collection.indexes, ["id"])]);
}

const existingIndexes = ({ db, table }: Step): readonly string[] =>
  (
    db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL")
      .all(table.name) as unknown as [string][]
  ).map(([name]) => name);

/** An index that goes, and one on a column that is about to be rebuilt. */
function dropIndexes(step: Step): void {
  const wanted = indexesOf(step.table);
  const widened = step.table.fields.some(
    ({ name, kind }) => kind === "real" && step.remembered.fields[name]?.kind === "integer",
  );
  for (const name of existingIndexes(step))
    if (widened || !wanted.has(name)) step.db.exec(`DROP INDEX ${quoted(name)}`);
}

function createIndexes(step: Step): void {
  const there = new Set(existingIndexes(step));
  for (const [name, { sql, key, unique }] of indexesOf(step.table)) {
    if (there.has(name)) continue;
    try {
      step.db.exec(sql);
    } catch (error) {
      if (!unique || !isSqliteError(error) || (error.errcode & 255) !== 19) throw error;
      const collection = step.table.name;
      throw new AppError("conflict", storeTexts.say("notUnique", { collection, key }), { detail: { collection, key } });
    }
  }
}

/** An external-content index, kept by triggers in the transaction of the change itself. */
function search({ db, table, remembered }: Step): void {
  const fields = table.collection.search.map(quoted);
  if (JSON.stringify(remembered.search) === JSON.stringify(table.collection.search)) return;
  const [rows, words] = [quoted(table.name), searchTable(table.name)];
  const trigger = (event: string) => quoted(`_${table.name}_${event}`);
  for (const event of ["inserted", "removed", "changed"]) db.exec(`DROP TRIGGER IF EXISTS ${trigger(event)}`);
  db.exec(`DROP TABLE IF EXISTS ${words}`);
  if (fields.length === 0) return;
  const columns = fields.join(", ");
  const of = (row: "new" | "old") => fields.map((field) => `${row}.${field}`).join(", ");
  const enter = `INSERT INTO ${words} (rowid, ${columns}) VALUES (new._n, ${of("new")});`;
  const leave = `INSERT INTO ${words} (${words}, rowid, ${columns}) VALUES ('delete', old._n, ${of("old")});`;
  db.exec(`
    CREATE VIRTUAL TABLE ${words} USING fts5(${columns}, content='${table.name}', content_rowid='_n',
      tokenize="unicode61 remove_diacritics 2", prefix='2 3');
    CREATE TRIGGER ${trigger("inserted")} AFTER INSERT ON ${rows} BEGIN ${enter} END;
    CREATE TRIGGER ${trigger("removed")} AFTER DELETE ON ${rows} BEGIN ${leave} END;
    CREATE TRIGGER ${trigger("changed")} AFTER UPDATE OF ${columns} ON ${rows} BEGIN ${leave} ${enter} END;
    INSERT INTO ${words} (${words}) VALUES ('rebuild')`);
}
