// Who may use a store, what a migration refuses, and what taking it back leaves.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { leases, occupy, sweepLeases } from "../../../src/adapters/migration/lease.ts";
import { readMark } from "../../../src/adapters/migration/mark.ts";
import { undoMove } from "../../../src/adapters/migration/move-store.ts";
import { AppError } from "../../../src/core/errors.ts";
import { insert, patch } from "../../../src/core/kernel/change.ts";
import type { Log } from "../../../src/core/ports/log.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { type AppwriteServer, appwriteServer } from "../../support/appwrite-server/index.ts";
import { contents, fill, type Stores, stores } from "../../support/moving.ts";
import { book, books } from "../../support/store-samples.ts";

let server: AppwriteServer;
let s: Stores;
beforeAll(async () => {
  server = await appwriteServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  s = await stores(server);
  await fill(s.sqlite.store, 5);
});
afterEach(() => s.close());

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, with: () => silent };
/** As a process does that starts on the store; what it closes is its own view of it. */
const start = (store: Store, id = "service") =>
  occupy({ store: { ...store, close: async () => undefined }, clock: s.clock, log: silent, id });
const states = async () => [(await readMark(s.sqlite.store))?.state, (await readMark(s.appwrite.store))?.state];

describe("a store in use", () => {
  it.each(["sqlite", "appwrite"] as const)("is not moved, %s being used, and stays as it was", async (name) => {
    const first = await start(s[name].store, "one");
    const second = await start(s[name].store, "two");
    await first.store.close();
    await expect(s.move()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Stop it first"),
    });
    expect(await states()).toEqual([undefined, undefined]);
    await second.store.close();
    await s.move();
    expect(await states()).toEqual(["left", "arrived"]);
  });

  it("is moved when its process died and the lease ran out; one that only slept learns of it", async () => {
    const sleeper = await start(s.sqlite.store);
    const ended = expect(sleeper.evicted).rejects.toMatchObject({
      message: expect.stringContaining("Start PeerSpark there"),
    });
    await s.sqlite.store.commit([patch(leases, "service", { until: s.clock.now() - 1 })]);
    await s.move();
    await s.clock.advance(31_000);
    await ended;
  });

  it("goes on when it only slept and a start took its lease away, and is seen again", async () => {
    const sleeper = await start(s.sqlite.store);
    await s.sqlite.store.commit([patch(leases, "service", { until: s.clock.now() - 1 })]);
    await sweepLeases(s.sqlite.store, s.clock.now());
    await s.clock.advance(31_000);
    expect(await Promise.race([sleeper.evicted, "goes on"])).toBe("goes on");
    await expect(s.move()).rejects.toMatchObject({ message: expect.stringContaining("Stop it first") });
    await sleeper.store.close();
    expect(await s.sqlite.store.count(leases)).toBe(0);
  });

  it("that slept and can't look at once whether it was moved looks again", async () => {
    const { store } = s.sqlite;
    let away = false;
    const gone = new AppError("unavailable", "away", { detail: { reason: "store" } });
    const sleeper = await start({ ...store, get: (of, id) => (away ? Promise.reject(gone) : store.get(of, id)) });
    const ended = expect(sleeper.evicted).rejects.toMatchObject({ code: "unsupported" });
    await store.commit([patch(leases, "service", { until: s.clock.now() - 1 })]);
    await s.move();
    away = true;
    await s.clock.advance(31_000);
    away = false;
    await s.clock.advance(30_000);
    await ended;
  });

  it("renews its lease while it runs", async () => {
    const service = await start(s.sqlite.store);
    for (let minute = 0; minute < 10; minute++) {
      await s.clock.advance(60_000);
      await s.sqlite.store.ping();
    }
    await expect(s.move()).rejects.toMatchObject({ code: "conflict" });
    await service.store.close();
    expect(await s.sqlite.store.count(leases)).toBe(0);
  });

  it("costs an Appwrite server two requests at the start, and none of them again", async () => {
    server.requests.clear();
    await start(s.appwrite.store);
    expect(server.requests.count()).toBe(2);
  });
});

