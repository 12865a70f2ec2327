// What is not whole, or there already, is refused, and nothing of it can be read.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  bytesOf,
  collectedFrom,
  contentOf,
  failingContent,
  mebibyte,
  type OpenedFiles,
  type OpenFiles,
} from "../../support/file-samples.ts";

const bucket = "attachments";

export function brokenContentContract(open: OpenFiles): void {
  describe("what is refused", () => {
    let opened: OpenedFiles;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.remove());

    const nothingIsLeft = async () => {
      expect(await opened.files.read(bucket, "one.mp4")).toBeUndefined();
      expect(await opened.files.list(bucket, 10)).toEqual([]);
    };

    it.each([
      ["shorter", 10, 9],
      ["longer", 10, 11],
      ["nothing instead of something", 10, 0],
      ["something instead of nothing", 0, 1],
      ["shorter by a byte of several chunks", 11 * mebibyte, 11 * mebibyte - 1],
      ["longer by a byte than a chunk", 5 * mebibyte, 5 * mebibyte + 1],
      ["longer by a byte than several chunks", 10 * mebibyte, 10 * mebibyte + 1],
      ["cut after the second chunk", 20 * mebibyte, 10 * mebibyte],
    ])("is %s", async (_, announced, size) => {
      const put = opened.files.put(bucket, "one.mp4", contentOf(size), announced);
      await expect(put).rejects.toMatchObject({ code: "invalid" });
      await nothingIsLeft();
      await opened.files.put(bucket, "one.mp4", contentOf(20), 20);
    });

    it.each([0, 100, 5 * mebibyte, 11 * mebibyte])("breaks off behind %d bytes, with its own error", async (behind) => {
      const error = new Error("the source is gone");
      const put = opened.files.put(bucket, "one.mp4", failingContent(behind, error), 20 * mebibyte);
      await expect(put).rejects.toBe(error);
      await nothingIsLeft();
    });

    it.each([10, 6 * mebibyte])("is there already, of %d bytes: what was first stays", async (size) => {
      const { files } = opened;
      await files.put(bucket, "one.mp4", contentOf(size), size);
      for (const other of [12, 7 * mebibyte]) {
        const put = files.put(bucket, "one.mp4", contentOf(other, 1), other);
        await expect(put).rejects.toMatchObject({ code: "conflict" });
      }
      expect((await collectedFrom(await files.read(bucket, "one.mp4")))!.equals(bytesOf(0, size))).toBe(true);
    });

    it.each([10, 12 * mebibyte])("is one of two at once under one id, of %d bytes", async (size) => {
      const { files } = opened;
      const puts = await Promise.allSettled(
        [1, 2].map((seed) => files.put(bucket, "one.mp4", contentOf(size, seed), size)),
      );
      const won = puts.findIndex(({ status }) => status === "fulfilled");
      expect(puts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(puts.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "conflict" } });
      const kept = await collectedFrom(await files.read(bucket, "one.mp4"));
      expect(kept!.equals(bytesOf(0, size, won + 1))).toBe(true);
    });

    it.each(["../one.txt", "a/b.txt", ".one.txt", "", "One.txt", "é.txt", "a\0.txt", `${"a".repeat(40)}.txt`])(
      "has an id that is none: %j",
      async (id) => {
        await expect(opened.files.put(bucket, id, contentOf(1), 1)).rejects.toMatchObject({ code: "invalid" });
        await expect(opened.files.read(bucket, id)).rejects.toMatchObject({ code: "invalid" });
        await expect(opened.files.remove(bucket, id)).rejects.toMatchObject({ code: "invalid" });
      },
    );

    it("closes its source", async () => {
      let closed = false;
      async function* source() {
        try {
          yield* contentOf(100);
        } finally {
          closed = true;
        }
      }
      await expect(opened.files.put(bucket, "one.mp4", source(), 50)).rejects.toMatchObject({ code: "invalid" });
      expect(closed).toBe(true);
    });
  });
}
