// The tables that the recording made without recording it.
import { create, db, must, table, text, unique, whole } from "./arranging.ts";
import type { Replay } from "./replay.ts";

export const counters = (replay: Replay) =>
  table(
    replay,
    "ctr",
    [
      whole("n", { min: 0, max: 100, default: 0 }),
      whole("free", { default: 0 }),
      whole("nul"),
      { key: "f", type: "double", default: 0 },
      text("s"),
      text("arr", 20, { array: true }),
      { key: "ok", type: "boolean", default: false },
      { key: "at", type: "datetime" },
      { key: "big", type: "bigint", default: 0 },
      text("u"),
      text("req"),
    ],
    [unique("u")],
  );

export const queried = (replay: Replay) =>
  table(
    replay,
    "q",
    [
      text("name", 100),
      whole("age"),
      { key: "score", type: "double" },
      { key: "ok", type: "boolean" },
      { key: "at", type: "datetime" },
      text("tags", 20, { array: true }),
      text("bio", 1000),
      text("noft", 5000),
      whole("nums", { array: true }),
    ],
    [{ key: "ft_bio", type: "fulltext", attributes: ["bio"] }],
  );

const real = (key: string, more: object = {}) => ({ key, type: "double", ...more });

export const values = (replay: Replay) =>
  table(
    replay,
    "val",
    [
      text("s", 1000),
      text("u"),
      whole("i"),
      real("f"),
      { key: "bo", type: "boolean" },
      { key: "dt", type: "datetime" },
      text("js", 100_000),
      text("arr", 100, { array: true }),
      { key: "big", type: "bigint" },
    ],
    [unique("u")],
  );

export async function manyIndexes(replay: Replay): Promise<void> {
  const names = Array.from({ length: 60 }, (_, at) => `c${at}`);
  const indexes = names.slice(0, 58).map((name, at) => ({ key: `i${at}`, type: "key", attributes: [name] }));
  await table(
    replay,
    "many",
    names.map((name) => whole(name)),
    indexes,
  );
}

export const longTexts = (replay: Replay) =>
  table(replay, "idx", [
    text("s768", 768),
    text("s769", 769),
    text("s500", 500),
    text("s500b", 500),
    text("s255", 255),
  ]);

export async function manyRows(replay: Replay): Promise<void> {
  await table(replay, "big5k", [whole("n"), text("s")]);
  for (let batch = 0; batch <= 60; batch += 1) {
    const rows = Array.from({ length: 100 }, (_, at) => {
      const n = batch * 100 + at;
      return { $id: `r${batch}_${at}`, n, s: `row ${n}` };
    });
    await must(replay, "POST", `${db}/tables/big5k/rows`, { rows });
  }
}

export const floats = (replay: Replay) =>
  table(replay, "fl", [real("f"), text("u"), whole("n", { default: 0 }), text("s")], [unique("u")]);

export const upserted = (replay: Replay) =>
  table(replay, "ups", [
    whole("n"),
    real("f"),
    text("s"),
    { key: "ok", type: "boolean" },
    text("arr", 20, { array: true }),
    whole("d", { default: 5 }),
  ]);

export async function duplicates(replay: Replay): Promise<void> {
  await table(replay, "as", [text("u"), whole("n")]);
  await create(replay, "as", "r1", { u: "dup", n: 1 });
  await create(replay, "as", "r2", { u: "dup", n: 2 });
}
