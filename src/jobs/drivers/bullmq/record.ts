// How a job stands in Redis: ids made from keys, and its data in as few letters as it takes.
import type { Job, JobsOptions, Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Turn } from "../../../core/ports/queue.ts";
import type { CheckedRequest } from "../../request.ts";

/** Short names, since every waiting job holds them. */
export interface JobData {
  /** Its input. */
  readonly i: Readonly<Record<string, unknown>>;
  /** Its correlation. */
  readonly c: string;
  /** When it was to run, epoch ms. */
  readonly r: number;
  /** How many starts belong to former turns; of recurring jobs only. */
  readonly b?: number;
}
export type StoredJob = Job<JobData>;
export type JobQueue = Queue<JobData>;

/** BullMQ takes no colon in an id, and none that is a number. Different keys have different ids. */
export const idOfKey = (key: string): string => `k${withoutColons(key)}`;
export const idOfRecurring = (name: string): string => `r${withoutColons(name)}`;
export const idOfKeyless = (id: string): string => `u${id}`;

const withoutColons = (text: string): string => text.replaceAll("%", "%25").replaceAll(":", "%3A");

export interface NewJob {
  readonly name: string;
  readonly data: JobData;
  readonly opts: JobsOptions & { readonly jobId: string };
}

/** @param id for a job without a key. */
export function jobOf(
  { job, input, key, runAt, priority, correlation }: CheckedRequest,
  now: number,
  id: () => string,
) {
  const jobId = key === undefined ? idOfKeyless(id()) : idOfKey(key);
  return newJob(jobId, job, { i: input, c: correlation, r: runAt }, { priority, delay: runAt - now });
}

/** BullMQ's priorities begin at 1: those without one come first, whatever is due. */
export const newJob = (
  jobId: string,
  name: string,
  data: JobData,
  { priority, delay }: { readonly priority: number; readonly delay: number },
): NewJob => ({ name, data, opts: { jobId, priority: priority + 1, ...(delay > 0 && { delay }) } });

export const priorityOf = ({ priority }: StoredJob): number => Math.max(0, priority - 1);

export const turnOf = ({ id, name, data, attemptsStarted }: StoredJob): Turn => ({
  id: id!,
  job: name,
  input: data.i,
  correlation: data.c,
  runAt: data.r,
  attempt: attemptsStarted - (data.b ?? 0),
});

/** BullMQ orders what waits by its due time, with twelve bits below for the order within a millisecond. */
const scorePerMs = 0x1000;

/** When a job's turn comes, epoch ms; undefined for one that is due, runs or is not there. */
export async function dueAt(redis: Redis, queue: JobQueue, id: string): Promise<number | undefined> {
  const score = await redis.zscore(queue.toKey("delayed"), id);
  return score === null ? undefined : Math.floor(Number(score) / scorePerMs);
}

/** How many of those that wait for their time are due, though no worker has noticed. */
export const overdue = (redis: Redis, queue: JobQueue, now: number): Promise<number> =>
  redis.zcount(queue.toKey("delayed"), 0, (now + 1) * scorePerMs - 1);

/** Those among new jobs that are not there yet. */
export async function absent(redis: Redis, queue: JobQueue, some: readonly NewJob[]): Promise<readonly NewJob[]> {
  const keys = some.map(({ opts }) => queue.toKey(opts.jobId));
  if ((await redis.exists(...keys)) === keys.length) return [];
  const there = await Promise.all(keys.map((key) => redis.exists(key)));
  return some.filter((_, n) => there[n] === 0);
}
