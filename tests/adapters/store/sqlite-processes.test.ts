// Several processes on one file, and processes that are killed while they write.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, it } from "@jest/globals";
import { insert } from "../../../src/core/kernel/change.ts";
import type { AnyCollection, Store } from "../../../src/core/ports/store.ts";
import { inFolder, onFile } from "../../support/store-files.ts";
import { books, counters, readAll, sampleCollections } from "../../support/store-samples.ts";

const script = join(import.meta.dirname, "../../support/store-writer.ts");

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children.clear();
});

function writer(...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  return child;
}

async function linesOf(child: ChildProcess, each: (line: string) => void = () => undefined): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    lines.push(line);
    each(line);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return lines;
}

const idsIn = async (store: Store, collection: AnyCollection) =>
  new Set((await readAll((after) => store.find(collection, { limit: 500, after }))).map((row) => row.id));

describe("several processes", () => {
  it(
    "make one file together and lose nothing of each other",
    () =>
      inFolder(async (folder) => {
        const path = join(folder, "data.sqlite");
        const names = ["p", "q", "r"];
        const children = names.map((name) => writer("share", path, name, "150"));
        const said = await Promise.all(children.map((child) => linesOf(child)));
        expect(said).toEqual(names.map(() => ["done"]));
        await onFile(path, sampleCollections, async (store) => {
          expect(await store.get(books, "shared")).toMatchObject({ price: 450 });
          expect(await store.count(counters)).toBe(450);
        });
      }),
    60_000,
  );

  it("see each other's rows at once", () =>
    inFolder(async (folder) => {
      const path = join(folder, "data.sqlite");
      await onFile(path, sampleCollections, async (one) => {
        await onFile(path, sampleCollections, async (other) => {
          for (let turn = 0; turn < 20; turn++) {
            await one.commit([insert(counters, { id: `${turn}` })]);
            expect((await other.get(counters, `${turn}`))?.rev).toBe(1);
          }
        });
      });
    }));
});

describe("another process's lock", () => {
  const untilBusy = () => new Promise((resolve) => setTimeout(resolve, 200));

  it("is waited for by writes and by opening, while reads go on", () =>
    inFolder(async (folder) => {
      const path = join(folder, "data.sqlite");
      await onFile(path, sampleCollections, async (store) => {
        const other = new DatabaseSync(path);
        other.exec("BEGIN IMMEDIATE");
        const done: string[] = [];
        const waiting = [
          store.commit([insert(counters, { id: "a" })]).then(() => done.push("one")),
          store.commit([insert(counters, { id: "b" }), insert(counters, { id: "c" })]).then(() => done.push("two")),
          onFile(path, sampleCollections, (late) => late.ping()).then(() => done.push("open")),
        ];
        await untilBusy();
        expect(await store.count(counters)).toBe(0);
        expect(done).toEqual([]);
        other.exec("COMMIT");
        other.close();
        await Promise.all(waiting);
        expect(done).toHaveLength(3);
        expect(await store.count(counters)).toBe(3);
      });
    }));
});

describe("a process killed while it writes", () => {
  it(
    "has lost nothing it acknowledged and left nothing half-written",
    () =>
      inFolder(async (folder) => {
        const path = join(folder, "data.sqlite");
        await onFile(path, sampleCollections, (store) => store.commit([insert(counters, { id: "total" })]));
        const acknowledged: string[] = [];
        for (const [round, killAfter] of [3, 40, 250, 1, 120].entries()) {
          const child = writer("write", path, `r${round}`, "0");
          let seen = 0;
          const lines = await linesOf(child, () => {
            seen++;
            if (seen === killAfter) child.kill("SIGKILL");
          });
          expect(child.signalCode).toBe("SIGKILL");
          expect(lines.length).toBeGreaterThanOrEqual(killAfter);
          acknowledged.push(...lines);
          await onFile(path, sampleCollections, async (store) => {
            const ids = await idsIn(store, books);
            expect(acknowledged.filter((id) => !ids.has(`${id}.a`) || !ids.has(`${id}.b`))).toEqual([]);
            expect([...ids].filter((id) => !ids.has(`${id.slice(0, -1)}${id.endsWith("a") ? "b" : "a"}`))).toEqual([]);
            expect((await store.get(counters, "total"))?.value).toBe(ids.size);
            expect(await readAll((after) => store.find(books, { search: "left", limit: 500, after }))).toHaveLength(
              ids.size / 2,
            );
          });
        }
        expect(acknowledged.length).toBeGreaterThanOrEqual(414);
      }),
    60_000,
  );
});
