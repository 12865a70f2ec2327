// The running half of the BullMQ queue: gives each job its turn, and does with it what its outcome asks for.
import { DelayedError, type Processor } from "bullmq";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Failure, Turn, Worker } from "../../../core/ports/queue.ts";
import { bury, type LetterQueue } from "./dead.ts";
import { type JobData, type StoredJob, turnOf } from "./record.ts";
import type { Definition, Recurring } from "./recurring.ts";

export interface TurnParts {
  readonly recurring: Recurring;
  readonly letters: LetterQueue;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Turns {
  readonly process: Processor<JobData>;
  /** The jobs under way and what each is locked with. */
  held(): { readonly ids: string[]; readonly tokens: string[] };
  /** Waits no longer for what is under way: its jobs stay locked until their leases run out, and are given again. */
  abandon(): void;
}

export function turns({ recurring, letters, clock, log }: TurnParts, work: Worker): Turns {
  const underWay = new Map<string, { readonly id: string; leave(): void }>();

  async function attempt(turn: Turn): Promise<Failure | undefined> {
    try {
      return await work(turn);
    } catch (error) {
      log.error({ job: turn.job, correlation: turn.correlation }, "a worker threw instead of answering", error);
      return { reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  }

  /** @throws DelayedError when it is abandoned. */
  async function attemptOrLeave(turn: Turn, token: string): Promise<Failure | undefined> {
    const left = Promise.withResolvers<never>();
    underWay.set(token, { id: turn.id, leave: () => left.reject(new DelayedError()) });
    try {
      return await Promise.race([attempt(turn), left.promise]);
    } finally {
      underWay.delete(token);
    }
  }

  /** False when the job is over. */
  async function goesOn(job: StoredJob, token: string, definition?: Definition, failure?: Failure): Promise<boolean> {
    if (failure?.retryAt !== undefined) {
      await job.moveToDelayed(Math.ceil(failure.retryAt), token);
      return true;
    }
    if (failure) await bury(letters, job, failure.reason, clock.now(), definition !== undefined);
    if (definition) await recurring.again(job, token, definition.every);
    return definition !== undefined;
  }

  return {
    /** A job that goes on was moved by us, and BullMQ is told so by this error; it removes the others. */
    async process(job, token = "") {
      const definition = await recurring.of(job);
      const { job: name, input, correlation } = definition ?? {};
      const turn = { ...turnOf(job), ...(name && input && correlation && { job: name, input, correlation }) };
      const failure = await attemptOrLeave(turn, token);
      let moved = true;
      try {
        moved = await goesOn(job, token, definition, failure);
      } catch (error) {
        // Its lease ran out and it is another's by now, or Redis has lost it: whoever has it, or the sweep, has the say.
        log.warn({ job: turn.job, correlation: turn.correlation }, "a job could not be put back", error);
      }
      if (moved) throw new DelayedError();
    },
    held: () => ({ ids: [...underWay.values()].map(({ id }) => id), tokens: [...underWay.keys()] }),
    abandon() {
      for (const { leave } of underWay.values()) leave();
    },
  };
}
