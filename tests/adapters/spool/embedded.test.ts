// The embedded spool: a file that is made when there is something to keep, for its owner alone, and outlives its process.
import { existsSync, statSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "@jest/globals";
import { embeddedSpool } from "../../../src/adapters/spool/embedded.ts";
import { keptUpdate, spoolContract } from "../../contracts/spool.ts";

async function folder() {
  const path = await mkdtemp(join(tmpdir(), "peerspark-spool-"));
  return { path, close: () => rm(path, { recursive: true, force: true }) };
}

spoolContract("embedded", async () => {
  const { path, close } = await folder();
  return { open: (bounds) => embeddedSpool({ path: join(path, "waiting.db"), ...bounds }), close };
});

it("makes no file to find nothing, and one that only its owner reads to keep something", async () => {
  const { path, close } = await folder();
  const file = join(path, "waiting.db");
  const spool = embeddedSpool({ path: file });
  expect([await spool.count(), await spool.oldest(5), (await spool.lines()).size]).toEqual([0, [], 0]);
  await spool.forget("x");
  expect(existsSync(file)).toBe(false);
  await spool.keep(keptUpdate("a"));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  await spool.close();
  await close();
});

it("says so when its file is none, and keeps again when that is put right", async () => {
  const { path, close } = await folder();
  const file = join(path, "waiting.db");
  await writeFile(file, "not a database, but long enough to look like something that might have been one once");
  const spool = embeddedSpool({ path: file });
  await expect(spool.keep(keptUpdate("a"))).rejects.toThrow(/not a database/);
  await rm(file);
  expect(await spool.keep(keptUpdate("a"))).toBe("kept");
  await spool.close();
  await close();
});
