// What the queue's contract stands on: instances over shared jobs, a clock, and ways to listen to them.
import { expect } from "@jest/globals";
import type { Failure, Queue, Turn, Worker } from "../../../src/core/ports/queue.ts";

/** One instance of the queue, as one process has it. */
export interface QueueProcess {
  readonly queue: Queue;
  /** Ends it as SIGKILL does: nothing it has under way gets any further. */
  crash(): void;
}

/** Jobs that several instances share, and the clock they all go by. */
export interface QueueStand {
  /** Another instance over the same jobs. `alone`: the only one, so that it need not look for others' jobs. */
  open(options?: { readonly alone?: boolean }): Promise<QueueProcess>;
  now(): number;
  /** Lets time pass, and all that is due in it be done. */
  pass(ms: number): Promise<void>;
  /** Sets the wall clock forward or back; timers keep their distance. */
  jump(ms: number): void;
  close(): Promise<void>;
}

/** What a test is handed; `queue` is one instance, not started. */
export interface QueueScene {
  readonly stand: QueueStand;
  readonly queue: Queue;
}
export type QueueTest = (title: string, body: (scene: QueueScene) => Promise<void>) => void;

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

type Numbered = { readonly input: Readonly<Record<string, unknown>> };

export const job = (
  n: number,
  more: { key?: string; runAt?: number; priority?: number; correlation?: string } = {},
) => ({
  job: "test.job",
  input: { n },
  ...more,
});
export const upTo = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);
export const ascending = (a: number, b: number): number => a - b;
export const numbers = (turns: readonly Numbered[]): number[] => turns.map(({ input }) => input.n as number);
export const again = (retryAt: number): Failure => ({ retryAt, reason: "not yet" });

export const refused = (attempt: Promise<void>): Promise<void> =>
  expect(attempt).rejects.toMatchObject({ name: "AppError", code: "invalid" });

/** Starts the queue with work that ends at once, and answers the turns it hears. */
export function listen(queue: Queue, answer: (turn: Turn) => Failure | undefined = () => undefined): Turn[] {
  const heard: Turn[] = [];
  queue.start(async (turn) => {
    heard.push(turn);
    return answer(turn);
  });
  return heard;
}

/** Starts the queue with work that lasts until `finish`, and is over at once from then on; so it is for `quick` turns before. */
export function hold(
  queue: Queue,
  quick: (turn: Turn) => boolean = () => false,
): { readonly heard: Turn[]; finish(): void } {
  const heard: Turn[] = [];
  const over = Promise.withResolvers<undefined>();
  const work: Worker = (turn) => {
    heard.push(turn);
    return quick(turn) ? Promise.resolve(undefined) : over.promise;
  };
  queue.start(work);
  return { heard, finish: () => over.resolve(undefined) };
}
