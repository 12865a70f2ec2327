// The queue's figures, or within a second that it does not answer: an operator's page is wanted most when something is away.
import { AppError } from "../core/errors.ts";
import type { Queue } from "../core/ports/queue.ts";
import { pageTexts } from "./texts.ts";

/** ms. */
const answersWithin = 1_000;

export type Counted = Pick<Queue, "counts">;

/** @throws AppError `unavailable` */
export async function countsOf(queue: Counted): ReturnType<Queue["counts"]> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("no answer in time")), answersWithin);
  try {
    return await Promise.race([queue.counts(), late.promise]);
  } catch (cause) {
    throw new AppError("unavailable", pageTexts.say("queueAway"), { cause });
  } finally {
    clearTimeout(timer);
  }
}