describe("a store that was moved, or is being moved", () => {
  it("is not started on, and says where the data is and both ways back", async () => {
    await s.move();
    await expect(start(s.sqlite.store)).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(/moved to the appwrite store .*--from appwrite --to sqlite.*--undo/),
    });
    expect(await s.sqlite.store.count(leases)).toBe(0);
    await (await start(s.appwrite.store)).store.close();
  });

  it("is started on neither way while it is under way", async () => {
    const put = () => Promise.reject(new Error("gone"));
    await expect(s.move("there", { to: { ...s.appwrite, bulk: { ...s.appwrite.bulk, put } } })).rejects.toThrow("gone");
    for (const store of [s.sqlite.store, s.appwrite.store])
      await expect(start(store)).rejects.toMatchObject({ message: expect.stringContaining("from sqlite to appwrite") });
    await expect(s.move("back")).rejects.toMatchObject({ message: expect.stringContaining("another migration") });
    await s.move();
    expect(await states()).toEqual(["left", "arrived"]);
  });

  it("is not moved again, and moving it a second time changes nothing", async () => {
    await s.move();
    const there = await contents(s.appwrite);
    expect(await s.move()).toBeUndefined();
    expect(await contents(s.appwrite)).toEqual(there);
  });
});

describe("a target with data of its own", () => {
  it("is refused with what it holds, unless it is to be replaced", async () => {
    await s.appwrite.store.commit([insert(books, book("own", { isbn: "É" }))]);
    await expect(s.move()).rejects.toMatchObject({ message: expect.stringMatching(/books 1.*--replace/) });
    expect(await states()).toEqual([undefined, undefined]);
    await s.move("there", { replace: true });
    expect(await contents(s.appwrite)).toStrictEqual(await contents(s.sqlite));
    const service = await s.service();
    await service.commit([patch(books, "pi", { copies: 7 })]);
    expect(await service.get(books, "pi")).toMatchObject({ copies: 7 });
    await service.close();
  });

  it("is refused when it left for somewhere else", async () => {
    await s.move();
    const other = await stores(server);
    try {
      await fill(other.appwrite.store, 3);
      const move = other.move("back", { to: s.sqlite });
      await expect(move).rejects.toMatchObject({ message: expect.stringContaining("--replace") });
    } finally {
      await other.close();
    }
  });
});

describe("what is not the same", () => {
  /** Moves, and meddles with the target before it is compared. */
  const meddled = (meddle: () => Promise<void>) =>
    s.move("there", {
      to: {
        ...s.appwrite,
        bulk: {
          ...s.appwrite.bulk,
          async put(of, rows) {
            await s.appwrite.bulk.put(of, rows);
            if (of.name === "books") await meddle();
          },
        },
      },
    });

  const meddledBooks = async (meddle: () => Promise<void>) => (await meddled(meddle))!.collections[0]!;

  it("is named, and nothing is switched over until it is copied anew", async () => {
    const { store } = s.appwrite;
    const found = await meddledBooks(async () => {
      await store.commit([patch(books, "pi", { copies: 99 })]);
      await store.commit([{ kind: "remove", in: books, id: "a" }, insert(books, book("zzz"))]);
    });
    expect(found).toMatchObject({ apart: 3 });
    expect(found.differences).toEqual(
      expect.arrayContaining([
        { id: "pi", is: "different" },
        { id: "a", is: "missing" },
        { id: "zzz", is: "too much" },
      ]),
    );
    expect(found.sha256).not.toBe(found.sha256There);
    expect(await states()).toEqual(["leaving", "clearing"]);
    await s.move();
    expect(await states()).toEqual(["left", "arrived"]);
    expect(await contents(s.appwrite)).toStrictEqual(await contents(s.sqlite));
  });

  it("is found in the source too, when somebody writes to it meanwhile", async () => {
    const found = await meddledBooks(() => s.sqlite.store.commit([patch(books, "pi", { copies: 99 })]));
    expect(found).toMatchObject({ apart: 1, differences: [{ id: "pi", is: "different" }] });
  });
});

describe("a migration taken back", () => {
  it("lets the former store be used as it was left, and the other one no more", async () => {
    await s.move();
    await s.appwrite.store.commit([insert(books, book("late"))]);
    await undoMove(s.sqlite, s.appwrite, s.clock);
    await (await start(s.sqlite.store)).store.close();
    await expect(start(s.appwrite.store)).rejects.toMatchObject({
      message: expect.stringContaining("the sqlite store"),
    });
    await s.move();
    expect(await contents(s.appwrite)).toStrictEqual(await contents(s.sqlite));
    expect(await s.appwrite.store.get(books, "late")).toBeUndefined();
  });

  it("is not taken back while PeerSpark runs there, nor where there is none", async () => {
    await expect(undoMove(s.sqlite, s.appwrite, s.clock)).rejects.toMatchObject({ code: "not_found" });
    await s.move();
    const service = await start(s.appwrite.store);
    await expect(undoMove(s.sqlite, s.appwrite, s.clock)).rejects.toMatchObject({ code: "conflict" });
    await service.store.close();
  });

  it("is taken back alone when the other store is gone for good", async () => {
    await s.move();
    await undoMove(s.sqlite, { name: "appwrite", where: "gone" }, s.clock);
    await (await start(s.sqlite.store)).store.close();
  });
});
