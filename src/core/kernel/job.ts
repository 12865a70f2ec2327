// A job: work that runs by itself, now, at a time or again and again.
import type { z } from "zod";
import type { Job, JobDeclaration } from "./house.ts";

const second = 1000;
/** At once, then after 5 s, 30 s, 5 min, 30 min, 2 h. */
export const defaultRetry = [5 * second, 30 * second, 300 * second, 1800 * second, 7200 * second] as const;

export const defineJob = <S extends z.ZodObject>(declaration: JobDeclaration<S>): Job<S> => ({
  ...declaration,
  request: (input, options) => ({ job: declaration.name, input: input as Record<string, unknown>, ...options }),
});
