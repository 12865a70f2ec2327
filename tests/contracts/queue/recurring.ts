// Jobs that come again and again.
import { describe, expect } from "@jest/globals";
import { day, hold, hour, listen, minute, numbers, type QueueTest, refused } from "./stand.ts";

export function recurringContract(test: QueueTest): void {
  describe("recurring jobs", () => {
    const sweep = { job: "test.sweep", input: { n: 7 } };

    test("come again and again, from now on", async ({ queue, stand }) => {
      const heard = listen(queue);
      await queue.repeat("sweep", minute, sweep);
      await stand.pass(10 * minute + 1000);
      expect(heard.length).toBe(11);
      expect(heard.every((turn) => turn.job === "test.sweep" && turn.input.n === 7 && turn.attempt === 1)).toBe(true);
      expect(await queue.counts()).toMatchObject({ pending: 0, dead: 0 });
    });

    test("begin at once", async ({ stand }) => {
      const { queue } = await stand.open({ alone: true });
      const heard = listen(queue);
      await stand.pass(minute);
      await queue.repeat("sweep", hour, sweep);
      await stand.pass(0);
      expect(heard.length).toBe(1);
    });

    test("come once however many processes name them", async ({ queue, stand }) => {
      const second = (await stand.open()).queue;
      const third = (await stand.open()).queue;
      const heard = [queue, second, third].map((each) => listen(each));
      await Promise.all([queue, second, third].map((each) => each.repeat("sweep", minute, sweep)));
      await stand.pass(10 * minute + 1000);
      expect(heard.flat().length).toBe(11);
    });

    test("count as one when they were missed", async ({ queue, stand }) => {
      await queue.repeat("sweep", minute, sweep);
      await stand.pass(day);
      const heard = listen(queue);
      await stand.pass(1000);
      expect(heard.length).toBe(1);
      await stand.pass(minute);
      expect(heard.length).toBe(2);
    });

    test("are replaced by naming them again, and not delayed by it", async ({ queue, stand }) => {
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

    test("go on after a failure, which is a dead letter", async ({ queue, stand }) => {
      const heard = listen(queue, () => ({ reason: "broken" }));
      await queue.repeat("sweep", minute, sweep);
      await stand.pass(2 * minute + 1000);
      expect(heard.length).toBe(3);
      const [letter] = await queue.dead(10);
      expect(letter).toMatchObject({ job: "test.sweep", input: { n: 7 }, reason: "broken" });
      await queue.replay(letter!.id);
      await stand.pass(1000);
      expect(heard.length).toBe(4);
      await stand.pass(minute);
      expect(heard.length).toBe(5);
    });

    test("do not overlap with themselves", async ({ queue, stand }) => {
      const { heard, finish } = hold(queue);
      await queue.repeat("sweep", minute, sweep);
      await stand.pass(10 * minute);
      expect(heard.length).toBe(1);
      finish();
      await stand.pass(minute);
      expect(heard.length).toBe(2);
    });

    test("are replaced while they run, from the next turn on", async ({ queue, stand }) => {
      const { heard, finish } = hold(queue);
      await queue.repeat("sweep", hour, sweep);
      await stand.pass(minute);
      await queue.repeat("sweep", 2 * minute, { job: "test.sweep", input: { n: 8 } });
      finish();
      await stand.pass(3 * minute);
      expect(numbers(heard).slice(0, 2)).toEqual([7, 8]);
    });

    test("refuse a pace below a second", async ({ queue }) => {
      await refused(queue.repeat("sweep", 10, sweep));
      await refused(queue.repeat("sweep", Number.NaN, sweep));
    });
  });
}
