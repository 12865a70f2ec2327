// What every queue keeps, whatever is behind it: a suite that each driver's test calls whole.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { Failure, Queue, Turn, Worker } from "../../src/core/ports/queue.ts";

/** One instance of the queue, as one process has it. */
export interface QueueProcess {
  readonly queue: Queue;
  /** Ends it as SIGKILL does: nothing it has under way gets any further. */
  crash(): void;
}

/** Jobs that several instances share, and the clock they all go by. */
export interface QueueStand {
  /** Another instance over the same jobs. `alone`: the only one, so that it need not look for others' jobs. */
  open(options?: { readonly alone?: boolean }): Promise<QueueProcess>;
  now(): number;
  /** Lets time pass, and all that is due in it be done. */
  pass(ms: number): Promise<void>;
  /** Sets the wall clock forward or back; timers keep their distance. */
  jump(ms: number): void;
  close(): Promise<void>;
}

/** After this long (ms) a dead process's turn has been given again. */
const leaseOver = 35_000;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** @param skip tests that do not hold for this driver, each with its reason. */
export function queueContract(
  name: string,
  open: () => Promise<QueueStand>,
  skip: Readonly<Record<string, string>> = {},
): void {
  const test = (title: string, body: () => Promise<void>): void =>
    title in skip ? it.skip(`${title} (${skip[title]})`, body) : it(title, body);

  describe(`queue: ${name}`, () => {
    let stand: QueueStand;
    let queue: Queue;
    beforeEach(async () => {
      stand = await open();
      queue = (await stand.open()).queue;
    });
    afterEach(() => stand.close());

    describe("a job's turn", () => {
      test("is given once, with what was enqueued", async () => {
        const heard = listen(queue);
        const runAt = stand.now();
        await queue.enqueue([{ job: "pod.greet", input: { who: "ada", tags: ["a", "ü"] }, correlation: "c1", runAt }]);
        await stand.pass(minute);
        expect(heard).toEqual([
          {
            id: expect.any(String),
            job: "pod.greet",
            input: { who: "ada", tags: ["a", "ü"] },
            correlation: "c1",
            runAt,
            attempt: 1,
          },
        ]);
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });

      test("carries a correlation id of its own when none was given", async () => {
        const heard = listen(queue);
        await queue.enqueue([job(1), job(2)]);
        await stand.pass(minute);
        expect(new Set(heard.map(({ correlation }) => correlation)).size).toBe(2);
        expect(heard.every(({ correlation }) => correlation.length > 0)).toBe(true);
      });

      test("is given to each of many enqueued at once", async () => {
        const heard = listen(queue);
        await queue.enqueue([]);
        await queue.enqueue(upTo(250).map((n) => job(n)));
        await stand.pass(minute);
        expect(numbers(heard).toSorted(ascending)).toEqual(upTo(250));
      });

      test("waits for a queue that is started later", async () => {
        await queue.enqueue([job(1)]);
        await stand.pass(hour);
        expect(await queue.counts()).toMatchObject({ pending: 1, dead: 0 });
        const heard = listen(queue);
        await stand.pass(minute);
        expect(numbers(heard)).toEqual([1]);
      });

      test("comes to the process that runs jobs when another one enqueued it", async () => {
        const heard = listen(queue);
        const other = (await stand.open()).queue;
        await stand.pass(minute);
        await other.enqueue([job(1)]);
        await stand.pass(2000);
        expect(numbers(heard)).toEqual([1]);
      });
    });

    describe("due times", () => {
      test("are kept to the moment", async () => {
        const heard: [number, number][] = [];
        queue.start(async ({ input }) => {
          heard.push([input.n as number, stand.now()]);
          return undefined;
        });
        const start = stand.now();
        await queue.enqueue([job(1, { runAt: start + 90_500 }), job(2, { runAt: start + 1234 }), job(3)]);
        await stand.pass(1233);
        expect(heard).toEqual([[3, start]]);
        await stand.pass(1);
        await stand.pass(2 * minute);
        expect(heard.slice(1)).toEqual([
          [2, start + 1234],
          [1, start + 90_500],
        ]);
      });

      test("may be five years off, and no further", async () => {
        ({ queue } = await stand.open({ alone: true }));
        const heard = listen(queue);
        const runAt = stand.now() + 5 * year;
        await queue.enqueue([job(1, { runAt })]);
        await refused(queue.enqueue([job(2, { runAt: runAt + 5 * day })]));
        await refused(queue.enqueue([job(3, { runAt: Number.NaN })]));
        await stand.pass(5 * year - 1);
        expect(heard).toEqual([]);
        await stand.pass(1);
        expect(numbers(heard)).toEqual([1]);
      });

      test("are kept by a process that is alone, one after the other", async () => {
        ({ queue } = await stand.open({ alone: true }));
        const heard: [number, number][] = [];
        queue.start(async ({ input }) => {
          heard.push([input.n as number, stand.now()]);
          return undefined;
        });
        const start = stand.now();
        const each = upTo(20).map((n) => job(n, { runAt: start + n * hour }));
        await Promise.all(each.map((one) => queue.enqueue([one, job(0)])));
        await stand.pass(0);
        expect(heard).toEqual(each.map(() => [0, start]));
        await stand.pass(day);
        expect(heard.slice(20)).toEqual(upTo(20).map((n) => [n, start + n * hour]));
      });

      test("in the past mean now", async () => {
        const heard = listen(queue);
        await queue.enqueue([job(1, { runAt: stand.now() - day })]);
        await stand.pass(1000);
        expect(numbers(heard)).toEqual([1]);
      });
    });

    describe("order", () => {
      test("is by priority, then by due time, then by arrival", async () => {
        const now = stand.now();
        await queue.enqueue([
          job(5, { runAt: now - 1000 }),
          job(6),
          job(7),
          job(8, { priority: 9, runAt: now - hour }),
          job(2, { priority: 1 }),
          job(1, { priority: 0 }),
          job(3, { priority: 4, runAt: now - 2 }),
          job(4, { priority: 4, runAt: now - 1 }),
        ]);
        const heard = listen(queue);
        await stand.pass(minute);
        expect(numbers(heard)).toEqual(upTo(8));
      });

      test("holds behind a long backlog", async () => {
        await queue.enqueue(upTo(700).map((n) => job(n, { runAt: stand.now() - hour + n })));
        await queue.enqueue([job(0, { priority: 2 })]);
        const heard = listen(queue);
        await stand.pass(minute);
        expect(numbers(heard)).toEqual([0, ...upTo(700)]);
      });

      test("knows priorities from 0 to 9", async () => {
        await refused(queue.enqueue([job(1, { priority: 10 })]));
        await refused(queue.enqueue([job(1, { priority: -1 })]));
        await refused(queue.enqueue([job(1, { priority: 2.5 })]));
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });
    });

    describe("keys", () => {
      test("keep a job from being added twice while it waits", async () => {
        await queue.enqueue([job(1, { key: "a" }), job(2, { key: "a" }), job(3, { key: "b" })]);
        await queue.enqueue([job(4, { key: "b" }), job(5, { key: "c" }), job(6)]);
        const heard = listen(queue);
        await stand.pass(minute);
        expect(numbers(heard)).toEqual([1, 3, 5, 6]);
      });

      test("keep it from being added while it runs, and no longer", async () => {
        const { heard, finish } = hold(queue);
        await queue.enqueue([job(1, { key: "a" })]);
        await stand.pass(1000);
        await queue.enqueue([job(2, { key: "a" })]);
        finish();
        await stand.pass(minute);
        expect(numbers(heard)).toEqual([1]);
        await queue.enqueue([job(3, { key: "a" })]);
        await stand.pass(minute);
        expect(numbers(heard)).toEqual([1, 3]);
      });

      test("hold while a failed job waits for its next try", async () => {
        const heard = listen(queue, (turn) => (turn.attempt === 1 ? again(stand.now() + hour) : undefined));
        await queue.enqueue([job(1, { key: "a" })]);
        await stand.pass(minute);
        await queue.enqueue([job(2, { key: "a" })]);
        await stand.pass(2 * hour);
        expect(numbers(heard)).toEqual([1, 1]);
      });

      test("hold between processes that enqueue at once", async () => {
        const other = (await stand.open()).queue;
        const keyed = upTo(40).map((n) => job(n, { key: `k${n}` }));
        await Promise.all([queue.enqueue(keyed), other.enqueue(keyed.toReversed()), queue.enqueue(keyed.slice(20))]);
        expect(await queue.counts()).toMatchObject({ pending: 40, dead: 0 });
      });

      test("have at most 200 characters", async () => {
        await refused(queue.enqueue([job(1, { key: "k".repeat(201) })]));
        await refused(queue.enqueue([job(1, { key: "" })]));
        await queue.enqueue([job(1, { key: "k".repeat(200) })]);
        expect(await queue.counts()).toMatchObject({ pending: 1, dead: 0 });
      });
    });

    describe("cancel", () => {
      test("takes back what waits, and frees its key", async () => {
        await queue.enqueue([job(1, { key: "a", runAt: stand.now() + hour }), job(2, { key: "b" })]);
        await queue.cancel("a");
        await queue.cancel("a");
        await queue.cancel("never there");
        await queue.enqueue([job(3, { key: "a" })]);
        const heard = listen(queue);
        await stand.pass(2 * hour);
        expect(numbers(heard).toSorted(ascending)).toEqual([2, 3]);
      });

      test("lets go on what runs", async () => {
        const { heard, finish } = hold(queue);
        await queue.enqueue([job(1, { key: "a" })]);
        await stand.pass(1000);
        await queue.cancel("a");
        expect(await queue.counts()).toMatchObject({ pending: 1, dead: 0 });
        finish();
        await stand.pass(minute);
        expect(numbers(heard)).toEqual([1]);
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });
    });

    describe("failure", () => {
      test("is tried again at the time that was answered, counting the tries", async () => {
        const tries: [number, number][] = [];
        const start = stand.now();
        queue.start(async ({ attempt }) => {
          tries.push([attempt, stand.now() - start]);
          return attempt < 4 ? again(stand.now() + 10 ** attempt * 500) : undefined;
        });
        await queue.enqueue([job(1)]);
        await stand.pass(hour);
        expect(tries).toEqual([
          [1, 0],
          [2, 5000],
          [3, 55_000],
          [4, 555_000],
        ]);
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });

      test("without another try is a dead letter", async () => {
        listen(queue, ({ input }) => (input.n === 2 ? { reason: "broken" } : undefined));
        const runAt = stand.now();
        await queue.enqueue(upTo(3).map((n) => job(n, { correlation: `c${n}`, runAt })));
        await stand.pass(minute);
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 1 });
        const [letter] = await queue.dead(10);
        expect(letter).toEqual({
          id: expect.any(String),
          job: "test.job",
          input: { n: 2 },
          correlation: "c2",
          runAt,
          attempt: 1,
          reason: "broken",
          diedAt: expect.any(Number),
        });
        expect(letter!.diedAt - runAt).toBeLessThan(minute);
      });

      test("by throwing is a dead letter, and harms nobody else", async () => {
        const heard = listen(queue, ({ input }) => {
          if (input.n === 2) throw new Error("a worker never throws");
          return undefined;
        });
        await queue.enqueue(upTo(3).map((n) => job(n)));
        await stand.pass(minute);
        expect(numbers(heard)).toEqual([1, 2, 3]);
        expect((await queue.dead(10)).map(({ input }) => input)).toEqual([{ n: 2 }]);
      });

      test("is listed latest first", async () => {
        listen(queue, () => ({ reason: "broken" }));
        for (const n of upTo(4)) {
          await queue.enqueue([job(n)]);
          await stand.pass(minute);
        }
        expect(numbers(await queue.dead(3))).toEqual([4, 3, 2]);
      });
    });

    describe("counts", () => {
      test("tell what waits, what of it is due or under way, and what died", async () => {
        expect(await queue.counts()).toEqual({ pending: 0, due: 0, dead: 0 });
        const later = stand.now() + hour;
        await queue.enqueue([job(1), job(2), job(3), job(4), job(5, { runAt: later })]);
        expect(await queue.counts()).toEqual({ pending: 5, due: 4, dead: 0 });
        const over = Promise.withResolvers<undefined>();
        queue.start(async ({ input }) => {
          if (input.n === 1) return over.promise;
          return input.n === 2 ? again(later) : input.n === 3 ? { reason: "broken" } : undefined;
        });
        await stand.pass(minute);
        expect(await queue.counts()).toEqual({ pending: 3, due: 1, dead: 1 });
        over.resolve(undefined);
        await stand.pass(minute);
        expect(await queue.counts()).toEqual({ pending: 2, due: 0, dead: 1 });
        await queue.repeat("sweep", minute, job(6));
        expect(await queue.counts()).toEqual({ pending: 2, due: 0, dead: 1 });
      });
    });

    describe("replay", () => {
      test("gives a dead letter its turn again, from the first try", async () => {
        let broken = true;
        const heard = listen(queue, () => (broken ? { reason: "broken" } : undefined));
        await queue.enqueue([job(1, { key: "a", correlation: "c" })]);
        await stand.pass(minute);
        broken = false;
        const [letter] = await queue.dead(1);
        await queue.replay(letter!.id);
        await stand.pass(minute);
        expect(heard.map(({ attempt, correlation, input }) => [attempt, correlation, input.n])).toEqual([
          [1, "c", 1],
          [1, "c", 1],
        ]);
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });

      test("refuses what is not there, and what waits already", async () => {
        listen(queue, ({ input }) => (input.n === 1 ? { reason: "broken" } : undefined));
        await queue.enqueue([job(1, { key: "a" })]);
        await stand.pass(minute);
        await expect(queue.replay("nobody")).rejects.toMatchObject({ code: "not_found" });
        await queue.enqueue([job(2, { key: "a", runAt: stand.now() + hour })]);
        const [letter] = await queue.dead(1);
        await expect(queue.replay(letter!.id)).rejects.toMatchObject({ code: "conflict" });
        expect(await queue.counts()).toMatchObject({ pending: 1, dead: 1 });
      });
    });

    describe("recurring jobs", () => {
      const sweep = { job: "test.sweep", input: { n: 7 } };

      test("come again and again, from now on", async () => {
        const heard = listen(queue);
        await queue.repeat("sweep", minute, sweep);
        await stand.pass(10 * minute + 1000);
        expect(heard.length).toBe(11);
        expect(heard.every((turn) => turn.job === "test.sweep" && turn.input.n === 7 && turn.attempt === 1)).toBe(true);
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });

      test("come once however many processes name them", async () => {
        const second = (await stand.open()).queue;
        const third = (await stand.open()).queue;
        const heard = [queue, second, third].map((each) => listen(each));
        await Promise.all([queue, second, third].map((each) => each.repeat("sweep", minute, sweep)));
        await stand.pass(10 * minute + 1000);
        expect(heard.flat().length).toBe(11);
      });

      test("count as one when they were missed", async () => {
        await queue.repeat("sweep", minute, sweep);
        await stand.pass(day);
        const heard = listen(queue);
        await stand.pass(1000);
        expect(heard.length).toBe(1);
        await stand.pass(minute);
        expect(heard.length).toBe(2);
      });

      test("are replaced by naming them again, and not delayed by it", async () => {
        const heard = listen(queue);
        await queue.repeat("sweep", day, sweep);
        await stand.pass(minute);
        await queue.repeat("sweep", minute, { job: "test.sweep", input: { n: 8 } });
        await stand.pass(2 * minute + 1000);
        expect(numbers(heard).slice(0, 2)).toEqual([7, 8]);
        for (let n = 0; n < 4; n++) {
          await queue.repeat("sweep", minute, { job: "test.sweep", input: { n: 9 } });
          await stand.pass(minute / 2);
        }
        expect(numbers(heard).filter((n) => n === 9).length).toBe(2);
      });

      test("go on after a failure, which is a dead letter", async () => {
        const heard = listen(queue, () => ({ reason: "broken" }));
        await queue.repeat("sweep", minute, sweep);
        await stand.pass(2 * minute + 1000);
        expect(heard.length).toBe(3);
        expect((await queue.dead(10)).length).toBe(3);
      });

      test("do not overlap with themselves", async () => {
        const { heard, finish } = hold(queue);
        await queue.repeat("sweep", minute, sweep);
        await stand.pass(10 * minute);
        expect(heard.length).toBe(1);
        finish();
        await stand.pass(minute);
        expect(heard.length).toBe(2);
      });

      test("are replaced while they run, from the next turn on", async () => {
        const { heard, finish } = hold(queue);
        await queue.repeat("sweep", hour, sweep);
        await stand.pass(minute);
        await queue.repeat("sweep", 2 * minute, { job: "test.sweep", input: { n: 8 } });
        finish();
        await stand.pass(3 * minute);
        expect(numbers(heard).slice(0, 2)).toEqual([7, 8]);
      });

      test("refuse a pace below a second", async () => {
        await refused(queue.repeat("sweep", 10, sweep));
        await refused(queue.repeat("sweep", Number.NaN, sweep));
      });
    });

    describe("several processes", () => {
      test("share the work, each job to one of them", async () => {
        const second = (await stand.open()).queue;
        await queue.enqueue(upTo(500).map((n) => job(n)));
        const mine = listen(queue);
        const theirs = listen(second);
        await stand.pass(minute);
        expect(numbers([...mine, ...theirs]).toSorted(ascending)).toEqual(upTo(500));
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });

      test("do not get a turn that is under way, however long it takes", async () => {
        const second = (await stand.open()).queue;
        const { heard, finish } = hold(queue);
        await queue.enqueue([job(1)]);
        await stand.pass(1000);
        const theirs = listen(second);
        await stand.pass(10 * minute);
        finish();
        await stand.pass(minute);
        expect([heard.length, theirs.length]).toEqual([1, 0]);
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });

      test("get the turns of one that was killed, as further tries", async () => {
        const victim = await stand.open();
        const { heard } = hold(victim.queue);
        await victim.queue.enqueue(upTo(5).map((n) => job(n)));
        await stand.pass(1000);
        expect(heard.length).toBe(5);
        victim.crash();
        const theirs = listen(queue);
        await stand.pass(leaseOver);
        expect(theirs.map(({ input, attempt }) => [input.n, attempt])).toEqual(upTo(5).map((n) => [n, 2]));
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });
    });

    describe("stop", () => {
      test("waits for what is under way and takes nothing new", async () => {
        const { heard, finish } = hold(queue);
        await queue.enqueue([job(1)]);
        await stand.pass(1000);
        let stopped = false;
        const stopping = queue.stop(minute).then(() => {
          stopped = true;
        });
        await queue.enqueue([job(2)]);
        await stand.pass(10_000);
        expect(stopped).toBe(false);
        finish();
        await stand.pass(1000);
        expect(stopped).toBe(true);
        await stopping;
        await stand.pass(hour);
        expect(numbers(heard)).toEqual([1]);
        expect(await queue.counts()).toMatchObject({ pending: 1, dead: 0 });
      });

      test("does not wait longer than it was told", async () => {
        hold(queue);
        await queue.enqueue([job(1)]);
        await stand.pass(1000);
        let stopped = false;
        const stopping = queue.stop(5000).then(() => {
          stopped = true;
        });
        await stand.pass(6000);
        expect(stopped).toBe(true);
        await stopping;
        expect(await queue.counts()).toMatchObject({ pending: 1, dead: 0 });
      });

      test("gives back at once what had not begun", async () => {
        const { heard, finish } = hold(queue, (turn) => (turn.input.n as number) <= 60);
        await queue.enqueue(upTo(300).map((n) => job(n)));
        await stand.pass(1000);
        const stopping = queue.stop(minute);
        finish();
        await stand.pass(1000);
        await stopping;
        expect(heard.length).toBeGreaterThan(60);
        const theirs = listen((await stand.open()).queue);
        await stand.pass(2000);
        expect(numbers([...heard, ...theirs]).toSorted(ascending)).toEqual(upTo(300));
        expect(theirs.every(({ attempt }) => attempt === 1)).toBe(true);
      });

      test("is no error when nothing was started, and leaves nothing behind", async () => {
        await queue.stop(1000);
        const heard = listen(queue);
        await queue.stop(1000);
        await queue.enqueue([job(1)]);
        await stand.pass(hour);
        expect(heard).toEqual([]);
      });
    });

    describe("a clock set back by an hour", () => {
      test("neither repeats nor loses a turn", async () => {
        const second = (await stand.open()).queue;
        const { heard, finish } = hold(queue);
        await queue.enqueue([job(1)]);
        await stand.pass(1000);
        const theirs = listen(second);
        await queue.enqueue([job(2, { runAt: stand.now() + 10 * minute })]);
        stand.jump(-hour);
        await queue.enqueue([job(3)]);
        await stand.pass(30 * minute);
        expect(numbers([...heard, ...theirs])).toEqual([1, 3]);
        finish();
        await stand.pass(41 * minute);
        expect(numbers([...heard, ...theirs])).toEqual([1, 3, 2]);
        expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
      });

      test("does not hold up recurring jobs", async () => {
        const heard = listen(queue);
        await queue.repeat("sweep", minute, job(1));
        await stand.pass(5 * minute + 1000);
        const before = heard.length;
        stand.jump(-hour);
        await stand.pass(5 * minute);
        expect(heard.length - before).toBeGreaterThanOrEqual(5);
        expect(heard.length - before).toBeLessThanOrEqual(6);
      });
    });
  });
}

