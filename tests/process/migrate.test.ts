// The data moves while nobody uses it: with the service's own words, a reminder that waits, and processes killed at any point.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openFiles } from "../../src/adapters/files/index.ts";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { collections } from "../../src/build.ts";
import { storedCalls } from "../../src/core/conversations/stored-call.ts";
import { files } from "../../src/core/files/read.ts";
import { insert } from "../../src/core/kernel/change.ts";
import { linkCodes } from "../../src/core/members/link-code.ts";
import { type AppwriteServer, appwriteServer } from "../support/appwrite-server/index.ts";
import { type Ended, type House, programs } from "../support/program.ts";

const sqlite = { STORE: "sqlite" };
const appwrite = { STORE: "appwrite" };

let server: AppwriteServer;
let house: House;
beforeEach(async () => {
  server = await appwriteServer();
  house = await programs({
    APPWRITE_ENDPOINT: server.url,
    APPWRITE_PROJECT_ID: server.projectId,
    APPWRITE_API_KEY: server.apiKey,
  });
});
afterEach(async () => {
  await house.close();
  await server.close();
});

const migrate = (...args: string[]) => house.start(["migrate", ...args]);
const there = ["--from", "sqlite", "--to", "appwrite"];
const back = ["--from", "appwrite", "--to", "sqlite"];

function chat(store: Readonly<Record<string, string>>, name: string, input: string): Promise<Ended> {
  const program = house.start(["chat", "--as", name], store);
  program.types(input);
  program.leaves();
  return program.ended;
}

async function filled(rows: number): Promise<void> {
  const store = await openSqlite({ path: join(house.folder, "data", "peerspark.db"), collections });
  for (let at = 0; at < rows; at += 50) {
    const some = Array.from({ length: 50 }, (_, each) => `row-${String(at + each).padStart(6, "0")}`);
    await store.commit([
      ...some.map((id) => insert(linkCodes, { id, memberId: id, hash: `hash of ${id}`, expiresAt: 0 })),
      ...some.map((id) => insert(storedCalls, { id, action: "event.show", input: { event: id }, at: 0 })),
    ]);
  }
  await store.close();
}

describe("a house that moves", () => {
  it("finds everything in Appwrite, and a reminder that waited rings from there; then it moves back", async () => {
    const due = new Date(Date.now() + 15_000).toISOString();
    expect((await chat(sqlite, "ada", `/pod create Topology\n/remind me to breathe ${due}\n`)).stdout).toContain(
      "is ready",
    );
    const planned = await migrate(...there, "--dry-run").ended;
    expect(planned).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/reminders +1 .*would take about .*make the database/s),
    });

    const moved = await migrate(...there, "--report", "report.json").ended;
    expect([moved.code, moved.stderr]).toEqual([0, ""]);
    expect(moved.stdout).toMatch(/pods +1 +same, sha256 [0-9a-f]{12}\n/);
    expect(moved.stdout).toMatch(/100 %.*\n/);
    const report = JSON.parse(readFileSync(join(house.folder, "report.json"), "utf8"));
    expect(report).toMatchObject({
      same: true,
      collections: expect.arrayContaining([expect.objectContaining({ name: "jobs" })]),
    });

    const left = await chat(sqlite, "ada", "");
    expect([left.code, left.stderr]).toEqual([1, expect.stringMatching(/has moved to http.*--undo/)]);
    expect((await house.start(["doctor"], sqlite).ended).stdout).toMatch(/BROKEN +store .*has moved/);

    const ada = house.start(["chat", "--as", "ada"], appwrite);
    ada.types("/pod info Topology\n");
    await ada.shows("Members: 1 of");
    await ada.shows(/» Reminder\nbreathe\n/);
    ada.leaves();
    await ada.ended;

    expect(await migrate(...back).ended).toMatchObject({ code: 0, stderr: "" });
    expect((await chat(sqlite, "ada", "/inbox\n")).stdout).toContain("breathe");
    expect((await chat(appwrite, "ada", "")).stderr).toContain("has moved");
  }, 90_000);

  it("does not move under a running service, and goes when that has stopped", async () => {
    const service = await house.serve(sqlite);
    const refused = await migrate(...there).ended;
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/^PeerSpark runs on .*peerspark.db .*Stop it/),
    ]);
    service.signal("SIGTERM");
    expect((await service.ended).code).toBe(0);
    expect((await migrate(...there).ended).code).toBe(0);
    const running = await house.serve(appwrite);
    expect((await migrate(...back).ended).stderr).toMatch(/^PeerSpark runs on http/);
    running.signal("SIGTERM");
    await running.ended;
  }, 60_000);
});

