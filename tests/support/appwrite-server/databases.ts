// Databases: made, read, renamed and removed.
import { type Call, done, ok } from "./call.ts";
import { wireTime } from "./clock.ts";
import { databaseOf } from "./find.ts";
import { givenId } from "./ids.ts";
import { pageOf } from "./lists.ts";
import { flagIn, textIn } from "./params.ts";
import { taken } from "./refusal.ts";
import { type Database, idKey } from "./state.ts";

export function createDatabase({ state, params }: Call) {
  const id = givenId("databaseId", params.databaseId, state.clock.now());
  const name = textIn(params, "name");
  if (state.databases.has(idKey(id))) taken("database", id);
  const at = state.clock.stamp();
  state.databasesMade += 1;
  const database: Database = {
    id,
    number: state.databasesMade,
    createdAt: at,
    updatedAt: at,
    name,
    enabled: flagIn(params, "enabled", true),
    tables: new Map(),
    tablesMade: 0,
    collation: state.collation,
  };
  state.databases.set(idKey(id), database);
  return ok(wireDatabase(database), 201);
}

export const getDatabase = (call: Call) => ok(wireDatabase(databaseOf(call)));

export function listDatabases(call: Call) {
  const named = { name: ["string", ({ name }: Database) => name] } as const;
  const { total, found } = pageOf(call, call.state.databases.values(), ({ id }) => id, named);
  return ok({ total, databases: found.map(wireDatabase) });
}

export function updateDatabase(call: Call) {
  const database = databaseOf(call);
  database.name = textIn(call.params, "name", database.name);
  database.enabled = flagIn(call.params, "enabled", database.enabled);
  database.updatedAt = call.state.clock.stamp();
  return ok(wireDatabase(database));
}

export function deleteDatabase(call: Call) {
  call.state.databases.delete(idKey(databaseOf(call).id));
  return done;
}

const wireDatabase = ({ id, name, createdAt, updatedAt, enabled }: Database) => ({
  $id: id,
  name,
  $createdAt: wireTime(createdAt),
  $updatedAt: wireTime(updatedAt),
  enabled,
  type: "tablesdb",
});
