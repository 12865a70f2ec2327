// The embedded queue keeps the queue's contract, and what only it promises.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { AppError } from "../../src/core/errors.ts";
import { patch } from "../../src/core/kernel/change.ts";
import { bound } from "../../src/core/kernel/outbox.ts";
import type { Clock } from "../../src/core/ports/clock.ts";
import type { Turn } from "../../src/core/ports/queue.ts";
import type { Row, Store } from "../../src/core/ports/store.ts";
import { jobs } from "../../src/jobs/drivers/embedded/rows.ts";
import { queueContract } from "../contracts/queue.ts";
import { counted, type EmbeddedStand, embeddedStand } from "../support/queue-stand.ts";
import { mulberry32 } from "../support/secrets.ts";

queueContract("embedded", embeddedStand);

const minute = 60_000;
const hour = 60 * minute;
const some = (many: number, runAt?: number) =>
  Array.from({ length: many }, (_, n) => ({ job: "test.job", input: { n }, runAt }));
const numbers = (turns: readonly Turn[]) => turns.map(({ input }) => input.n as number).toSorted((a, b) => a - b);
const upTo = (many: number) => Array.from({ length: many }, (_, n) => n);

describe("the embedded queue", () => {
  let stand: EmbeddedStand;
  beforeEach(async () => {
    stand = await embeddedStand();
  });
  afterEach(() => stand.close());

  it("works on 32 turns at once when it is not told otherwise, and on the next as soon as one ends", async () => {
    const { queue } = await stand.open();
    const ends: (() => void)[] = [];
    queue.start(() => new Promise((resolve) => ends.push(() => resolve(undefined))));
    await queue.enqueue(some(50));
    await stand.pass(minute);
    expect(ends.length).toBe(32);
    ends[7]!();
    await stand.pass(0);
    expect(ends.length).toBe(33);
  });

  it("claims no more than it can begin while turns take long, so that others get theirs", async () => {
    const { queue } = await stand.open({ concurrency: 2 });
    const { queue: other } = await stand.open({ concurrency: 2 });
    const heard: Turn[] = [];
    const work = (turn: Turn) => {
      heard.push(turn);
      return new Promise<undefined>((resolve) => stand.clock.after(hour, () => resolve(undefined)));
    };
    queue.start(work);
    await queue.enqueue(some(4));
    await stand.pass(minute);
    other.start(work);
    await stand.pass(minute);
    expect(numbers(heard)).toEqual(upTo(4));
  });

  it("asks the store one question a poll while nothing is due, ever more rarely, and changes nothing", async () => {
    const asked: string[] = [];
    const { queue } = await stand.open({ around: (store) => counted(store, asked) });
    queue.start(async () => undefined);
    await queue.enqueue(some(3, stand.now() + 24 * hour));
    await stand.pass(0);
    asked.length = 0;
    await stand.pass(minute);
    expect(asked).toEqual(Array.from({ length: 22 }, () => "find jobs"));
  });

  it("sees another process's jobs within a second while there are some, and within four after a while without", async () => {
    const { queue } = await stand.open();
    const { queue: other } = await stand.open();
    const late: number[] = [];
    queue.start(async ({ runAt }) => void late.push(stand.now() - runAt));
    await stand.pass(hour + 300);
    for (let n = 0; n < 5; n++) {
      await other.enqueue([{ job: "test.job", input: {} }]);
      await stand.pass(n === 0 ? 4_000 : 1_000);
    }
    expect(late).toHaveLength(5);
    expect(Math.max(...late)).toBeLessThanOrEqual(4_000);
    expect(Math.max(...late.slice(1))).toBeLessThanOrEqual(1_000);
    expect(late[0]).toBeGreaterThan(1_000);
  });

  it("needs few commits for many jobs that are due at once", async () => {
    const asked: string[] = [];
    const { queue } = await stand.open({ around: (store) => counted(store, asked) });
    const heard: Turn[] = [];
    await queue.enqueue(some(1000));
    asked.length = 0;
    queue.start(async (turn) => void heard.push(turn));
    await stand.pass(minute);
    expect(heard.length).toBe(1000);
    expect(asked.filter((what) => what === "commit").length).toBeLessThanOrEqual(26);
  });

  it("claims the rest when another process was faster with one of them", async () => {
    const rival = await stand.open();
    let stolen: string | undefined;
    const around = stealing(rival.store, (first) => {
      stolen ??= first.id;
      return first.id === stolen ? { owner: "rival", turnAt: stand.now() + 30_000, attempt: 1 } : {};
    });
    const { queue } = await stand.open({ around, alone: true });
    const heard: Turn[] = [];
    await queue.enqueue(some(10));
    queue.start(async (turn) => void heard.push(turn));
    await stand.pass(0);
    expect(numbers(heard)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await rival.store.get(jobs, stolen!)).toMatchObject({ owner: "rival", attempt: 1 });
    await stand.pass(minute);
    expect(heard.at(-1)).toMatchObject({ input: { n: 0 }, attempt: 2 });
  });

  it("sees what is enqueued while it looks for what is due", async () => {
    const around = (store: Store): Store => ({
      ...bound(store),
      async find(collection, query) {
        const page = await store.find(collection, query);
        for (let round = 0; round < 3; round++) await new Promise((resolve) => setImmediate(resolve));
        return page;
      },
    });
    const { queue } = await stand.open({ around, alone: true });
    const heard: Turn[] = [];
    queue.start(async (turn) => void heard.push(turn));
    await new Promise((resolve) => setImmediate(resolve));
    await queue.enqueue(some(1));
    await stand.pass(0);
    await stand.pass(0);
    expect(heard.length).toBe(1);
  });

  it("does not ask the store at the end of every turn", async () => {
    const asked: string[] = [];
    const { queue } = await stand.open({ around: (store) => counted(store, asked) });
    let ended = 0;
    queue.start(async ({ input }) => {
      await new Promise<void>((resolve) => void stand.clock.after(1 + (((input.n as number) * 7) % 20), resolve));
      ended++;
      return undefined;
    });
    await queue.enqueue(some(1000));
    await stand.pass(minute);
    expect(ended).toBe(1000);
    expect(asked.filter((what) => what === "find jobs").length).toBeLessThan(400);
  });

  it("renews the leases of many turns in one commit, without reading them again", async () => {
    const asked: string[] = [];
    const { queue } = await stand.open({ around: (store) => counted(store, asked), alone: true });
    queue.start(() => new Promise(() => undefined));
    await queue.enqueue(some(30));
    await stand.pass(0);
    asked.length = 0;
    await stand.pass(minute);
    expect(asked.filter((what) => what === "commit").length).toBe(6);
    expect(asked).not.toContain("get jobs");
  });

  it("renews the other leases when one was lost", async () => {
    const rival = await stand.open();
    const { queue } = await stand.open();
    queue.start(() => new Promise(() => undefined));
    await queue.enqueue(some(3));
    await stand.pass(1000);
    const { rows } = await rival.store.find(jobs, { limit: 3 });
    await rival.store.commit([patch(jobs, rows[1]!.id, { owner: "rival", turnAt: stand.now() + hour })]);
    const heard: Turn[] = [];
    rival.queue.start(async (turn) => void heard.push(turn));
    await stand.pass(10 * minute);
    expect(heard).toEqual([]);
  });

  it("does not take its own turn again when it could not renew the lease", async () => {
    let frozen = false;
    const clock: Clock = { now: stand.clock.now, after: (ms, call) => stand.clock.after(ms, () => frozen || call()) };
    const { queue } = await stand.open({ clock });
    const heard: Turn[] = [];
    queue.start((turn) => {
      heard.push(turn);
      return turn.input.n === 0 ? new Promise(() => undefined) : Promise.resolve(undefined);
    });
    await queue.enqueue(some(1));
    await stand.pass(1000);
    frozen = true;
    await stand.pass(40_000);
    frozen = false;
    await queue.enqueue([{ job: "test.job", input: { n: 1 } }]);
    await stand.pass(minute);
    expect(numbers(heard)).toEqual([0, 1]);
  });

  it("gives back what it claimed ahead when the turns before it take long", async () => {
    const { queue } = await stand.open({ concurrency: 10 });
    const { queue: other } = await stand.open();
    const heard: Turn[] = [];
    queue.start((turn) => {
      heard.push(turn);
      return (turn.input.n as number) < 35 ? Promise.resolve(undefined) : new Promise(() => undefined);
    });
    await queue.enqueue(some(50));
    await stand.pass(1000);
    expect(heard.length).toBe(45);
    other.start(async (turn) => void heard.push(turn));
    await stand.pass(12_000);
    expect(numbers(heard)).toEqual(upTo(50));
    expect(heard.every(({ attempt }) => attempt === 1)).toBe(true);
  });

  it("takes what it gave back when a turn ends after all", async () => {
    const { queue } = await stand.open({ concurrency: 10, alone: true });
    const heard: Turn[] = [];
    queue.start((turn) => {
      heard.push(turn);
      const lasts = (turn.input.n as number) < 35 ? 0 : 12_000;
      return new Promise((resolve) => void stand.clock.after(lasts, () => resolve(undefined)));
    });
    await queue.enqueue(some(50));
    await stand.pass(11_000);
    expect(heard.length).toBe(45);
    await stand.pass(1500);
    expect(numbers(heard)).toEqual(upTo(50));
  });

  it("claims nothing ahead for having been quick ten seconds ago", async () => {
    const { queue } = await stand.open({ concurrency: 10, alone: true });
    const { queue: other } = await stand.open();
    const heard: Turn[] = [];
    queue.start((turn) => {
      heard.push(turn);
      return (turn.input.n as number) < 35 ? Promise.resolve(undefined) : new Promise(() => undefined);
    });
    await queue.enqueue(some(35));
    await queue.enqueue(some(55, stand.now() + 10_000).slice(35));
    await stand.pass(10_000);
    expect(heard.length).toBe(45);
    other.start(async (turn) => void heard.push(turn));
    await stand.pass(1000);
    expect(numbers(heard)).toEqual(upTo(55));
  });

  it("keeps the last failure of a recurring job, and no more", async () => {
    const { queue } = await stand.open();
    queue.start(async ({ runAt }) => ({ reason: `broken at ${runAt}` }));
    const start = stand.now();
    await queue.repeat("sweep", minute, { job: "test.sweep", input: {} });
    await stand.pass(3 * minute + 1000);
    expect((await queue.dead(10)).map(({ reason }) => reason)).toEqual([`broken at ${start + 3 * minute}`]);
  });

  it("gives each turn once and loses none while the store fails now and then", async () => {
    const chance = mulberry32(4711);
    const failing = async (): Promise<void> => {
      if (chance() < 0.3) throw new AppError("unavailable", "The store is away.");
    };
    const around = (store: Store): Store => ({
      ...bound(store),
      find: (collection, query) => failing().then(() => store.find(collection, query)),
      commit: (changes) => failing().then(() => store.commit(changes)),
    });
    const { queue } = await stand.open({ around });
    const steady = (await stand.open()).queue;
    await steady.enqueue(some(200));
    const heard: Turn[] = [];
    queue.start(async (turn) => {
      heard.push(turn);
      return turn.input.n === 5 ? { reason: "broken" } : undefined;
    });
    await stand.pass(5 * minute);
    expect(numbers(heard)).toEqual(upTo(200));
    expect(await steady.counts()).toMatchObject({ pending: 0, dead: 1 });
  });

  it("leaves a turn to its new owner when it was frozen beyond its lease", async () => {
    let frozen = false;
    const clock: Clock = { now: stand.clock.now, after: (ms, call) => stand.clock.after(ms, () => frozen || call()) };
    const { queue } = await stand.open({ clock });
    const end = Promise.withResolvers<{ reason: string }>();
    queue.start(() => end.promise);
    await queue.enqueue(some(1));
    await stand.pass(1000);
    frozen = true;
    const { queue: other } = await stand.open();
    const heard: Turn[] = [];
    other.start((turn) => {
      heard.push(turn);
      return new Promise((resolve) => stand.clock.after(minute, () => resolve(undefined)));
    });
    await stand.pass(40_000);
    expect(heard.map(({ attempt }) => attempt)).toEqual([2]);
    end.resolve({ reason: "too late to count" });
    await stand.pass(0);
    expect(await other.counts()).toMatchObject({ pending: 1, dead: 0 });
    await stand.pass(2 * minute);
    expect(await other.counts()).toMatchObject({ pending: 0, dead: 0 });
    expect(heard.length).toBe(1);
    await other.stop(0);
    frozen = false;
    await queue.enqueue([{ job: "test.job", input: { n: 1 } }]);
    await stand.pass(2000);
    expect(await other.counts()).toMatchObject({ pending: 0, dead: 1 });
  });

  it.each([1250, 1750])(
    "takes no turn from a living process when the machine slept for an hour (%d)",
    async (before) => {
      const { queue } = await stand.open();
      const { queue: other } = await stand.open();
      const heard: Turn[] = [];
      const end = Promise.withResolvers<undefined>();
      queue.start((turn) => {
        heard.push(turn);
        return end.promise;
      });
      await queue.enqueue(some(1));
      await stand.pass(500);
      other.start(async (turn) => void heard.push(turn));
      await stand.pass(before);
      stand.jump(hour);
      await stand.pass(minute);
      end.resolve(undefined);
      await stand.pass(minute);
      expect(heard.length).toBe(1);
      expect(await other.counts()).toMatchObject({ pending: 0, dead: 0 });
    },
  );
});

