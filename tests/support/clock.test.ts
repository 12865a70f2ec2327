// The clock that the house's tests rely on.
import { describe, expect, it } from "@jest/globals";
import { testClock } from "./clock.ts";

describe("testClock", () => {
  it("stands still until it is advanced", async () => {
    const clock = testClock("2026-03-02T09:00:00Z");
    expect(new Date(clock.now()).toISOString()).toBe("2026-03-02T09:00:00.000Z");
    await clock.advance(1500);
    expect(new Date(clock.now()).toISOString()).toBe("2026-03-02T09:00:01.500Z");
    expect(() => testClock("tomorrow")).toThrow("tomorrow");
  });

  it("runs timers in order, each at its own instant, with those set meanwhile", async () => {
    const clock = testClock();
    const start = clock.now();
    const rang: [string, number][] = [];
    const ring = (name: string, ms: number) => clock.after(ms, () => rang.push([name, clock.now() - start]));
    ring("c", 300);
    ring("a", 100);
    ring("a too", 100);
    clock.after(200, () => {
      rang.push(["b", clock.now() - start]);
      ring("b, later", 50);
      ring("too late", 150);
    });
    await clock.advance(300);
    expect(rang).toEqual([
      ["a", 100],
      ["a too", 100],
      ["b", 200],
      ["b, later", 250],
      ["c", 300],
    ]);
    expect(clock.waiting).toBe(1);
    await clock.advance(50);
    expect(rang.at(-1)).toEqual(["too late", 350]);
  });

  it("lets what a timer starts settle before the next one rings", async () => {
    const clock = testClock();
    const said: string[] = [];
    clock.after(10, () => {
      void (async () => {
        for (let n = 0; n < 50; n++) await null;
        await new Promise((resolve) => setImmediate(resolve));
        await new Promise((resolve) => setImmediate(resolve));
        said.push("first is over");
      })();
    });
    clock.after(11, () => said.push("second begins"));
    await clock.advance(20);
    expect(said).toEqual(["first is over", "second begins"]);
  });

  it("runs a due timer of no length without time passing", async () => {
    const clock = testClock();
    const start = clock.now();
    const rang: number[] = [];
    clock.after(0, () => rang.push(clock.now() - start));
    clock.after(-5, () => rang.push(clock.now() - start));
    expect(rang).toEqual([]);
    await clock.advance(0);
    expect(rang).toEqual([0, 0]);
  });

  it("forgets a timer that was cancelled, even by one of the same instant", async () => {
    const clock = testClock();
    const rang: string[] = [];
    clock.after(10, () => {
      rang.push("first");
      cancel();
    });
    const cancel = clock.after(10, () => rang.push("second"));
    await clock.advance(10);
    cancel();
    expect(rang).toEqual(["first"]);
    expect(clock.waiting).toBe(0);
  });

  it("takes calls made at once one after the other", async () => {
    const clock = testClock();
    const start = clock.now();
    await Promise.all([clock.advance(1000), clock.advance(500), clock.advanceTo(start + 4000)]);
    expect(clock.now() - start).toBe(4000);
    await clock.advanceTo("2026-03-02T10:00:00Z");
    expect(clock.now()).toBe(Date.parse("2026-03-02T10:00:00Z"));
  });

  it("does not go back by advancing", async () => {
    const clock = testClock();
    await expect(clock.advance(-1)).rejects.toThrow();
    await expect(clock.advance(Number.NaN)).rejects.toThrow();
    await expect(clock.advanceTo(clock.now() - 1)).rejects.toThrow();
    await clock.advance(1);
  });

  it("can be set back and forth, which timers do not notice", async () => {
    const clock = testClock();
    const start = clock.now();
    const rang: number[] = [];
    clock.after(1000, () => rang.push(clock.now() - start));
    clock.jump(-3_600_000);
    expect(clock.now() - start).toBe(-3_600_000);
    await clock.advance(999);
    expect(rang).toEqual([]);
    await clock.advance(1);
    expect(rang).toEqual([-3_599_000]);
  });

  it("says so when a timer sets itself again without end", async () => {
    const clock = testClock(undefined, { rounds: 0 });
    const again = (): void => void clock.after(0, again);
    again();
    await expect(clock.advance(1)).rejects.toThrow("timers");
  });
});
