// What becomes of turns that fail: further tries, dead letters, replays.
import { describe, expect } from "@jest/globals";
import { again, hour, job, listen, minute, numbers, type QueueTest, upTo } from "./stand.ts";

export function failuresContract(test: QueueTest): void {
  describe("failure", () => {
    test("is tried again at the time that was answered, counting the tries", async ({ queue, stand }) => {
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

    test("is tried again to the moment by a process that is alone", async ({ stand }) => {
      const { queue } = await stand.open({ alone: true });
      const start = stand.now();
      const tries: number[] = [];
      queue.start(async ({ attempt }) => {
        tries.push(stand.now() - start);
        return attempt === 1 ? again(start + 12_345) : undefined;
      });
      await queue.enqueue([job(1)]);
      await stand.pass(hour);
      expect(tries).toEqual([0, 12_345]);
    });

    test("without another try is a dead letter", async ({ queue, stand }) => {
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

    test("by throwing is a dead letter, and harms nobody else", async ({ queue, stand }) => {
      const heard = listen(queue, ({ input }) => {
        if (input.n === 2) throw new Error("a worker never throws");
        return undefined;
      });
      await queue.enqueue(upTo(3).map((n) => job(n)));
      await stand.pass(minute);
      expect(numbers(heard)).toEqual([1, 2, 3]);
      expect((await queue.dead(10)).map(({ input }) => input)).toEqual([{ n: 2 }]);
    });

    test("is listed latest first", async ({ queue, stand }) => {
      listen(queue, () => ({ reason: "broken" }));
      for (const n of upTo(4)) {
        await queue.enqueue([job(n)]);
        await stand.pass(minute);
      }
      expect(numbers(await queue.dead(3))).toEqual([4, 3, 2]);
    });
  });

  describe("counts", () => {
    test("tell what waits, what of it is due or under way, and what died", async ({ queue, stand }) => {
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
    test("gives a dead letter its turn again, from the first try", async ({ queue, stand }) => {
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

    test("refuses what is not there, and what waits already", async ({ queue, stand }) => {
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
}
