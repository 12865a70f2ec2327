// The edge that runs jobs: finds the job, parses its input, runs it, and decides what a failure means.
import { AppError, isStoreAway } from "../core/errors.ts";
import type { AnyJob, Context } from "../core/kernel/house.ts";
import { defaultRetry } from "../core/kernel/job.ts";
import { spread } from "../core/kernel/spread.ts";
import type { Failure, Turn, Worker } from "../core/ports/queue.ts";

/** A turn that takes longer (ms) counts as failed; what it still does goes unheard. */
const longest = 5 * 60_000;

type Base = Omit<Context, "correlation">;

export function worker(base: Base): Worker {
  return async (turn) => {
    const log = base.log.with({ correlation: turn.correlation, job: turn.job });
    const ctx: Context = { ...base, log, correlation: turn.correlation };
    const job = base.house.jobs.get(turn.job);
    try {
      if (!job) throw new AppError("unsupported", `there is no job ${turn.job}`);
      if (turn.attempt > waitsOf(job).length + 1) throw new AppError("unsupported", "its process died at every try");
      await within(longest, base, job.run(ctx, inputOf(job, turn), { attempt: turn.attempt, runAt: turn.runAt }));
      return undefined;
    } catch (error) {
      const failure = failureOf(error, waitsOf(job), turn, base.clock.now());
      const fields = { attempt: turn.attempt, reason: failure.reason, retryAt: failure.retryAt };
      if (failure.retryAt === undefined) return giveUp(ctx, job, turn, failure, error);
      if (!isStoreAway(error)) log.warn(fields, "a job is tried again", error);
      return failure;
    }
  };
}

/** Has every job with `every` run again and again, once however many processes register it. */
export async function registerRecurring({ house, queue }: Pick<Base, "house" | "queue">): Promise<void> {
  const recurring = [...house.jobs.values()].map(async ({ name, every, request }) => {
    if (every !== undefined) await queue.repeat(name, every, request({}));
  });
  await Promise.all(recurring);
}

/** What it leaves behind in the store goes first: should that fail, it is tried again. */
async function giveUp(ctx: Context, job: AnyJob | undefined, turn: Turn, failure: Failure, cause: unknown) {
  ctx.log.error({ attempt: turn.attempt, reason: failure.reason, retryAt: undefined }, "a job has died", cause);
  const input = job?.input.safeParse(turn.input);
  try {
    if (input?.success) await job?.givenUp?.(ctx, input.data);
    return failure;
  } catch (error) {
    ctx.log.warn({}, "what a dead job leaves behind is still there", error);
    return { ...failure, retryAt: ctx.clock.now() + 60_000 };
  }
}

const waitsOf = (job: AnyJob | undefined): readonly number[] => job?.retry ?? defaultRetry;

/** A misfit is named by its fields; what they hold may be somebody's words. */
function inputOf(job: AnyJob, turn: Turn): Record<string, unknown> {
  const parsed = job.input.safeParse(turn.input);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map((issue: { readonly path: readonly PropertyKey[] }) => issue.path.join("."));
  throw new AppError("invalid", `its input does not fit: ${places.join(", ")}`);
}

async function within(ms: number, { clock }: Pick<Base, "clock">, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const cancel = clock.after(ms, () => late.reject(new AppError("unavailable", `not over after ${ms} ms`)));
  try {
    await Promise.race([work, late.promise]);
  } finally {
    cancel();
  }
}

const hopeless = new Set(["invalid", "not_found", "forbidden", "unsupported"]);

function failureOf(error: unknown, waits: readonly number[], turn: Turn, now: number): Failure {
  const known = error instanceof AppError ? error : undefined;
  const reason = known ? `${known.code}: ${known.message}` : nameOf(error);
  const wait = waits[turn.attempt - 1];
  if (wait === undefined || (known && hopeless.has(known.code))) return { reason };
  return { reason, retryAt: now + Math.max(spread(wait, turn.id), known?.detail.retryAfter ?? 0) };
}

/** An unknown error is named by its kind: its message may quote what it choked on. The log has the rest. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
