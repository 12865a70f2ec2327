// Everything that is kept is found, page by page.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { contentOf, type OpenedFiles, type OpenFiles } from "../../support/file-samples.ts";

export function fileListContract(open: OpenFiles): void {
  describe("the list", () => {
    let opened: OpenedFiles;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.remove());

    it("is by id, in pages, and goes on behind what was removed meanwhile", async () => {
      const { files } = opened;
      const ids = Array.from({ length: 30 }, (_, at) => `01k${((at * 17) % 30).toString().padStart(2, "0")}.txt`);
      for (const [at, id] of ids.entries()) await files.put("resources", id, contentOf(at), at);
      const sorted = ids.toSorted();
      const first = await files.list("resources", 7);
      expect(first).toEqual(sorted.slice(0, 7).map((id) => ({ id, bytes: ids.indexOf(id) })));
      await files.remove("resources", first.at(-1)!.id);
      const rest = await files.list("resources", 100, first.at(-1)!.id);
      expect(rest.map(({ id }) => id)).toEqual(sorted.slice(7));
      expect(await files.list("resources", 5, sorted.at(-1))).toEqual([]);
    }, 30_000);
  });
}
