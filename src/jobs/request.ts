// What every queue asks of a request, so that all drivers refuse the same ones.
import { AppError } from "../core/errors.ts";
import type { JobRequest } from "../core/ports/queue.ts";
import { jobTexts } from "./texts.ts";

const day = 24 * 60 * 60 * 1000;
/**
 * In ms. People may ask for five calendar years, to the end of that day in their zone, and an event's end lies days
 * behind that: a month more than five leap years refuses none of what was accepted.
 */
const farthest = (5 * 366 + 31) * day;

export const priorities = { first: 0, last: 9, usual: 5 } as const;

/** A request with nothing left open. */
export type CheckedRequest = Required<Omit<JobRequest, "key">> & Pick<JobRequest, "key">;

/** @throws AppError `invalid` for a due time, key or priority that no queue takes. */
export function checked(request: JobRequest, now: number, correlation: () => string): CheckedRequest {
  const { job, input, key, runAt = now, priority = priorities.usual } = request;
  if (!(runAt <= now + farthest)) throw new AppError("invalid", jobTexts.say("tooFar"));
  if (key !== undefined && (key.length < 1 || key.length > 200)) throw new AppError("invalid", jobTexts.say("key"));
  if (!Number.isInteger(priority) || priority < priorities.first || priority > priorities.last)
    throw new AppError("invalid", jobTexts.say("priority"));
  const instant = Math.max(0, Math.ceil(runAt));
  return { job, input, key, runAt: instant, priority, correlation: request.correlation ?? correlation() };
}

/** @throws AppError `invalid` */
export function checkInterval(everyMs: number): void {
  if (!Number.isInteger(everyMs) || everyMs < 1000 || everyMs > farthest)
    throw new AppError("invalid", jobTexts.say("interval"));
}

/** The next turn of a recurring job, in step with the former ones; missed ones count as one. */
export const nextTurn = (runAt: number, every: number, now: number): number =>
  runAt + every * (Math.floor((now - runAt) / every) + 1);
