// The edge that runs jobs: parsing, context, what a failure means, what is logged.
import { beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { AppError, type ErrorCode } from "../../src/core/errors.ts";
import { houseOf } from "../../src/core/kernel/feature.ts";
import type { Context } from "../../src/core/kernel/house.ts";
import { defaultRetry, defineJob } from "../../src/core/kernel/job.ts";
import type { Log } from "../../src/core/ports/log.ts";
import type { Queue, Turn } from "../../src/core/ports/queue.ts";
import { registerRecurring, worker } from "../../src/jobs/work.ts";
import { type TestClock, testClock } from "../support/clock.ts";
import { seededSecrets } from "../support/secrets.ts";

interface Line {
  readonly level: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly error?: unknown;
}

describe("worker", () => {
  let clock: TestClock;
  let lines: Line[];
  let ran: { readonly ctx: Context; readonly input: unknown; readonly turn: unknown }[];
  let outcome: () => Promise<void>;

  const greet = defineJob({
    name: "pod.greet",
    input: z.object({ who: z.string().max(10), times: z.number().default(1) }),
    async run(ctx, input, turn) {
      ran.push({ ctx, input, turn });
      await outcome();
    },
  });
  const impatient = defineJob({
    name: "pod.impatient",
    input: z.object({}),
    retry: [1000],
    run: () => outcome(),
  });
  const sweep = defineJob({ name: "pod.sweep", input: z.object({}), every: 60_000, run: async () => undefined });
  const house = houseOf([{ name: "pods", jobs: [greet, impatient, sweep] }]);

  beforeEach(() => {
    clock = testClock();
    lines = [];
    ran = [];
    outcome = async () => undefined;
  });

  const run = (turn: Partial<Turn> = {}) => {
    const absent = {
      store: undefined as never,
      queue: undefined as never,
      files: undefined as never,
      messenger: undefined as never,
    };
    const rest = { clock, secrets: seededSecrets(clock), log: recording(lines), house };
    const work = worker({ ...absent, ...rest, inTurn: (_key, doIt) => doIt() });
    const plain = { id: "t1", job: "pod.greet", input: { who: "ada" }, correlation: "c1", runAt: 7, attempt: 1 };
    return work({ ...plain, ...turn });
  };
  const failing = (error: unknown) => {
    outcome = () => Promise.reject(error);
  };

  it("runs the job with its input parsed and the correlation of what caused it", async () => {
    expect(await run({ attempt: 2 })).toBeUndefined();
    expect(ran).toMatchObject([
      { input: { who: "ada", times: 1 }, turn: { attempt: 2, runAt: 7 }, ctx: { correlation: "c1" } },
    ]);
    ran[0]!.ctx.log.info({ n: 1 }, "greeted");
    expect(lines).toEqual([
      { level: "info", fields: { correlation: "c1", job: "pod.greet", n: 1 }, message: "greeted", error: undefined },
    ]);
  });

  it("gives up at once on a job that the house does not know", async () => {
    expect(await run({ job: "pod.gone" })).toEqual({ reason: expect.stringContaining("pod.gone") });
  });

  it("gives up at once on an input that does not fit, and repeats none of it", async () => {
    const failure = await run({ input: { who: "a secret that is too long" } });
    expect(failure).toEqual({ reason: expect.stringContaining("who") });
    expect(ran).toEqual([]);
    expect(JSON.stringify([failure, lines, String(lines[0]?.error)])).not.toContain("secret");
  });

  const hopeless: ErrorCode[] = ["invalid", "not_found", "forbidden", "unsupported"];
  it.each(hopeless)("gives up at once on %s", async (code) => {
    failing(new AppError(code, "No."));
    expect(await run()).toEqual({ reason: `${code}: No.` });
  });

  const passing: ErrorCode[] = ["conflict", "unavailable", "rate_limited"];
  it.each(passing)("tries %s again, longer apart each time, and gives up in the end", async (code) => {
    failing(new AppError(code, "Later."));
    for (const [index, wait] of defaultRetry.entries()) {
      const failure = await run({ attempt: index + 1 });
      expect(failure!.retryAt! - clock.now()).toBeGreaterThanOrEqual(wait);
      expect(failure!.retryAt! - clock.now()).toBeLessThanOrEqual(wait * 1.2);
    }
    expect(await run({ attempt: defaultRetry.length + 1 })).toEqual({ reason: `${code}: Later.` });
  });

  it("waits as long as the other side asked for, if that is longer", async () => {
    failing(new AppError("rate_limited", "Slowly.", { detail: { retryAfter: 90_000 } }));
    expect((await run())!.retryAt).toBe(clock.now() + 90_000);
    failing(new AppError("rate_limited", "Slowly.", { detail: { retryAfter: 10 } }));
    expect((await run())!.retryAt).toBeGreaterThanOrEqual(clock.now() + defaultRetry[0]);
  });

  it("spreads jobs that failed together", async () => {
    failing(new AppError("unavailable", "Away."));
    const ids = Array.from({ length: 20 }, (_, n) => `t${n}`);
    const times = await Promise.all(ids.map(async (id) => (await run({ id }))!.retryAt));
    expect(new Set(times).size).toBeGreaterThan(10);
  });

  it("tries an unknown error again, naming its kind alone", async () => {
    failing(new TypeError("cannot read 'dear diary'"));
    expect(await run()).toEqual({ reason: "TypeError", retryAt: expect.any(Number) });
  });

  it("keeps to the waits that the job itself declares", async () => {
    failing(new Error("no"));
    expect((await run({ job: "pod.impatient", input: {} }))!.retryAt).toBeLessThanOrEqual(clock.now() + 1200);
    expect((await run({ job: "pod.impatient", input: {}, attempt: 2 }))!.retryAt).toBeUndefined();
  });

  it("gives up on a job whose process died at every try, without another", async () => {
    expect(await run({ attempt: defaultRetry.length + 2 })).toEqual({ reason: expect.stringContaining("died") });
    expect(ran).toEqual([]);
  });

  it("gives up waiting for a job that hangs, and tries it again", async () => {
    outcome = () => new Promise(() => undefined);
    const failure = run();
    await clock.advance(299_999);
    expect(lines).toEqual([]);
    await clock.advance(1);
    expect(await failure).toEqual({ reason: expect.stringContaining("unavailable"), retryAt: expect.any(Number) });
    expect(clock.waiting).toBe(0);
  });

  it("logs a failure once, with the correlation id: a warning while there is hope, an error after it", async () => {
    const error = new Error("no");
    failing(error);
    await run();
    await run({ attempt: defaultRetry.length + 1 });
    const fields = { correlation: "c1", job: "pod.greet", reason: "Error" };
    expect(lines).toEqual([
      {
        level: "warn",
        error,
        message: expect.any(String),
        fields: { ...fields, attempt: 1, retryAt: expect.any(Number) },
      },
      {
        level: "error",
        error,
        message: expect.any(String),
        fields: { ...fields, attempt: defaultRetry.length + 1, retryAt: undefined },
      },
    ]);
    lines.length = 0;
    outcome = async () => undefined;
    await run();
    expect(lines).toEqual([]);
  });

  it("registers the recurring jobs, and those alone", async () => {
    const repeated: unknown[] = [];
    const queue = { repeat: async (...given: unknown[]) => void repeated.push(given) } as unknown as Queue;
    await registerRecurring({ house, queue });
    expect(repeated).toEqual([
      ["outbox.sweep", 30_000, { job: "outbox.sweep", input: {} }],
      ["outbox.forget", 86_400_000, { job: "outbox.forget", input: {} }],
      ["pod.sweep", 60_000, { job: "pod.sweep", input: {} }],
    ]);
  });
});

function recording(lines: Line[], carried: Readonly<Record<string, unknown>> = {}): Log {
  const at = (level: string) => (fields: object, message: string, error?: unknown) =>
    void lines.push({ level, fields: { ...carried, ...fields }, message, error });
  const levels = { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
  return { ...levels, with: (fields) => recording(lines, { ...carried, ...fields }) };
}
