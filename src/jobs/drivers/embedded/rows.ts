// The embedded queue's rows: jobs that wait or run, those that died, and the rules of when a job is due.
import { z } from "zod";
import { collection } from "../../../core/kernel/collection.ts";
import { just } from "../../../core/plain-shapes.ts";
import type { DeadLetter, Turn } from "../../../core/ports/queue.ts";
import type { NewRow, Row } from "../../../core/ports/store.ts";

const shape = {
  job: just.string,
  input: z.record(just.string, z.unknown()),
  key: just.string.max(240).nullable(),
  correlation: just.string,
  priority: just.int,
  /** When it was to run, in epoch ms. */
  runAt: just.int,
  /** Turns begun, those that died with their process too. */
  attempt: just.int,
};

/** A recurring job is one row for good, under its name: when its turn ends, it waits for the next. */
export const jobs = collection(
  "jobs",
  z.object({
    ...shape,
    /** When it can next be claimed: when it is due or, while it runs, when its lease runs out. */
    turnAt: just.int,
    /** The queue instance that runs it. */
    owner: just.string.nullable(),
    /** ms from turn to turn of a recurring job. */
    every: just.int.nullable(),
  }),
  { unique: [["key"]], indexes: [["turnAt"], ["priority", "turnAt"]] },
);
export type JobRow = Row<typeof jobs>;

export const deadJobs = collection(
  "dead_jobs",
  z.object({ ...shape, reason: just.string.max(500), diedAt: just.int }),
  {
    indexes: [["diedAt"]],
  },
);

/** What the embedded queue keeps in the store. */
export const jobCollections = [jobs, deadJobs] as const;

export const isRunning = (row: JobRow, now: number): boolean => row.owner !== null && row.turnAt > now;

export const asTurn = ({ id, job, input, correlation, runAt, attempt }: JobRow): Turn => ({
  id,
  job,
  input,
  correlation,
  runAt,
  attempt,
});

export function deadRow(row: JobRow, reason: string, diedAt: number): NewRow<typeof deadJobs> {
  const { id, job, input, correlation, priority, runAt, attempt } = row;
  const key = row.every === null ? row.key : null;
  return { id, job, input, key, correlation, priority, runAt, attempt, reason: reason.slice(0, 500), diedAt };
}

export const letterOf = (row: Row<typeof deadJobs>): DeadLetter => ({
  id: row.id,
  job: row.job,
  input: row.input,
  correlation: row.correlation,
  runAt: row.runAt,
  attempt: row.attempt,
  reason: row.reason,
  diedAt: row.diedAt,
});
