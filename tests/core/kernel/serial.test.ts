// Work in turn: in order under one key, side by side under others, and on after a failure.
import { describe, expect, it } from "@jest/globals";
import { inTurns } from "../../../src/core/kernel/serial.ts";

describe("inTurn", () => {
  it("runs what shares a key one after the other, in order", async () => {
    const inTurn = inTurns();
    const log: string[] = [];
    const work = (name: string, rounds: number) => async () => {
      log.push(`${name} begins`);
      for (let round = 0; round < rounds; round++) await Promise.resolve();
      log.push(`${name} ends`);
      return name;
    };
    const answers = Promise.all([inTurn("k", work("a", 9)), inTurn("k", work("b", 1)), inTurn("k", work("c", 4))]);
    expect(await answers).toEqual(["a", "b", "c"]);
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("lets other keys pass", async () => {
    const inTurn = inTurns();
    const slow = Promise.withResolvers<string>();
    const waiting = inTurn("slow", () => slow.promise);
    expect(await inTurn("quick", async () => "quick")).toBe("quick");
    slow.resolve("slow");
    expect(await waiting).toBe("slow");
  });

  it("hands a failure to its own caller alone, also one that is thrown at once", async () => {
    const inTurn = inTurns();
    const failed = inTurn("k", async () => {
      throw new Error("first");
    });
    const thrown = inTurn("k", () => {
      throw new Error("second");
    });
    const after = inTurn("k", async () => "third");
    await expect(failed).rejects.toThrow("first");
    await expect(thrown).rejects.toThrow("second");
    expect(await after).toBe("third");
  });

  it("takes work that is added while the last of its key ends", async () => {
    const inTurn = inTurns();
    const log: number[] = [];
    const add = (n: number): Promise<void> =>
      inTurn("k", async () => {
        log.push(n);
        if (n < 5) void add(n + 1);
      });
    await add(1);
    await inTurn("k", async () => {});
    while (log.length < 5) await Promise.resolve();
    expect(log).toEqual([1, 2, 3, 4, 5]);
  });
});
