// The machine's clock: timers of any length, and which of them keep the process alive.
import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { systemClock } from "../../src/adapters/clock.ts";

const day = 24 * 60 * 60 * 1000;

describe("systemClock", () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void jest.useRealTimers());

  it("tells the time in milliseconds", () => {
    expect(systemClock().now()).toBe(1_000_000);
  });

  it.each([0, 1, 20_000, 24 * day, 25 * day, 100 * day, 5 * 365 * day])("calls back once, after %d ms", (ms) => {
    let calls = 0;
    systemClock().after(ms, () => calls++);
    if (ms > 0) jest.advanceTimersByTime(ms - 1);
    expect(calls).toBe(0);
    jest.advanceTimersByTime(1);
    expect(calls).toBe(1);
    jest.advanceTimersByTime(10 * 365 * day);
    expect(calls).toBe(1);
  });

  it("does not call back when it was cancelled, in whichever part of the wait", () => {
    let calls = 0;
    const clock = systemClock();
    const cancel = clock.after(60 * day, () => calls++);
    clock.after(10, () => calls++)();
    jest.advanceTimersByTime(50 * day);
    cancel();
    jest.advanceTimersByTime(50 * day);
    expect(calls).toBe(0);
  });

  it("never calls back before it returns", () => {
    let calls = 0;
    systemClock().after(-5, () => calls++);
    expect(calls).toBe(0);
    jest.advanceTimersByTime(1);
    expect(calls).toBe(1);
  });
});

describe("a process with nothing else to do", () => {
  const url = new URL("../../src/adapters/clock.ts", import.meta.url).href;
  const run = (ms: number) => {
    const script = `import { systemClock } from ${JSON.stringify(url)}; systemClock().after(${ms}, () => process.stdout.write("rang"));`;
    return spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", timeout: 25_000 });
  };

  it("stays for what is near, and does not for what is far off", () => {
    expect(run(50)).toMatchObject({ status: 0, stdout: "rang" });
    expect(run(40 * day)).toMatchObject({ status: 0, stdout: "" });
    expect(run(20_000)).toMatchObject({ status: 0, stdout: "" });
  });
});
