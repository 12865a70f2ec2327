// Files on the disk keep the files contract, and leave nothing lying about.
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openDisk } from "../../../src/adapters/files/disk.ts";
import { filesContract } from "../../contracts/files.ts";
import { contentOf, failingContent, type OpenFiles } from "../../support/file-samples.ts";

const onDisk: OpenFiles = async () => {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-files-"));
  return {
    files: await openDisk(folder),
    beside: () => openDisk(folder),
    choice: { driver: "disk", folder },
    most: Number.POSITIVE_INFINITY,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};

filesContract("disk", onDisk);

describe("the folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "peerspark-files-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("holds the file under its id, readable by its owner alone, and nothing half-written", async () => {
    const files = await openDisk(folder);
    await files.put("attachments", "01k.txt", contentOf(10), 10);
    await files.put("attachments", "02k.txt", failingContent(5, new Error("gone")), 10).catch(() => undefined);
    expect((await readdir(folder, { recursive: true })).sort()).toEqual([
      "attachments",
      "attachments/01k.txt",
      "begun",
      "begun/attachments",
    ]);
    expect((await stat(join(folder, "attachments", "01k.txt"))).mode & 0o777).toBe(0o600);
  });

  it("may hold what somebody else put there: it is no file", async () => {
    const files = await openDisk(folder);
    await files.put("attachments", "01k.txt", contentOf(10), 10);
    for (const name of [".DS_Store", "Thumbs.db", "notes (1).txt"])
      await writeFile(join(folder, "attachments", name), "x");
    expect(await files.list("attachments", 10)).toEqual([{ id: "01k.txt", bytes: 10 }]);
  });

  it("that can't be made is named", async () => {
    await writeFile(join(folder, "file"), "x");
    await expect(openDisk(join(folder, "file", "below"))).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining(join(folder, "file", "below")),
    });
  });

  (process.getuid?.() === 0 ? it.skip : it)("that may no longer be written to says so in a sentence", async () => {
    const files = await openDisk(folder);
    await chmod(folder, 0o500);
    const put = files.put("attachments", "01k.txt", contentOf(1), 1);
    await expect(put).rejects.toMatchObject({ code: "unavailable" });
    await expect(files.ping()).rejects.toMatchObject({ code: "unavailable" });
    await chmod(folder, 0o700);
  });
});