it("loses nothing when a process is killed in the middle of turns", async () => {
  const stand = await embeddedStand(new Date().toISOString());
  const { queue } = await stand.open();
  await queue.enqueue(some(600));
  const notes = `${stand.path}.notes`;
  const script = fileURLToPath(new URL("../support/queue-victim.ts", import.meta.url));
  const victim = spawn(process.execPath, [script, stand.path, notes], { stdio: ["ignore", "ignore", "inherit"] });
  const gone = once(victim, "exit");
  while (linesOf(notes).length < 200 && victim.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 2));
  victim.kill("SIGKILL");
  expect((await gone)[1]).toBe("SIGKILL");

  const said = linesOf(notes);
  const ended = said.filter(([what]) => what === "ended").map(([, n]) => n);
  const cut = said.flatMap(([what, n]) => (what === "began" && !ended.includes(n) ? [n] : []));
  const heard: Turn[] = [];
  await stand.clock.advanceTo(Date.now());
  queue.start(async (turn) => void heard.push(turn));
  await stand.pass(35_000);

  const given = numbers(heard);
  expect(cut.length).toBeGreaterThan(0);
  expect(given).toEqual([...new Set(given)]);
  expect(upTo(600).filter((n) => !ended.includes(n) && !given.includes(n))).toEqual([]);
  expect(heard.filter(({ input }) => cut.includes(input.n as number)).every(({ attempt }) => attempt === 2)).toBe(true);
  expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
  await stand.close();
});

function linesOf(notes: string): (readonly [string, number])[] {
  try {
    const lines = readFileSync(notes, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => [line.split(" ")[0]!, Number(line.split(" ")[1])] as const);
  } catch {
    return [];
  }
}

/** Right before each claim of several jobs, another process changes the first of them. */
function stealing(rival: Store, set: (first: { id: string }) => Partial<Row<typeof jobs>>) {
  return (store: Store): Store => ({
    ...bound(store),
    async commit(changes) {
      const [first] = changes;
      if (changes.length > 1 && first?.kind === "patch" && first.set.attempt === 1)
        await rival.commit([patch(jobs, first.id, set(first))]);
      await store.commit(changes);
    },
  });
}