it("takes files into the buckets, and back, with their rows", async () => {
  await filled(50);
  const content = Buffer.alloc(6_000_000, "file"); // more than one chunk
  const disk = await openFiles({ driver: "disk", folder: join(house.folder, "data", "files") });
  const sha256 = await disk.put("attachments", "kept.pdf", Readable.from([content]), content.length);
  const store = await openSqlite({ path: join(house.folder, "data", "peerspark.db"), collections });
  const row = { id: "kept.pdf", bucket: "attachments", name: "a.pdf", type: "application/pdf", bytes: content.length };
  await store.commit([insert(files, { ...row, bucket: "attachments", sha256, state: "kept", createdAt: 0 })]);
  await store.close();
  const moved = await migrate(...there).ended;
  expect([moved.stderr, moved.stdout]).toEqual([
    "",
    expect.stringMatching(/make the bucket.*their bytes +1 +same, 6.0 MB/s),
  ]);
  await disk.remove("attachments", "kept.pdf");
  expect((await migrate(...back).ended).code).toBe(0);
  const kept = Buffer.concat(await Array.fromAsync((await disk.read("attachments", "kept.pdf"))!));
  expect(kept.equals(content)).toBe(true);
}, 90_000);

describe("a migration that is killed", () => {
  it("at any point goes on with the same command, loses nothing and doubles nothing", async () => {
    await filled(2_000);
    const points = ["Moving", "copying", / [1-3]\d %/, "Moving", / [4-6]\d %/, "comparing"];
    let kills = 0;
    for (const way of [there, back]) {
      let ended: Ended | undefined;
      for (let nth = 0; ended?.code !== 0; nth++) {
        const program = migrate(...way);
        const point = points[nth];
        if (point)
          await program.shows(point).then(
            () => program.signal("SIGKILL"),
            () => undefined, // it had come to its end before
          );
        ended = await program.ended;
        if (ended.code === null) kills++;
        else expect([ended.code, ended.stderr]).toEqual([0, ""]);
      }
      expect(ended.stdout).toMatch(/link_codes +2000 +same|copied and compared before/);
    }
    expect(kills).toBeGreaterThan(2);
    const store = await openSqlite({ path: join(house.folder, "data", "peerspark.db"), collections });
    expect(await store.count(linkCodes)).toBe(2_000);
    expect(await store.count(storedCalls)).toBe(2_000);
    expect(await store.getBy(linkCodes, { hash: "hash of row-000789" })).toMatchObject({ id: "row-000789" });
    await store.close();
  }, 300_000);

  it("does not run twice at once, and can be taken back", async () => {
    await filled(2_000);
    const first = migrate(...there);
    await first.shows("copying");
    expect((await migrate(...there).ended).stderr).toContain("Another migration is under way");
    first.signal("SIGKILL");
    await first.ended;
    for (const store of [sqlite, appwrite])
      expect((await chat(store, "ada", "")).stderr).toMatch(/is being moved from sqlite to appwrite.*--undo/);
    expect((await migrate(...there, "--undo").ended).stdout).toMatch(/^Taken back/);
    expect((await chat(sqlite, "ada", "/profile\n")).code).toBe(0);
    expect((await migrate(...there).ended).code).toBe(0);
  }, 60_000);
});

describe("what can't be done is said in a sentence", () => {
  it.each([
    [["--from", "sqlite"], /^--to is missing: it is sqlite or appwrite\.\n/],
    [["--from", "sqlite", "--to", "mysql"], /^--to “mysql” is no store: it is sqlite or appwrite\.\n/],
    [["--from", "sqlite", "--to", "sqlite"], /^--from and --to are the same store\.\n/],
    [[...there, "--forse"], /^I don't understand “.*--forse”\.\n/],
    [[...there, "now"], /^I don't understand “.* now”\.\n/],
    [[...there, "--undo", "--replace"], /^--undo copies nothing/],
    [[...there, "--alone"], /^--alone goes with --undo/],
    [[...there, "--dry-run", "--report", "x"], /^--report is about a migration/],
    [there, /^There is no data to move: .*peerspark\.db does not exist\.\n$/],
    [back, /^The Appwrite database .* is not set up/],
  ])("%j", async (args, sentence) => {
    const { code, stderr, stdout } = await migrate(...args).ended;
    expect([code, stdout, stderr]).toEqual([1, "", expect.stringMatching(sentence)]);
    expect(existsSync(join(house.folder, "data", "peerspark.db"))).toBe(false);
  });

  it("settings that are missing, a server that is not there, a folder that can't hold the report", async () => {
    const bare = await house.start(["migrate", ...there], { APPWRITE_API_KEY: "" }).ended;
    expect([bare.code, bare.stderr]).toEqual([1, expect.stringContaining("APPWRITE_API_KEY is missing")]);
    await filled(50);
    const gone = await house.start(["migrate", ...there], { APPWRITE_ENDPOINT: "http://127.0.0.1:1/v1" }).ended;
    expect([gone.code, gone.stderr]).toEqual([1, expect.stringContaining("does not answer")]);
    const unwritable = await migrate(...there, "--report", "no/such/folder.json").ended;
    expect([unwritable.code, unwritable.stderr]).toEqual([
      1,
      expect.stringContaining("no/such/folder.json can't be written"),
    ]);
    expect((await chat(sqlite, "ada", "")).code).toBe(0);
  }, 90_000);
});
