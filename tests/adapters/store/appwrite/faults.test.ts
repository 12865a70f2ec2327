// Requests that are lost on their way there, on their way back, or hang: no commit is lost, done twice, or told wrongly.
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { believedMs } from "../../../../src/adapters/store/appwrite/versions.ts";
import { increment, insert, patch, remove } from "../../../../src/core/kernel/change.ts";
import type { Store } from "../../../../src/core/ports/store.ts";
import type { Aim, AppwriteServer, Fault } from "../../../support/appwrite-server/index.ts";
import { appwriteGrounds, type Grounds, type OpenedAppwrite } from "../../../support/appwrite-store.ts";
import { book, books, counters } from "../../../support/store-samples.ts";

/** For one answer: short, so that the tests are, but enough for a busy machine. */
const timeoutMs = 600;

let grounds: Grounds;
let server: AppwriteServer;
let opened: OpenedAppwrite;
let store: Store;
beforeAll(async () => {
  grounds = await appwriteGrounds({ real: false });
  server = grounds.server!;
});
afterAll(() => grounds.close());
beforeEach(async () => {
  opened = await grounds.open(undefined, { timeoutMs });
  store = opened.store;
  await store.commit([insert(counters, { id: "c" }), insert(books, book("a", { isbn: "1" }))]);
});
afterEach(async () => {
  server.faults.clear();
  await opened.remove();
});

const steps: Readonly<Record<string, Aim>> = {
  "beginning a transaction": { method: "POST", path: /\/transactions$/ },
  staging: { method: "POST", path: /\/operations$/ },
  committing: { method: "PATCH", path: /\/transactions\/[^/]+$/ },
};
const faults: Readonly<Record<string, Fault>> = {
  "lost on the way there": { kind: "drop" },
  "lost on the way back": { kind: "act and drop" },
  "cut in the middle of the answer": { kind: "cut" },
  "refused with 500": { kind: "refuse", status: 500 },
  "refused with 503": { kind: "refuse", status: 503 },
  "refused with 429": { kind: "refuse", status: 429 },
  "hanging, and done after all": { kind: "delay", ms: timeoutMs + 400 },
};
const cases = Object.keys(steps).flatMap((step) => Object.keys(faults).map((fault) => [step, fault] as const));

describe("a commit", () => {
  it.each(cases)("%s, %s, is done once", async (step, fault) => {
    server.faults.add(faults[fault]!, steps[step]);
    await store.commit([increment(counters, "c", "value", 1), patch(books, "a", { isbn: "2", title: "Moved" })]);
    expect(await store.get(counters, "c")).toMatchObject({ value: 1, rev: 2 });
    await setTimeout(fault.startsWith("hanging") ? timeoutMs + 500 : 0);
    const beside = await opened.beside();
    expect(await beside.get(counters, "c")).toMatchObject({ value: 1, rev: 2 });
    expect(await beside.getBy(books, { isbn: "2" })).toMatchObject({ title: "Moved", rev: 2 });
    await beside.commit([insert(books, book("n", { isbn: "1" })), increment(counters, "c", "value", 1)]);
    await expect(beside.commit([insert(books, book("m", { isbn: "2" }))])).rejects.toMatchObject({ code: "conflict" });
  });

  it("is told as unknown when nobody can be asked what became of it, and never both", async () => {
    server.faults.add({ kind: "act and drop" }, steps.committing);
    server.faults.add({ kind: "drop" }, { method: "POST", path: /store-commits/, times: 1_000 });
    const error = await store.commit([increment(counters, "c", "value", 1)]).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "unavailable", detail: { unknown: true } });
    server.faults.clear();
    expect(await (await opened.beside()).get(counters, "c")).toMatchObject({ value: 1 });
  }, 40_000);

  it("of new rows alone is looked for, never repeated", async () => {
    const rows = { method: "POST", path: /tables\/counters\/rows$/ };
    server.faults.add({ kind: "act and drop" }, rows);
    await store.commit([insert(counters, { id: "d", value: 4 })]);
    expect(await store.get(counters, "d")).toMatchObject({ value: 4 });

    server.requests.clear();
    server.faults.add({ kind: "drop" }, rows);
    await expect(store.commit([insert(counters, { id: "e" })])).rejects.toMatchObject({
      code: "unavailable",
      detail: { unknown: true },
    });
    expect(server.requests.count("POST", rows.path)).toBe(0);
    expect(await store.get(counters, "e")).toBeUndefined();
  });

  it("of new rows alone counts as done though somebody has removed them since", async () => {
    const beside = await opened.beside();
    server.faults.add({ kind: "delay", ms: 150 }, { method: "GET", path: /counters/ });
    server.faults.add({ kind: "act and drop" }, { method: "POST", path: /tables\/counters\/rows$/ });
    const done = store.commit([insert(counters, { id: "d" })]);
    await setTimeout(40);
    await beside.commit([remove(counters, "d")]);
    await done;
    expect(await store.get(counters, "d")).toBeUndefined();
  });
});

