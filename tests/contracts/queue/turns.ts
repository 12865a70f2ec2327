// How jobs get their turn: when, in which order, once a key, and not when taken back.
import { describe, expect } from "@jest/globals";
import {
  again,
  ascending,
  day,
  hold,
  hour,
  job,
  listen,
  minute,
  numbers,
  type QueueTest,
  refused,
  upTo,
} from "./stand.ts";

const year = 365 * day;

export function turnsContract(test: QueueTest): void {
  describe("a job's turn", () => {
    test("is given once, with what was enqueued", async ({ queue, stand }) => {
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

    test("carries a correlation id of its own when none was given", async ({ queue, stand }) => {
      const heard = listen(queue);
      await queue.enqueue([job(1), job(2)]);
      await stand.pass(minute);
      expect(new Set(heard.map(({ correlation }) => correlation)).size).toBe(2);
      expect(heard.every(({ correlation }) => correlation.length > 0)).toBe(true);
    });

    test("is given to each of many enqueued at once", async ({ queue, stand }) => {
      const heard = listen(queue);
      await queue.enqueue([]);
      await queue.enqueue(upTo(250).map((n) => job(n)));
      await stand.pass(minute);
      expect(numbers(heard).toSorted(ascending)).toEqual(upTo(250));
    });

    test("waits for a queue that is started later", async ({ queue, stand }) => {
      await queue.enqueue([job(1)]);
      await stand.pass(hour);
      expect(await queue.counts()).toMatchObject({ pending: 1, dead: 0 });
      const heard = listen(queue);
      await stand.pass(minute);
      expect(numbers(heard)).toEqual([1]);
    });

    test("comes to the process that runs jobs when another one enqueued it", async ({ queue, stand }) => {
      const heard = listen(queue);
      const other = (await stand.open()).queue;
      await stand.pass(minute);
      await other.enqueue([job(1)]);
      await stand.pass(2000);
      expect(numbers(heard)).toEqual([1]);
    });
  });

  describe("due times", () => {
    test("are kept to the moment", async ({ queue, stand }) => {
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

    test("may be five years off, and no further", async ({ stand }) => {
      const { queue } = await stand.open({ alone: true });
      const heard = listen(queue);
      const runAt = stand.now() + 5 * year;
      await queue.enqueue([job(1, { runAt })]);
      await refused(queue.enqueue([job(2, { runAt: runAt + 40 * day })]));
      await refused(queue.enqueue([job(3, { runAt: Number.NaN })]));
      await stand.pass(5 * year - 1);
      expect(heard).toEqual([]);
      await stand.pass(1);
      expect(numbers(heard)).toEqual([1]);
    });

    test("are kept by a process that is alone, one after the other", async ({ stand }) => {
      const { queue } = await stand.open({ alone: true });
      const heard: [number, number][] = [];
      queue.start(async ({ input }) => {
        heard.push([input.n as number, stand.now()]);
        return input.n === 2 ? new Promise(() => undefined) : undefined;
      });
      const start = stand.now();
      const each = upTo(20).map((n) => job(n, { runAt: start + n * hour }));
      await stand.pass(0);
      for (const one of each.toReversed()) await queue.enqueue([one]);
      await stand.pass(0);
      expect(heard).toEqual([]);
      await stand.pass(day);
      expect(heard).toEqual(upTo(20).map((n) => [n, start + n * hour]));
    });

    test("in the past mean now", async ({ queue, stand }) => {
      const heard = listen(queue);
      await queue.enqueue([job(1, { runAt: stand.now() - day })]);
      await stand.pass(1000);
      expect(numbers(heard)).toEqual([1]);
    });
  });

  describe("order", () => {
    test("is by priority, then by due time, then by arrival", async ({ queue, stand }) => {
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

    test("holds behind a long backlog", async ({ queue, stand }) => {
      await queue.enqueue(upTo(700).map((n) => job(n, { runAt: stand.now() - hour + n })));
      await queue.enqueue([job(0, { priority: 2 })]);
      const heard = listen(queue);
      await stand.pass(minute);
      expect(numbers(heard)).toEqual([0, ...upTo(700)]);
    });

    test("knows priorities from 0 to 9", async ({ queue }) => {
      await refused(queue.enqueue([job(1, { priority: 10 })]));
      await refused(queue.enqueue([job(1, { priority: -1 })]));
      await refused(queue.enqueue([job(1, { priority: 2.5 })]));
      expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
    });
  });

  describe("keys", () => {
    test("keep a job from being added twice while it waits", async ({ queue, stand }) => {
      await queue.enqueue([job(1, { key: "a" }), job(2, { key: "a" }), job(3, { key: "b" })]);
      await queue.enqueue([job(4, { key: "b" }), job(5, { key: "c" }), job(6)]);
      const heard = listen(queue);
      await stand.pass(minute);
      expect(numbers(heard)).toEqual([1, 3, 5, 6]);
    });

    test("keep it from being added while it runs, and no longer", async ({ queue, stand }) => {
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

    test("hold while a failed job waits for its next try", async ({ queue, stand }) => {
      const heard = listen(queue, (turn) => (turn.attempt === 1 ? again(stand.now() + hour) : undefined));
      await queue.enqueue([job(1, { key: "a" })]);
      await stand.pass(minute);
      await queue.enqueue([job(2, { key: "a" })]);
      await stand.pass(2 * hour);
      expect(numbers(heard)).toEqual([1, 1]);
    });

    test("hold between processes that enqueue at once", async ({ queue, stand }) => {
      const other = (await stand.open()).queue;
      const keyed = upTo(40).map((n) => job(n, { key: `k${n}` }));
      await Promise.all([queue.enqueue(keyed), other.enqueue(keyed.toReversed()), queue.enqueue(keyed.slice(20))]);
      expect(await queue.counts()).toMatchObject({ pending: 40, dead: 0 });
    });

    test("have at most 200 characters", async ({ queue }) => {
      await refused(queue.enqueue([job(1, { key: "k".repeat(201) })]));
      await refused(queue.enqueue([job(1, { key: "" })]));
      await queue.enqueue([job(1, { key: "k".repeat(200) })]);
      expect(await queue.counts()).toMatchObject({ pending: 1, dead: 0 });
    });
  });

  describe("cancel", () => {
    test("takes back what waits, and frees its key", async ({ queue, stand }) => {
      await queue.enqueue([job(1, { key: "a", runAt: stand.now() + hour }), job(2, { key: "b" })]);
      await queue.cancel("a");
      await queue.cancel("a");
      await queue.cancel("never there");
      await queue.enqueue([job(3, { key: "a" })]);
      const heard = listen(queue);
      await stand.pass(2 * hour);
      expect(numbers(heard).toSorted(ascending)).toEqual([2, 3]);
    });

    test("lets go on what runs", async ({ queue, stand }) => {
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
}
