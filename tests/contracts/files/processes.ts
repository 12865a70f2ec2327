// Processes of their own: one that is killed in the middle leaves nothing readable, and a large file takes little memory.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { fileWriter } from "../../support/file-process.ts";
import { mebibyte, type OpenedFiles, type OpenFiles } from "../../support/file-samples.ts";

const bucket = "attachments";
const large = 100_000_000;
/** Bytes of memory that a large file may take besides what the process has anyway. */
const mostMemory = 64 * mebibyte;

export function fileProcessContract(open: OpenFiles): void {
  describe("a process", () => {
    let opened: OpenedFiles;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.remove());

    it("that is killed in the middle leaves nothing that can be read, and what it has left can be removed", async () => {
      const writer = fileWriter(opened.choice, "stall", "one.mp4", 20 * mebibyte, 12 * mebibyte);
      await writer.said("given");
      writer.kill();
      await writer.ended;
      const { files } = opened;
      expect(await files.read(bucket, "one.mp4")).toBeUndefined();
      const left = await files.list(bucket, 10);
      expect(left.length).toBeLessThanOrEqual(1);
      await files.remove(bucket, "one.mp4");
      expect(await files.list(bucket, 10)).toEqual([]);
      await files.put(bucket, "one.mp4", (async function* () {})(), 0);
    }, 60_000);

    it("takes less than 64 MB of memory for a large file there and back", async () => {
      const size = Math.min(large, opened.most);
      const writer = fileWriter(opened.choice, "round", "large.mp4", size);
      const told = JSON.parse(await writer.said("{")) as { same: boolean; before: number; up: number; down: number };
      await writer.ended;
      expect(told.same).toBe(true);
      expect(told.up - told.before).toBeLessThan(mostMemory);
      expect(told.down - told.before).toBeLessThan(mostMemory);
    }, 120_000);
  });
}
