// One process at a time receives where a chat app allows no more: a lease in the store, taken over when its process is gone.
import { hostname } from "node:os";
import { z } from "zod";
import { AppError, isConflict } from "../../core/errors.ts";
import { insert, patch, remove } from "../../core/kernel/change.ts";
import { collection } from "../../core/kernel/collection.ts";
import { just } from "../../core/plain-shapes.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Log } from "../../core/ports/log.ts";
import type { Row, Store } from "../../core/ports/store.ts";
import { chatTexts } from "./texts.ts";

/** Their ids are the names of the lines; each renewal is a revision. */
export const receivers = collection("receivers", z.object({ owner: just.string, at: just.int }));
type Receiver = Row<typeof receivers>;

export interface Receiving {
  /** Resolves when this process is the one to receive on the line; it stays so until `release` or `lost`, asked again or not. */
  hold(line: string): Promise<void>;
  /** Never resolves; rejects when another process has taken over, as after standing still for half a minute: both receive then. */
  readonly lost: Promise<never>;
  /** Lets go of all of them, so that another process takes over at once. Safe to call twice. */
  release(): Promise<void>;
}

export interface ReceivingParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** This process, for others on this machine: its host and its number when absent. */
  readonly owner?: string;
}

/** ms. */
const renewEvery = 10_000;
const lookEvery = 1_000;
/** A line whose revision stays the same through so many looks has lost its process. No wall clock is compared. */
const looksUntilLost = 30;

export function receiving({ store, clock, log, owner = `${hostname()}:${process.pid}` }: ReceivingParts): Receiving {
  const held = new Set<string>();
  const cancels = new Map<string, () => void>();
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  let stopped = false;

  const later = (line: string, ms: number, work: () => Promise<void>): void => {
    if (stopped) return;
    const cancel = clock.after(ms, () => {
      work().catch((error) => {
        log.warn({ line }, "who receives could not be looked up; trying again", error);
        later(line, ms, work);
      });
    });
    cancels.set(line, cancel);
  };

  async function take(line: string, seen?: Receiver): Promise<boolean> {
    const mine = { owner, at: clock.now() };
    try {
      await store.commit([seen ? patch(receivers, seen, mine) : insert(receivers, { id: line, ...mine })]);
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  }

  async function renew(line: string): Promise<void> {
    const row = await store.get(receivers, line);
    if (stopped) return;
    if (row && row.owner !== owner) return lost.reject(new AppError("conflict", chatTexts.say("takenOver")));
    await take(line, row);
    later(line, renewEvery, () => renew(line));
  }

  return {
    lost: lost.promise,
    hold: (line) =>
      new Promise((resolve) => {
        let last: number | undefined;
        let looks = 0;
        const look = async (): Promise<void> => {
          if (stopped) return;
          if (held.has(line)) return resolve();
          const row = await store.get(receivers, line);
          looks = row && row.rev === last ? looks + 1 : 0;
          last = row?.rev;
          const free = !row || row.owner === owner || isDead(row.owner) || looks >= looksUntilLost;
          if (!(free && (await take(line, row)))) {
            if (looks === 1) log.info({ line }, "another process receives; this one takes over when it ends");
            return later(line, lookEvery, look);
          }
          held.add(line);
          later(line, renewEvery, () => renew(line));
          resolve();
        };
        look().catch((error) => {
          log.warn({ line }, "who receives could not be looked up; trying again", error);
          later(line, lookEvery, look);
        });
      }),
    async release() {
      stopped = true;
      for (const cancel of cancels.values()) cancel();
      const lines = [...held];
      held.clear();
      for (const line of lines) {
        const row = await store.get(receivers, line);
        if (row?.owner === owner) await store.commit([remove(receivers, row)]).catch(() => undefined);
      }
    },
  };
}

/** Was of this machine and is no more, as after a crash. */
function isDead(owner: string): boolean {
  const [host, pid] = [owner.slice(0, owner.lastIndexOf(":")), Number(owner.slice(owner.lastIndexOf(":") + 1))];
  if (host !== hostname() || !Number.isInteger(pid)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
