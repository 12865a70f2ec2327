// What the recording did without recording it, by transcript and by the exchange that it comes before.
import { isObject } from "../params.ts";
import {
  counters,
  duplicates,
  floats,
  longTexts,
  manyIndexes,
  manyRows,
  queried,
  upserted,
  values,
} from "./arrange-tables.ts";
import { inTransactions } from "./arrange-transactions.ts";
import { type Arrangement, create, db, must, opened, table, text, unique, update } from "./arranging.ts";

type Arrangements = Readonly<Record<string, Arrangement>>;

const settledBefore =
  (name: string): Arrangement =>
  (replay) =>
    replay.settled(name);

/** Recorded requests say this row's recorded instants. */
const stamped: Arrangement = async (replay) => {
  const { body: made } = await create(replay, "fl", "ts", { n: 0 });
  const { body: changed } = await update(replay, "fl", "ts", { n: 1 });
  if (!isObject(made) || !isObject(changed)) throw new Error("no row");
  replay.learn("2026-11-21T07:55:56.211+00:00", String(made.$updatedAt));
  replay.learn("2026-11-21T07:55:56.379+00:00", String(changed.$updatedAt));
};

const alike = ["Abc", "Abc1", "x1", "straße", "straße2", "😀", "a😀", "1é", "ǆ", ""];

const ofCollation: Arrangements = {
  "": async (replay) => {
    await must(replay, "POST", "/v1/tablesdb", { databaseId: "maindb", name: "Main DB" });
    await table(replay, "gci", [text("u"), text("k")], [unique("u")]);
  },
  "*": async (replay, { label }) => {
    const at = alike.findIndex((value) => label.startsWith(`unique: "${value}" then`));
    if (at >= 0) await create(replay, "gci", `p${at}`, { u: alike[at], k: alike[at] });
  },
};

const ofUpserts: Arrangements = {
  "": async (replay) => void (await upserted(replay)),
  "upsertRow EXISTING null -> 0": async (replay) => void (await create(replay, "ups", "ex", { s: "keep" })),
  "upsertRow EXISTING 7 -> 0": async (replay) => void (await update(replay, "ups", "ex", { n: 7 })),
  'upsertRow EXISTING "1" -> "01" (loose compare?)': async (replay) =>
    void (await update(replay, "ups", "ex", { s: "1" })),
  'upsertRow EXISTING "1e1" -> "10"': async (replay) => void (await update(replay, "ups", "ex", { s: "1e1" })),
  'updateRow EXISTING "1" -> "01"': async (replay) => void (await update(replay, "ups", "ex", { s: "1" })),
};

const ofExpiry: Arrangements = {
  "staging on an expired transaction (ttl 60, 64 s later)": async (replay, next) => {
    await opened(replay, next, 60);
    await create(replay, "fl", "exp1", { n: 1 }, "6b014f72d07612ecd547");
    await replay.target.wait(64_000);
  },
};

const ofCounters: Arrangements = {
  "": async (replay) => {
    await counters(replay);
    await create(replay, "ctr", "c1", { n: 5, s: "ab", arr: ["a", "b"], at: "2024-01-01" });
  },
  decrement: async (replay) => void (await update(replay, "ctr", "c1", { n: 5 })),
  "*": async (replay, { label, request }) => {
    if (!label.startsWith("100 concurrent") || request.method !== "GET") return;
    const one = () => must(replay, "PATCH", `${db}/tables/ctr/rows/c1/free/increment`, {});
    await Promise.all(Array.from({ length: 98 }, one));
  },
};

const ofBulk: Arrangements = {
  "updateRows matching >300 rows": async (replay) => {
    const rows = Array.from({ length: 100 }, () => ({ free: 1 }));
    for (let times = 0; times < 3; times += 1) await must(replay, "POST", `${db}/tables/ctr/rows`, { rows });
  },
};

const ofValues: Arrangements = {
  "": async (replay) => void (await values(replay)),
  "create indexes until limit": manyIndexes,
  "index key on s768 lengths -": async (replay) => void (await longTexts(replay)),
  "total with 6100 rows (capped at 5000)": manyRows,
};

const ofAsync: Arrangements = {
  "": duplicates,
  "poll index status (observed: processing -> available, although the physical unique index was NOT created; checked in information_schema)":
    settledBefore("as"),
  "getRow existing: required col is null": settledBefore("as"),
  "getRow existing: default backfilled?": settledBefore("as"),
  "shrink string column below data": settledBefore("as"),
  "deleteColumn then re-create same key immediately": settledBefore("as"),
};

export const arrangements: Readonly<Record<string, Arrangements>> = {
  "03": { "re-create unique isbn": settledBefore("books") },
  "04": { "": settledBefore("books") },
  "05": {
    "unique index violation on update": async (replay) =>
      void (await create(replay, "books", "uq2", { title: "uq2", isbn: "222" })),
  },
  "06": { "": async (replay) => void (await queried(replay)) },
  "07": ofCounters,
  "08": {
    "": async (replay) => void (await update(replay, "ctr", "c1", { free: 10, f: 2.5, arr: ["a", "b", "a"] })),
  },
  "09": ofBulk,
  "10": inTransactions,
  "14": ofValues,
  "15": {
    "API key createRow not limited while user limited": async (replay) =>
      void (await table(replay, "rowsec", [text("v")])),
  },
  "17": ofAsync,
  "20": {
    "Redis back: getRow redisdown (was it written?)": async (replay) =>
      void (await create(replay, "q", "redisdown", { name: "x" })),
  },
  "21": {
    "": async (replay) => void (await floats(replay)),
    "conflict detection with stale $updatedAt? send $updatedAt in data": async (replay) =>
      void (await create(replay, "fl", "lu", { n: 13, s: "12" })),
  },
  "22": ofCollation,
  "23": { "": stamped },
  "25": ofUpserts,
  "27": ofExpiry,
};
