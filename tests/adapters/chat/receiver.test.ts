// Of several processes one receives; another takes over when it ends, dies or stands still.

import { hostname } from "node:os";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Receiving, receivers, receiving } from "../../../src/adapters/chat/receiver.ts";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { remove } from "../../../src/core/kernel/change.ts";
import type { Clock } from "../../../src/core/ports/clock.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { type TestClock, testClock } from "../../support/clock.ts";
import { silentLog } from "../../support/queue-log.ts";

let clock: TestClock;
let store: Store;
const held: string[] = [];
beforeEach(async () => {
  held.length = 0;
  clock = testClock();
  store = await openSqlite({ path: ":memory:", collections: [receivers] });
});
afterEach(() => store.close());

function processCalled(owner: string, own: Clock = clock): Receiving {
  const one = receiving({ store, clock: own, log: silentLog, owner });
  void one.hold("telegram").then(() => held.push(owner));
  return one;
}

describe("who receives", () => {
  it("is one of those who ask, until it lets go", async () => {
    const a = processCalled("east:1");
    await clock.advance(0);
    processCalled("east-2:1");
    await clock.advance(600_000);
    expect(held).toEqual(["east:1"]);
    await a.release();
    await clock.advance(1_000);
    expect(held).toEqual(["east:1", "east-2:1"]);
  });

  it("is one of those who ask at once", async () => {
    for (let n = 0; n < 5; n++) processCalled(`east-${n}:1`);
    await clock.advance(120_000);
    expect(held.length).toBe(1);
  });

  it.each([0, -3_600_000, 3_600_000])(
    "is another half a minute after its process is gone, the clock set by %i ms",
    async (ms) => {
      let alive = true;
      processCalled("east:1", { now: clock.now, after: (wait, ring) => clock.after(wait, () => alive && ring()) });
      await clock.advance(5_000);
      alive = false;
      processCalled("east-2:1");
      clock.jump(ms);
      await clock.advance(25_000);
      expect(held).toEqual(["east:1"]);
      await clock.advance(10_000);
      expect(held).toEqual(["east:1", "east-2:1"]);
    },
  );

  it("is no more the one that stood still while another took over, and that one learns of it", async () => {
    let still = false;
    const overdue: (() => void)[] = [];
    const after: Clock["after"] = (ms, ring) => clock.after(ms, () => (still ? void overdue.push(ring) : ring()));
    const a = processCalled("east:1", { now: clock.now, after });
    const lost = expect(a.lost).rejects.toMatchObject({ message: expect.stringContaining("Start it again") });
    await clock.advance(5_000);
    still = true;
    processCalled("east-2:1");
    await clock.advance(60_000);
    still = false;
    for (const ring of overdue) ring();
    await lost;
    await a.release();
    await clock.advance(60_000);
    expect(held).toEqual(["east:1", "east-2:1"]);
    expect(await store.get(receivers, "telegram")).toMatchObject({ owner: "east-2:1" });
  });

  it("is the same one still where the other that took over has let go again", async () => {
    processCalled("east:1");
    await clock.advance(0);
    await store.commit([remove(receivers, "telegram")]);
    await clock.advance(10_000);
    expect(await store.get(receivers, "telegram")).toMatchObject({ owner: "east:1" });
  });

  it("renews once in ten seconds, however often its connection begins anew", async () => {
    const a = processCalled("east:1");
    await clock.advance(0);
    for (let n = 0; n < 3; n++) await a.hold("telegram");
    const renewals = async () => (await store.get(receivers, "telegram"))!.rev;
    const before = await renewals();
    await clock.advance(60_000);
    expect((await renewals()) - before).toBe(6);
  });

  it("is its successor at once, where it was of this machine and has died", async () => {
    processCalled(`${hostname()}:99999999`);
    await clock.advance(0);
    processCalled(`${hostname()}:${process.pid}`);
    await clock.advance(0);
    expect(held.length).toBe(2);
  });
});
