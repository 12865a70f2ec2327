// What the Appwrite store leaves behind it sweeps away, and where SQLite is the store nothing of it is loaded.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "@jest/globals";
import { appwriteApi } from "../../../../src/adapters/store/appwrite/api.ts";
import { rowMemory } from "../../../../src/adapters/store/appwrite/memory.ts";
import { own } from "../../../../src/adapters/store/appwrite/own-tables.ts";
import { listOf } from "../../../../src/adapters/store/appwrite/read.ts";
import { sweepSpent } from "../../../../src/adapters/store/appwrite/spent.ts";
import { openAppwrite } from "../../../../src/adapters/store/appwrite.ts";
import { increment, insert } from "../../../../src/core/kernel/change.ts";
import { appwriteServer } from "../../../support/appwrite-server/index.ts";
import { provision } from "../../../support/appwrite-store.ts";
import { inFolder } from "../../../support/store-files.ts";
import { counters } from "../../../support/store-samples.ts";

it("names and stamps of commits are kept for an hour, and rows remain changeable", async () => {
  let later = 0;
  const server = await appwriteServer({ now: () => Date.now() + later });
  const access = { endpoint: server.url, projectId: server.projectId, apiKey: server.apiKey };
  const options = { ...access, databaseId: "swept", collections: [counters] };
  await provision(options);
  const store = await openAppwrite(options);
  const at = { ...appwriteApi(access), databaseId: "swept", memory: rowMemory(), countersIn: own.state };
  const kept = async () => (await listOf(at, "store-commits", [], true)).total;
  const add = () => store.commit([increment(counters, "c", "value", 1)]);
  await sweepSpent(at);
  await store.commit([insert(counters, { id: "c" })]);
  await add();
  await add();
  expect(await kept()).toBe(4);
  later = 50 * 60_000;
  await add();
  await sweepSpent(at);
  expect(await kept()).toBe(6);
  later = 70 * 60_000;
  await add();
  await sweepSpent(at);
  expect(await kept()).toBe(4);
  await add();
  expect(await store.get(counters, "c")).toMatchObject({ value: 5, rev: 6 });
  await Promise.all([store.close(), at.close()]);
  await server.close();
});

const loading = `
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({ resolve: (name, context, next) => (loaded.push(name), next(name, context)) });
  const { openStore } = await import("./src/adapters/store/index.ts");
  const store = await openStore({ driver: "sqlite", path: process.argv[1] }, []);
  await store.close();
  console.log(JSON.stringify(loaded));
`;

it("a store in SQLite loads neither the driver nor the SDK of Appwrite", () =>
  inFolder(async (folder) => {
    const root = join(import.meta.dirname, "../../../..");
    const args = ["--input-type=module", "-e", loading, join(folder, "db")];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    const loaded: readonly string[] = JSON.parse(stdout);
    expect(loaded).toContain("./sqlite.ts");
    expect(loaded.filter((name) => /appwrite|undici/.test(name))).toEqual([]);
  }));
