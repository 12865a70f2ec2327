// Requests about files that are lost on their way there, on their way back, or hang: what is kept is whole, once, or not there at all.
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import type { Files } from "../../../../src/core/ports/files.ts";
import { type FileGrounds, fileGrounds } from "../../../support/appwrite-files.ts";
import type { Aim, AppwriteServer, Fault } from "../../../support/appwrite-server/index.ts";
import { collectedFrom, contentOf, mebibyte, type OpenedFiles, sha256Of } from "../../../support/file-samples.ts";

const bucket = "attachments";
const id = "one.mp4";
/** For one answer: short, so that the tests are, but enough for a busy machine. */
const timeoutMs = 2_000;

let grounds: FileGrounds;
let server: AppwriteServer;
let opened: OpenedFiles;
let files: Files;
beforeAll(async () => {
  grounds = await fileGrounds({ real: false });
  server = grounds.server!;
});
afterAll(() => grounds.close());
beforeEach(async () => {
  opened = await grounds.open({ timeoutMs, bytesTimeoutMs: timeoutMs });
  files = opened.files;
});
afterEach(async () => {
  server.faults.clear();
  await opened.remove();
});

const faults: Readonly<Record<string, Fault>> = {
  "lost on the way there": { kind: "drop" },
  "lost on the way back": { kind: "act and drop" },
  "cut in the middle of the answer": { kind: "cut" },
  "refused with 500": { kind: "refuse", status: 500 },
  "refused with 503": { kind: "refuse", status: 503 },
  "refused with 429": { kind: "refuse", status: 429 },
  "hanging, and done after all": { kind: "delay", ms: timeoutMs + 300 },
};
const posts: Aim = { method: "POST", path: /\/files$/ };
const looks: Aim = { method: "GET", path: /\/files\/one\.mp4$/ };

/** What was hanging is done by then. */
const allDone = (fault: string) => setTimeout(fault.startsWith("hanging") ? timeoutMs + 400 : 0);
const isThere = async (size: number) => {
  const other = await opened.beside();
  expect(await sha256Of((await other.read(bucket, id))!)).toBe(await sha256Of(contentOf(size)));
  expect(await other.list(bucket, 10)).toEqual([{ id, bytes: size }]);
};

describe("keeping a file", () => {
  const sizes = { "in one request": 1_000, "in chunks": 12 * mebibyte } as const;
  const cases = Object.keys(faults).flatMap((fault) =>
    Object.entries(sizes).map(([how, size]) => [how, fault, size] as const),
  );

  it.each(cases)("%s, the first %s", async (_, fault, size) => {
    server.faults.add(faults[fault]!, posts);
    expect(await files.put(bucket, id, contentOf(size), size)).toBe(await sha256Of(contentOf(size)));
    await allDone(fault);
    await isThere(size);
  });

  it.each(Object.keys(faults))(
    "in chunks, one after the first %s, and mostly the look at it too",
    async (fault) => {
      const size = 23 * mebibyte;
      let given = 0;
      async function* content() {
        for await (const piece of contentOf(size)) {
          given += piece.length;
          yield piece;
          if (given > 11 * mebibyte && given - piece.length <= 11 * mebibyte) {
            server.faults.add(faults[fault]!, { ...posts, times: 2 });
            // The last look may meet it, and one that hangs for the whole time-out is not repeated.
            if (!fault.startsWith("hanging")) server.faults.add(faults[fault]!, looks);
          }
        }
      }
      await files.put(bucket, id, content(), size);
      await isThere(size);
    },
    60_000,
  );

  it("the last answer of which is lost again and again is done once", async () => {
    server.faults.add({ kind: "act and drop" }, { ...posts, times: 3 });
    await files.put(bucket, id, contentOf(10), 10);
    await isThere(10);
    server.faults.clear();
    await expect(files.put(bucket, id, contentOf(10), 10)).rejects.toMatchObject({ code: "conflict" });
  });

  it("is refused when the server puts together something else than was given", async () => {
    const put = files.put(bucket, id, contentOf(12 * mebibyte), 12 * mebibyte);
    const other = await opened.beside();
    const rival = other.put(bucket, id, contentOf(12 * mebibyte, 5), 12 * mebibyte);
    const ends = await Promise.allSettled([put, rival]);
    const kept = await collectedFrom(await files.read(bucket, id));
    const wanted = await Promise.all([0, 5].map(async (seed) => sha256Of(contentOf(12 * mebibyte, seed))));
    for (const end of ends) if (end.status === "fulfilled") expect(wanted).toContain(end.value);
    const winners = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
    expect(winners.length).toBeLessThanOrEqual(1);
    if (winners[0])
      expect(
        await sha256Of(
          (async function* () {
            yield kept!;
          })(),
        ),
      ).toBe(winners[0]);
  });

  it("is given up when the server can't be had, and says so without the key", async () => {
    server.faults.add({ kind: "refuse", status: 503 }, { times: 1_000 });
    const error = await files.put(bucket, id, contentOf(10), 10).catch((caught: unknown) => caught as Error);
    expect(error).toMatchObject({ code: "unavailable" });
    expect(JSON.stringify([String(error), String((error as Error).cause)])).not.toContain(grounds.access.apiKey);
    server.faults.clear();
  }, 60_000);
});

describe("reading a file", () => {
  const size = 23 * mebibyte;

  it.each(Object.keys(faults))(
    "a look or a range of which is %s",
    async (fault) => {
      await files.put(bucket, id, contentOf(size), size);
      // A look that hangs for the whole time-out is not repeated: whoever waits for it has waited long enough.
      if (!fault.startsWith("hanging")) server.faults.add(faults[fault]!, looks);
      server.faults.add(faults[fault]!, { method: "GET", path: /download$/, times: 3 });
      expect(await sha256Of((await files.read(bucket, id))!)).toBe(await sha256Of(contentOf(size)));
    },
    60_000,
  );

  it("that goes on failing ends with an error, never as if it were whole", async () => {
    await files.put(bucket, id, contentOf(size), size);
    const read = (await files.read(bucket, id))!;
    let got = 0;
    await expect(
      (async () => {
        for await (const piece of read) {
          got += piece.length;
          server.faults.add({ kind: "refuse", status: 500 }, { times: 1_000 });
        }
      })(),
    ).rejects.toMatchObject({ code: "unavailable" });
    expect(got).toBeLessThan(size);
  }, 30_000);
});

it("a look, a list and a removal are asked again; what is gone was removed", async () => {
  await files.put(bucket, id, contentOf(10), 10);
  server.faults.add({ kind: "drop" }, { method: "GET" });
  expect(await files.list(bucket, 10)).toHaveLength(1);
  server.faults.add({ kind: "refuse", status: 503 }, { method: "GET" });
  await files.ping();
  server.faults.add({ kind: "act and drop" }, { method: "DELETE" });
  await files.remove(bucket, id);
  expect(await files.read(bucket, id)).toBeUndefined();
});