describe("a read", () => {
  it.each(Object.keys(faults).filter((name) => !name.startsWith("hanging")))("%s is asked again", async (fault) => {
    server.faults.add(faults[fault]!, { method: "GET", path: /counters/ });
    expect(await store.get(counters, "c")).toMatchObject({ value: 0 });
  });

  it("that is refused for good is not asked again, and says so without the key", async () => {
    server.faults.add({ kind: "refuse", status: 503 }, { method: "GET", times: 1_000 });
    const error = await store.get(counters, "c").catch((caught: unknown) => caught as Error);
    expect(error).toMatchObject({ code: "unavailable" });
    expect(JSON.stringify([String(error), String((error as Error).cause)])).not.toContain(grounds.access.apiKey);
  }, 20_000);
});

describe("a server that is gone", () => {
  it("leaves what is read often readable, and no commit in doubt that was never sent", async () => {
    const often = { ...counters, often: true };
    const known = await grounds.open([often], { timeoutMs });
    await known.store.commit([insert(often, { id: "c", value: 3 })]);
    await known.store.get(often, "c");
    server.faults.add({ kind: "drop" }, { times: 1_000 });
    await setTimeout(believedMs);
    expect(await known.store.get(often, "c")).toMatchObject({ value: 3 });
    await expect(known.store.find(often, { limit: 1 })).rejects.toMatchObject({ code: "unavailable" });
    await expect(known.store.commit([increment(often, "c", "value", 1)])).rejects.toMatchObject({
      code: "unavailable",
    });
    server.faults.clear();
    await setTimeout(2_100);
    expect(await known.store.get(often, "c")).toMatchObject({ value: 3 });
    await known.remove();
  }, 40_000);
});

describe("a server that hangs", () => {
  it("leaves what is read often readable after a second, and at once from then on", async () => {
    const often = { ...counters, often: true };
    const known = await grounds.open([often], { timeoutMs: 20_000 });
    await known.store.commit([insert(often, { id: "c", value: 3 })]);
    await known.store.get(often, "c");
    server.faults.add({ kind: "delay", ms: 2_500 }, { method: "GET", times: 1_000 });
    await setTimeout(believedMs);
    const began = performance.now();
    expect(await known.store.get(often, "c")).toMatchObject({ value: 3 });
    const waited = performance.now() - began;
    expect(waited).toBeGreaterThan(900);
    expect(waited).toBeLessThan(2_000);
    expect(await known.store.get(often, "c")).toMatchObject({ value: 3 });
    expect(performance.now() - began - waited).toBeLessThan(300);
    server.faults.clear();
    await setTimeout(2_500);
    await (await known.beside()).commit([patch(often, "c", { value: 4 })]);
    await setTimeout(2 * believedMs);
    expect(await known.store.get(often, "c")).toMatchObject({ value: 4 });
    await known.remove();
  }, 40_000);
});

describe("a server that fails again and again", () => {
  it("is left alone for a while, and tried by one request then", async () => {
    server.faults.add({ kind: "refuse", status: 500 }, { times: 1_000 });
    await Promise.allSettled(Array.from({ length: 10 }, () => store.get(counters, "c")));
    server.requests.clear();
    const before = performance.now();
    await expect(store.get(counters, "c")).rejects.toMatchObject({ code: "unavailable" });
    expect(performance.now() - before).toBeLessThan(200);
    expect(server.requests.all).toEqual([]);
    server.faults.clear();
    await setTimeout(2_100);
    expect(await store.get(counters, "c")).toMatchObject({ value: 0 });
  }, 20_000);
});
