// The data folder: made when absent, refused by name; one key for all processes that start at once.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeEach, describe, expect, it } from "@jest/globals";
import { keptSecretKey, openDataDir } from "../../src/adapters/data-dir.ts";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "peerspark-data-"));
});

describe("the data folder", () => {
  it("is made with all above it, and used again", async () => {
    const dir = join(base, "a", "b");
    await openDataDir(dir);
    await openDataDir(dir);
    expect(statSync(dir).isDirectory()).toBe(true);
  });

  it("that can't be is refused with a sentence that names DATA_DIR", async () => {
    const file = join(base, "file");
    writeFileSync(file, "");
    const attempts = [
      () => openDataDir(join(file, "x")),
      () => openDataDir(file),
      () => keptSecretKey(join(file, "x")),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({
        code: "unavailable",
        message: expect.stringMatching(/^The data folder .* can't be used \(E\w+\)\. Make it .* DATA_DIR\.$/),
      });
  });
});

describe("the key", () => {
  it("is made once, readable by its owner alone, and kept", async () => {
    const key = await keptSecretKey(base);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(await keptSecretKey(base)).toBe(key);
    expect(statSync(join(base, "secret-key")).mode & 0o777).toBe(0o600);
    expect(readdirSync(base)).toEqual(["secret-key"]);
    expect(await keptSecretKey(join(base, "other"))).not.toBe(key);
  });

  it("is the same for callers and for processes that start at once", async () => {
    const module = new URL("../../src/adapters/data-dir.ts", import.meta.url).href;
    const script = `import { keptSecretKey } from ${JSON.stringify(module)}; console.log(await keptSecretKey(process.argv[1]));`;
    const args = ["--input-type=module", "-e", script, base];
    const processes = Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, args));
    const keys = await Promise.all([
      ...processes.map(async (process) => (await process).stdout.trim()),
      ...Array.from({ length: 20 }, () => keptSecretKey(base)),
    ]);
    expect(new Set(keys).size).toBe(1);
    expect(readdirSync(base)).toEqual(["secret-key"]);
  });

  it("that is damaged is not used", async () => {
    writeFileSync(join(base, "secret-key"), "abc");
    await expect(keptSecretKey(base)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("DATA_DIR"),
    });
  });
});
