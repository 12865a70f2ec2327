// The queue: work that must get its turn, now or years from now, at least once.
import type { Change } from "./store.ts";

export interface JobRequest {
  readonly job: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** While a job with this key is pending or running, another with it is not added. At most 200 characters. */
  readonly key?: string;
  /** Epoch milliseconds; now when absent. Up to five years ahead. */
  readonly runAt?: number;
  /** Among jobs that are due, the lower first: 0 to 9, 5 when absent. */
  readonly priority?: number;
  /** The id of what caused it, carried through to the last job. */
  readonly correlation?: string;
}

/** One turn of a job. */
export interface Turn {
  readonly id: string;
  readonly job: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly correlation: string;
  readonly runAt: number;
  /** 1 at the first try. */
  readonly attempt: number;
}

/** How a failed turn goes on: again at `retryAt` (epoch ms), or to the dead letters when absent. */
export type Failure = { readonly retryAt?: number; readonly reason: string };

/** Resolves when the turn is over; a failure is answered, never thrown. */
export type Worker = (turn: Turn) => Promise<Failure | undefined>;

export interface DeadLetter extends Turn {
  readonly reason: string;
  readonly diedAt: number;
}

export interface Queue {
  /** Durable when it resolves. */
  enqueue(requests: readonly JobRequest[]): Promise<void>;
  /**
   * The same as steps of a commit of the caller's own, where the jobs live in the store that is committed to: one commit
   * then does what a change, an outbox and a hand-over do. Keys must be new ones. Undefined where the jobs live elsewhere.
   */
  inCommit(requests: readonly JobRequest[]): { readonly changes: readonly Change[]; committed(): void } | undefined;
  /** As `inCommit`, for `cancel`: the steps that take back the pending jobs with these keys. */
  cancelInCommit(keys: readonly string[]): Promise<readonly Change[]> | undefined;
  /** Takes back a pending job; one that is running goes on. */
  cancel(key: string): Promise<void>;
  /** Runs a job every `everyMs`, once however many processes there are; naming it again replaces it. */
  repeat(name: string, everyMs: number, request: Omit<JobRequest, "key" | "runAt">): Promise<void>;
  /** Takes turns until `stop`. A turn whose process died is given again after its lease has run out. */
  start(work: Worker): void;
  /** Takes no new turns, waits for those under way, `withinMs` at most. */
  stop(withinMs: number): Promise<void>;
  /** `due` are those of the pending jobs whose time has come, those that run included; recurring ones are not counted. */
  counts(): Promise<{ readonly pending: number; readonly due: number; readonly dead: number }>;
  dead(limit: number): Promise<readonly DeadLetter[]>;
  /** Gives a dead letter its turn again. */
  replay(id: string): Promise<void>;
}
