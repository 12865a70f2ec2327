// Moving rows from SQLite to Appwrite, compared and switched over, against the SDK's bare createRows of 100 with the same columns.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client, TablesDB } from "node-appwrite";
import { z } from "zod";
import { systemClock } from "../src/adapters/clock.ts";
import { openFiles } from "../src/adapters/files/index.ts";
import { leases } from "../src/adapters/migration/lease.ts";
import { marks } from "../src/adapters/migration/mark.ts";
import { allTheSame, moveStore } from "../src/adapters/migration/move-store.ts";
import { own, ownerOf } from "../src/adapters/store/appwrite/own-tables.ts";
import { planProvisioning } from "../src/adapters/store/appwrite/provision.ts";
import { appwriteTableOf } from "../src/adapters/store/appwrite/table.ts";
import { openBulk, openStore, type StoreChoice } from "../src/adapters/store/index.ts";
import { files } from "../src/core/files/read.ts";
import { insert } from "../src/core/kernel/change.ts";
import { collection } from "../src/core/kernel/collection.ts";
import type { NewRow } from "../src/core/ports/store.ts";
import { type Figure, median, perSecond, tableOf } from "./table.ts";

const shape = z.object({
  name: z.string().max(100),
  about: z.string().max(2000),
  category: z.enum(["maths", "science", "languages", "other"]),
  ownerId: z.string(),
  capacity: z.number().int(),
  hidden: z.boolean(),
  tags: z.array(z.string()),
  score: z.number().nullable(),
  createdAt: z.number().int(),
});
/** As in a house: several kinds of rows, every other with a unique key. */
const groups = Array.from({ length: 4 }, (_, at) =>
  collection(`groups_${at}`, shape, { indexes: [["category", "createdAt"]], unique: at % 2 ? [["name"]] : [] }),
);
type Groups = (typeof groups)[number];
const kept = [...groups, files, leases, marks];

/** Of each. */
const count = 2_500;
const rounds = 5;
const rowAt = (at: number): NewRow<Groups> => ({
  id: `group-${String(at).padStart(6, "0")}`,
  name: `Group number ${at}`,
  about: "Where we read one chapter a week and talk about it afterwards, with tea and without hurry.",
  category: (["maths", "science", "languages", "other"] as const)[at % 4]!,
  ownerId: `member-${at % 100}`,
  capacity: 20,
  hidden: at % 5 === 0,
  tags: ["algebra", "evening", "beginners"],
  score: at % 2 ? at / 7 : null,
  createdAt: 1_800_000_000_000 + at * 1000,
});

type Access = { readonly endpoint: string; readonly projectId: string; readonly apiKey: string };

/** In a process of its own, so that it takes no time of either side's. */
async function serving(): Promise<{ access: Access; stop(): void }> {
  const file = fileURLToPath(new URL("../tests/support/appwrite-server/serve.ts", import.meta.url));
  const child = spawn(process.execPath, [file], { stdio: ["ignore", "pipe", "inherit"] });
  const said: Record<string, string> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [name, value] = line.split("=") as [string, string];
    said[name] = value;
    if (name === "APPWRITE_API_KEY") break;
  }
  const { APPWRITE_ENDPOINT: endpoint, APPWRITE_PROJECT_ID: projectId, APPWRITE_API_KEY: apiKey } = said;
  return { access: { endpoint: endpoint!, projectId: projectId!, apiKey: apiKey! }, stop: () => void child.kill() };
}

async function provisioned(access: Access, databaseId: string): Promise<void> {
  const plan = await planProvisioning({ ...access, databaseId, collections: kept });
  await plan.apply();
  await plan.close();
}

/** Rows a second, from the first look at the stores to the switch. */
async function migrating(access: Access, path: string, databaseId: string): Promise<number> {
  const folder = `${path}.files`;
  const end = async (choice: StoreChoice) => {
    const store = await openStore(choice, kept);
    const bulk = await openBulk(choice, kept);
    return {
      name: choice.driver,
      where: choice.driver,
      store,
      bulk,
      files: await openFiles({ driver: "disk", folder }),
    };
  };
  const [from, to] = [await end({ driver: "sqlite", path }), await end({ driver: "appwrite", ...access, databaseId })];
  const parts = { from, to, collections: groups, clock: systemClock(), replace: false, fresh: databaseId };
  const began = performance.now();
  const moved = await moveStore(parts, { show: () => undefined });
  const seconds = (performance.now() - began) / 1000;
  if (!moved || !allTheSame(moved) || moved.collections.some(({ rows }) => rows !== count))
    throw new Error("the rows did not arrive");
  for (const { store, bulk } of [from, to]) {
    await bulk.close();
    await store.close();
  }
  return (count * groups.length) / seconds;
}

/** The same rows in the same tables, those for unique keys too, one call after the other as in Appwrite's recorded figures. */
async function bare(access: Access, databaseId: string): Promise<number> {
  const client = new Client().setEndpoint(access.endpoint).setProject(access.projectId).setKey(access.apiKey);
  const tables = new TablesDB(client);
  const all = groups.map(appwriteTableOf).flatMap((table) => {
    const rows = Array.from({ length: count }, (_, at) => ({ ...rowAt(at), rev: 1 }));
    const keys = rows.flatMap((row) =>
      [...table.claims(row).keys()].map(($id) => ({ $id, of: ownerOf(table, row.id) })),
    );
    const columns = rows.map((row) => table.encode(row, `s-${row.id}`));
    return [
      { tableId: table.name, rows: columns },
      { tableId: own.keys, rows: keys },
    ];
  });
  const began = performance.now();
  for (const { tableId, rows } of all)
    for (let at = 0; at < rows.length; at += 100)
      await tables.createRows({ databaseId, tableId, rows: rows.slice(at, at + 100) });
  return ((count * groups.length) / (performance.now() - began)) * 1000;
}

async function filled(path: string): Promise<void> {
  const store = await openStore({ driver: "sqlite", path }, kept);
  for (const one of groups)
    for (let at = 0; at < count; at += 100)
      await store.commit(Array.from({ length: 100 }, (_, each) => insert(one, rowAt(at + each))));
  await store.close();
}

export async function migrationBench(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-bench-"));
  const { access, stop } = await serving();
  const [ours, theirs]: [number[], number[]] = [[], []];
  try {
    for (let round = 0; round <= rounds; round++) {
      const path = join(folder, `${round}.db`);
      await filled(path);
      const mine = await inDatabase(access, `ours-${round}`, (id) => migrating(access, path, id));
      const other = await inDatabase(access, `bare-${round}`, (id) => bare(access, id));
      // The first round warms all three up.
      if (round > 0) ours.push(mine) && theirs.push(other);
    }
    return [perSecond("migration: rows, compared and switched over", median(ours), median(theirs), 0.8)];
  } finally {
    stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Made before and removed afterwards, so that the server's heap is as it was. */
async function inDatabase(access: Access, databaseId: string, run: (databaseId: string) => Promise<number>) {
  await provisioned(access, databaseId);
  const speed = await run(databaseId);
  const client = new Client().setEndpoint(access.endpoint).setProject(access.projectId).setKey(access.apiKey);
  await new TablesDB(client).delete({ databaseId });
  return speed;
}

if (import.meta.main) process.stdout.write(`${tableOf(await migrationBench())}\n`);
