// What every spool promises, whatever it keeps things in.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { KeptUpdate, Spool } from "../../src/core/ports/spool.ts";

export interface SpoolStand {
  /** On the same things, as another process would. */
  open(bounds?: { readonly most?: number; readonly mostText?: number }): Spool;
  close(): Promise<void>;
}

export function keptUpdate(id: string, line = "conversation:town:ada", text = id): KeptUpdate {
  const account = { platform: "town", workspace: "", userId: "ada", name: "Ada" };
  const place = { platform: "town", channel: "ada", kind: "direct" } as const;
  const update = { id, conversation: "ada", account, place, deed: { kind: "text", text, addressed: true } } as const;
  return { id, line, at: 1_772_442_000_000, update };
}

export function spoolContract(name: string, stand: () => Promise<SpoolStand>): void {
  describe(`${name} as a spool`, () => {
    let on: SpoolStand;
    let spool: Spool;
    const opened: Spool[] = [];
    const open: SpoolStand["open"] = (bounds) => {
      const one = on.open(bounds);
      opened.push(one);
      return one;
    };
    beforeEach(async () => {
      on = await stand();
      spool = open();
    });
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.close();
      await on.close();
    });
    const ids = async (of = spool) => (await of.oldest(100)).map(({ id }) => id);

    it("keeps each once, in the order they came, until they are forgotten", async () => {
      expect([await spool.count(), await ids(), await spool.lines()]).toEqual([0, [], new Set()]);
      for (const id of ["c", "a", "b"]) expect(await spool.keep(keptUpdate(id, `line:${id}`))).toBe("kept");
      expect(await spool.keep(keptUpdate("a", "line:a", "again"))).toBe("known");
      expect(await ids()).toEqual(["c", "a", "b"]);
      expect((await spool.oldest(2)).map(({ id }) => id)).toEqual(["c", "a"]);
      expect(await spool.lines()).toEqual(new Set(["line:a", "line:b", "line:c"]));
      await spool.forget("c");
      await spool.forget("c");
      await spool.forget("never there");
      expect([await spool.count(), await ids()]).toEqual([2, ["a", "b"]]);
      expect(await spool.lines()).toEqual(new Set(["line:a", "line:b"]));
      expect(await spool.keep(keptUpdate("c"))).toBe("kept");
      expect(await ids()).toEqual(["a", "b", "c"]);
    });

    it("knows a line until its last is forgotten", async () => {
      await spool.keep(keptUpdate("a"));
      await spool.keep(keptUpdate("b"));
      await spool.forget("a");
      expect(await spool.lines()).toEqual(new Set(["conversation:town:ada"]));
      await spool.forget("b");
      expect(await spool.lines()).toEqual(new Set());
    });

    it("hands out what was kept, to the letter", async () => {
      const anything = fc.record({
        text: fc.string({ unit: "binary", maxLength: 300 }),
        line: fc.string({ unit: "binary" }),
      });
      await fc.assert(
        fc.asyncProperty(anything, async ({ text, line }) => {
          const kept = keptUpdate("x", `l${line}`, text);
          await spool.keep(kept);
          expect(await spool.oldest(1)).toEqual([JSON.parse(JSON.stringify(kept))]);
          await spool.forget("x");
          expect(await spool.lines()).toEqual(new Set());
        }),
        { numRuns: 50 },
      );
    });

    it("shows another process what it has kept, which keeps it for the next", async () => {
      await spool.keep(keptUpdate("a"));
      const beside = open();
      expect(await ids(beside)).toEqual(["a"]);
      expect(await beside.keep(keptUpdate("a"))).toBe("known");
      await beside.keep(keptUpdate("b"));
      await beside.forget("a");
      expect(await ids()).toEqual(["b"]);
      await spool.close();
      await beside.close();
      expect(await ids(open())).toEqual(["b"]);
    });

    it("keeps each once when two keep them at the same time", async () => {
      const beside = open();
      const all = Array.from({ length: 30 }, (_, n) => `u${n}`);
      const said = await Promise.all(all.flatMap((id) => [spool.keep(keptUpdate(id)), beside.keep(keptUpdate(id))]));
      expect(said.filter((word) => word === "kept")).toHaveLength(30);
      expect((await ids()).toSorted()).toEqual(all.toSorted());
    });

    it("is full at so many, and at so much text, and not for good", async () => {
      const few = open({ most: 2 });
      for (const id of ["a", "b", "c"]) await few.keep(keptUpdate(id));
      expect(await few.keep(keptUpdate("c"))).toBe("full");
      expect(await few.keep(keptUpdate("a"))).toBe("known");
      await few.forget("a");
      expect(await few.keep(keptUpdate("c"))).toBe("kept");
      const little = open({ mostText: 2_000 });
      expect(await little.keep(keptUpdate("long", "l", "x".repeat(2_000)))).toBe("full");
      await few.forget("b");
      await few.forget("c");
      expect(await little.keep(keptUpdate("d", "l", "x".repeat(1_000)))).toBe("kept");
      expect(await little.keep(keptUpdate("e", "l", "x".repeat(1_000)))).toBe("full");
      await little.forget("d");
      expect(await little.keep(keptUpdate("e", "l", "x".repeat(1_000)))).toBe("kept");
    });

    it("is leased to one at a time, until that runs out or is given back", async () => {
      const beside = open();
      expect(await spool.lease("one", 60_000)).toBe(true);
      expect(await spool.lease("one", 60_000)).toBe(true);
      expect(await beside.lease("other", 60_000)).toBe(false);
      await spool.lease("one", 1);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await beside.lease("other", 60_000)).toBe(true);
      expect(await spool.lease("one", 60_000)).toBe(false);
    });
  });
}