type Numbered = { readonly input: Readonly<Record<string, unknown>> };

const job = (n: number, more: { key?: string; runAt?: number; priority?: number; correlation?: string } = {}) => ({
  job: "test.job",
  input: { n },
  ...more,
});
const upTo = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);
const ascending = (a: number, b: number): number => a - b;
const numbers = (turns: readonly Numbered[]): number[] => turns.map(({ input }) => input.n as number);
const again = (retryAt: number): Failure => ({ retryAt, reason: "not yet" });

const refused = (attempt: Promise<void>): Promise<void> =>
  expect(attempt).rejects.toMatchObject({ name: "AppError", code: "invalid" });

/** Starts the queue with work that ends at once, and answers the turns it hears. */
function listen(queue: Queue, answer: (turn: Turn) => Failure | undefined = () => undefined): Turn[] {
  const heard: Turn[] = [];
  queue.start(async (turn) => {
    heard.push(turn);
    return answer(turn);
  });
  return heard;
}

/** Starts the queue with work that lasts until `finish`, and is over at once from then on; so it is for `quick` turns before. */
function hold(queue: Queue, quick: (turn: Turn) => boolean = () => false): { readonly heard: Turn[]; finish(): void } {
  const heard: Turn[] = [];
  const over = Promise.withResolvers<undefined>();
  const work: Worker = (turn) => {
    heard.push(turn);
    return quick(turn) ? Promise.resolve(undefined) : over.promise;
  };
  queue.start(work);
  return { heard, finish: () => over.resolve(undefined) };
}
