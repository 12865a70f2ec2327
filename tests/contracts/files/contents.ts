// What is kept can be read as it was given: whole, in parts, by others.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  bytesOf,
  collectedFrom,
  contentOf,
  mebibyte,
  type OpenedFiles,
  type OpenFiles,
  sha256Of,
} from "../../support/file-samples.ts";

const chunk = 5 * mebibyte;
const bucket = "attachments";

export function contentContract(open: OpenFiles): void {
  describe("what is kept", () => {
    let opened: OpenedFiles;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.remove());

    it.each([0, 1, 100, chunk - 1, chunk, chunk + 1, 2 * chunk, 12 * mebibyte])(
      "is there to the byte, of %d",
      async (size) => {
        const { files } = opened;
        const told = await files.put(bucket, "one.mp4", contentOf(size), size);
        expect(told).toBe(await sha256Of(contentOf(size)));
        const other = await opened.beside();
        expect(await sha256Of((await other.read(bucket, "one.mp4"))!)).toBe(told);
        expect(await other.list(bucket, 10)).toEqual([{ id: "one.mp4", bytes: size }]);
      },
      60_000,
    );

    it("is read from any byte to any other", async () => {
      const { files } = opened;
      const size = 11 * mebibyte;
      await files.put(bucket, "one.mp4", contentOf(size), size);
      const parts: readonly (readonly [from?: number, to?: number])[] = [
        [0, 1],
        [1, 2],
        [5, 10],
        [size - 1],
        [size - 2],
        [size],
        [size + 5],
        [7, 7],
        [chunk - 1, chunk + 1],
        [undefined, 3],
        [3, size + 100],
      ];
      for (const [from, to] of parts) {
        const wanted = bytesOf(
          Math.min(from ?? 0, size),
          Math.max(Math.min(to ?? size, size), Math.min(from ?? 0, size)),
        );
        const got = await collectedFrom(await files.read(bucket, "one.mp4", from, to));
        expect({ from, to, same: got?.equals(wanted), length: got?.length }).toEqual({
          from,
          to,
          same: true,
          length: wanted.length,
        });
      }
    }, 60_000);

    it("of one byte is read from the first, and from behind it", async () => {
      const { files } = opened;
      await files.put(bucket, "one.txt", contentOf(1), 1);
      expect(await collectedFrom(await files.read(bucket, "one.txt", 0, 1))).toEqual(bytesOf(0, 1));
      expect(await collectedFrom(await files.read(bucket, "one.txt", 1))).toEqual(Buffer.alloc(0));
    });

    it("may be left in the middle, and read again", async () => {
      const { files } = opened;
      const size = 6 * mebibyte;
      await files.put(bucket, "one.mp4", contentOf(size), size);
      for (let turn = 0; turn < 3; turn++)
        for await (const piece of (await files.read(bucket, "one.mp4"))!) {
          expect(bytesOf(0, piece.length).equals(piece)).toBe(true);
          break;
        }
      expect(await sha256Of((await files.read(bucket, "one.mp4"))!)).toBe(await sha256Of(contentOf(size)));
    });

    it("is nothing that another bucket has", async () => {
      const { files } = opened;
      await files.put("avatars", "one.png", contentOf(10), 10);
      expect(await files.read("post_images", "one.png")).toBeUndefined();
      expect(await files.list("post_images", 10)).toEqual([]);
    });

    it("is gone once it is removed, which can be asked for again", async () => {
      const { files } = opened;
      await files.put(bucket, "one.txt", contentOf(10), 10);
      await files.remove(bucket, "one.txt");
      await files.remove(bucket, "one.txt");
      expect(await files.read(bucket, "one.txt")).toBeUndefined();
      await files.put(bucket, "one.txt", contentOf(12, 1), 12);
      expect(await collectedFrom(await files.read(bucket, "one.txt"))).toEqual(bytesOf(0, 12, 1));
    });

    it("is not what was never given", async () => {
      expect(await opened.files.read(bucket, "none.txt")).toBeUndefined();
      await opened.files.ping();
    });
  });
}
