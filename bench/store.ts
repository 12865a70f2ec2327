// The SQLite store against node:sqlite by hand: same file layout, pragmas, rows and results, in one run.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { openSqlite } from "../src/adapters/store/sqlite.ts";
import { insert, patch } from "../src/core/kernel/change.ts";
import { collection } from "../src/core/kernel/collection.ts";
import type { NewRow, Store } from "../src/core/ports/store.ts";
import { type Figure, median, tableOf } from "./table.ts";

/** As many and as mixed fields as a pod has. */
const groups = collection(
  "groups",
  z.object({
    name: z.string().max(100),
    about: z.string().max(2000).optional(),
    category: z.enum(["maths", "science", "languages", "other"]).default("other"),
    ownerId: z.string(),
    capacity: z.number().int().min(2).max(500).default(20),
    members: z.number().int().default(0),
    hidden: z.boolean().default(false),
    tags: z.array(z.string()).default([]),
    score: z.number().optional(),
    createdAt: z.number().int(),
  }),
  { indexes: [["category", "createdAt"]] },
);

type Contender = Record<"get" | "page" | "insert" | "patch", (turn: number) => unknown>;

const rows = 10_000;
const rounds = 5;
const category = (at: number) => (["maths", "science", "languages", "other"] as const)[at % 4]!;
const group = (id: string, at: number): NewRow<typeof groups> => ({
  id,
  name: `Group number ${at}`,
  about: at % 3 ? "Where we read one chapter a week and talk about it afterwards." : undefined,
  category: category(at),
  ownerId: `member-${at % 100}`,
  capacity: 20,
  members: 0,
  hidden: at % 5 === 0,
  tags: ["algebra", "evening", "beginners"],
  score: at % 2 ? at / 7 : undefined,
  createdAt: 1_800_000_000_000 + at * 1000,
});
const randomRow = (turn: number) => `${(turn * 7919) % rows}`;
const randomStart = (turn: number) => 1_800_000_000_000 + ((turn * 7919) % 9_000) * 1000;

function throughTheStore(store: Store): Contender {
  return {
    get: (turn) => store.get(groups, randomRow(turn)),
    page: (turn) =>
      store.find(groups, {
        where: { category: category(turn), createdAt: { gte: randomStart(turn) } },
        orderBy: { field: "createdAt" },
        limit: 50,
      }),
    insert: (turn) => store.commit([insert(groups, group(`n${turn}`, turn))]),
    patch: (turn) =>
      store.commit([patch(groups, randomRow(turn), { members: turn % 20, tags: ["algebra", `turn-${turn}`] })]),
  };
}

function byHand(db: DatabaseSync): Contender {
  const columns = "id, rev, name, about, category, ownerId, capacity, members, hidden, tags, score, createdAt";
  const get = db.prepare(`SELECT ${columns} FROM groups WHERE id = ?`);
  const page = db.prepare(
    `SELECT ${columns} FROM groups WHERE category = ? AND createdAt >= ? ORDER BY createdAt, id LIMIT 51`,
  );
  const add = db.prepare(`INSERT INTO groups (${columns}) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const set = db.prepare("UPDATE groups SET members = ?, tags = ?, rev = rev + 1 WHERE id = ?");
  // In place, the fastest way by hand.
  const usable = (row: unknown) => {
    const stored = row as Record<string, unknown>;
    stored.hidden = stored.hidden === 1;
    stored.tags = JSON.parse(stored.tags as string);
    return stored;
  };
  return {
    get: (turn) => usable(get.get(randomRow(turn))),
    page: (turn) => page.all(category(turn), randomStart(turn)).map(usable),
    insert: (turn) => {
      const row = group(`n${turn}`, turn);
      add.run(
        row.id,
        row.name,
        row.about ?? null,
        row.category!,
        row.ownerId,
        row.capacity!,
        row.members!,
        row.hidden ? 1 : 0,
        JSON.stringify(row.tags),
        row.score ?? null,
        row.createdAt,
      );
    },
    patch: (turn) => set.run(turn % 20, JSON.stringify(["algebra", `turn-${turn}`]), randomRow(turn)),
  };
}

const contests = [
  { name: "store: read by id", does: "get", turns: 20_000, target: 0.5 },
  { name: "store: page of 50 by index", does: "page", turns: 1_500, target: 0.8 },
  { name: "store: commit of one insert", does: "insert", turns: 5_000, target: 0.6 },
  { name: "store: commit of one patch", does: "patch", turns: 5_000, target: 0.6 },
] as const;

async function filled(path: string): Promise<Store> {
  const store = await openSqlite({ path, collections: [groups] });
  for (let at = 0; at < rows; at += 100)
    await store.commit(Array.from({ length: 100 }, (_, each) => insert(groups, group(`${at + each}`, at + each))));
  return store;
}

/** Operations a second over `turns` turns, counted on from `from` so that no row is inserted twice. */
async function speed(run: (turn: number) => unknown, from: number, turns: number): Promise<number> {
  const start = performance.now();
  for (let turn = from; turn < from + turns; turn++) {
    const result = run(turn);
    if (result instanceof Promise) await result;
  }
  return (turns / (performance.now() - start)) * 1000;
}

async function contest(ours: Contender, bare: Contender): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, does, turns, target } of contests) {
    const speeds: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    for (let round = 0; round <= rounds; round++) {
      const pair = {
        ours: () => speed(ours[does], round * turns, turns),
        bare: () => speed(bare[does], round * turns, turns),
      };
      const order = round % 2 ? (["ours", "bare"] as const) : (["bare", "ours"] as const);
      // The first round warms both up.
      for (const side of order) {
        const measured = await pair[side]();
        if (round > 0) speeds[side].push(measured);
      }
    }
    const [mine, theirs] = [median(speeds.ours), median(speeds.bare)];
    figures.push({
      name,
      ours: `${Math.round(mine)}/s`,
      against: `${Math.round(theirs)}/s node:sqlite by hand`,
      ratio: mine / theirs,
      target,
      sense: "least",
    });
  }
  return figures;
}

export async function storeBench(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-bench-"));
  const store = await filled(join(folder, "ours.sqlite"));
  await (await filled(join(folder, "bare.sqlite"))).close();
  const db = new DatabaseSync(join(folder, "bare.sqlite"), { timeout: 50 });
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY");
  try {
    return await contest(throughTheStore(store), byHand(db));
  } finally {
    db.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) process.stdout.write(`${tableOf(await storeBench())}\n`);
