// Several processes, crashes, stops and clocks that are set.
import { describe, expect } from "@jest/globals";
import { ascending, hold, hour, job, listen, minute, numbers, type QueueTest, upTo } from "./stand.ts";

/** After this long (ms) a dead process's turn has been given again. */
const leaseOver = 35_000;

export function processesContract(test: QueueTest): void {
  describe("several processes", () => {
    test("share the work, each job to one of them", async ({ queue, stand }) => {
      const second = (await stand.open()).queue;
      await queue.enqueue(upTo(500).map((n) => job(n)));
      const mine = listen(queue);
      const theirs = listen(second);
      await stand.pass(minute);
      expect(numbers([...mine, ...theirs]).toSorted(ascending)).toEqual(upTo(500));
      // The last ends are written behind the turns.
      await stand.pass(1000);
      expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
    });

    test("do not get a turn that is under way, however long it takes", async ({ queue, stand }) => {
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

    test("get the turns of one that was killed, as further tries", async ({ queue, stand }) => {
      const victim = await stand.open();
      const { heard } = hold(victim.queue);
      await victim.queue.enqueue(upTo(5).map((n) => job(n)));
      await stand.pass(1000);
      expect(heard.length).toBe(5);
      victim.crash();
      const theirs = listen(queue);
      await stand.pass(leaseOver);
      expect(numbers(theirs).toSorted(ascending)).toEqual(upTo(5));
      expect(theirs.every(({ attempt }) => attempt === 2)).toBe(true);
      expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
    });
  });

  describe("stop", () => {
    test("waits for what is under way and takes nothing new", async ({ queue, stand }) => {
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

    test("does not wait longer than it was told", async ({ queue, stand }) => {
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

    test("gives back at once what had not begun", async ({ queue, stand }) => {
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

    test("is no error when nothing was started, and leaves nothing behind", async ({ queue, stand }) => {
      await queue.stop(1000);
      const heard = listen(queue);
      await queue.stop(1000);
      await queue.enqueue([job(1)]);
      await stand.pass(hour);
      expect(heard).toEqual([]);
    });
  });

  describe("a clock set back by an hour", () => {
    test("neither repeats nor loses a turn", async ({ queue, stand }) => {
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

    test("does not hold up recurring jobs", async ({ queue, stand }) => {
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
}
