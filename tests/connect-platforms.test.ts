// Connecting chat apps: patience with those that don't answer, an end with those that refuse.
import { describe, expect, it } from "@jest/globals";
import { connectPlatforms } from "../src/connect-platforms.ts";
import { AppError, type ErrorCode } from "../src/core/errors.ts";
import type { LineState, Platform } from "../src/core/ports/platform.ts";
import { testClock } from "./support/clock.ts";
import { type LogLine, recordingLog } from "./support/world.ts";

const platform = { name: "telegram" } as Platform;
const failing = (code: ErrorCode, retryAfter?: number) => new AppError(code, "no", { detail: { retryAfter } });

function connecting(outcomes: readonly (Error | "hangs" | "ok")[]) {
  const clock = testClock();
  const troubles: LogLine[] = [];
  const attempts: number[] = [];
  const begun = clock.now();
  let tell: (state: LineState) => void = () => undefined;
  const connections = connectPlatforms({
    platforms: [platform],
    clock,
    log: recordingLog(troubles),
    start(_, told) {
      tell = told;
      const outcome = outcomes[attempts.length] ?? "ok";
      attempts.push(clock.now() - begun);
      if (outcome === "hangs") return new Promise(() => undefined);
      return outcome === "ok" ? Promise.resolve() : Promise.reject(outcome);
    },
  });
  return { ...connections, clock, troubles, attempts, told: (state: LineState) => tell(state) };
}

describe("a chat app", () => {
  it("that answers is connected when it has been tried", async () => {
    const { open, stateOf, troubles } = connecting(["ok"]);
    await open(3000);
    expect([stateOf("telegram"), stateOf("slack")]).toEqual(["on", undefined]);
    expect(troubles).toEqual([]);
  });

  it("that does not answer is tried again after 2, 4, 8 … 60 s, and said once", async () => {
    const { open, stateOf, clock, troubles, attempts } = connecting(Array(8).fill(failing("unavailable")));
    await open(3000);
    expect(stateOf("telegram")).toBe("connecting");
    await clock.advance(300_000);
    expect(attempts.map((at) => at / 1000)).toEqual([0, 2, 6, 14, 30, 62, 122, 182, 242]);
    expect(stateOf("telegram")).toBe("on");
    expect(troubles.map(({ level, message }) => [level, message])).toEqual([
      ["warn", "Telegram does not answer; PeerSpark keeps trying"],
    ]);
    expect(clock.waiting).toBe(0);
  });

  it("that asks to wait is waited for", async () => {
    const { open, clock, attempts } = connecting([failing("rate_limited", 25_000)]);
    await open(3000);
    await clock.advance(60_000);
    expect(attempts).toEqual([0, 25_000]);
  });

  it("that says nothing at all is not waited for", async () => {
    const { open, stateOf, clock } = connecting(["hangs"]);
    const over = open(3000);
    await clock.advance(3000);
    await over;
    expect(stateOf("telegram")).toBe("connecting");
  });

  it.each(["forbidden", "invalid", "conflict"] as const)(
    "that refuses (%s) ends it, at once or later",
    async (code) => {
      const refusal = failing(code);
      const first = connecting([refusal]);
      await expect(first.open(3000)).rejects.toBe(refusal);
      const later = connecting([failing("unavailable"), refusal]);
      await later.open(3000);
      const refused = expect(later.refused).rejects.toBe(refusal);
      await later.clock.advance(2000);
      await refused;
      expect(later.attempts).toHaveLength(2);
    },
  );

  it("whose connection is cut is not on until it is back", async () => {
    const { open, stateOf, told } = connecting(["ok"]);
    await open(3000);
    told("down");
    expect(stateOf("telegram")).toBe("connecting");
    told("up");
    expect(stateOf("telegram")).toBe("on");
  });

  it("whose connection has ended is connected anew where that can mend it", async () => {
    const { open, stateOf, told, clock, attempts, troubles } = connecting(["ok", failing("unavailable"), "ok"]);
    await open(3000);
    told({ ended: failing("unavailable") });
    expect(stateOf("telegram")).toBe("connecting");
    await clock.advance(10_000);
    expect(attempts).toEqual([0, 2000, 6000]);
    expect(stateOf("telegram")).toBe("on");
    expect(troubles).toHaveLength(1);
  });

  it("whose connection has ended for good ends it", async () => {
    const { open, refused, told, attempts } = connecting(["ok"]);
    await open(3000);
    const refusal = failing("forbidden");
    told({ ended: refusal });
    await expect(refused).rejects.toBe(refusal);
    expect(attempts).toHaveLength(1);
  });

  it("is left alone after the end", async () => {
    const { open, stop, clock, attempts } = connecting([failing("unavailable")]);
    await open(3000);
    stop();
    await clock.advance(100_000);
    expect(attempts).toEqual([0]);
    expect(clock.waiting).toBe(0);
  });
});
