// The running half of the embedded queue: claims what is due, works on so much at once, writes down how it ended.
import { bound } from "../../../core/kernel/outbox.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Failure, Worker } from "../../../core/ports/queue.ts";
import type { Secrets } from "../../../core/ports/secrets.ts";
import type { NewRow, Store } from "../../../core/ports/store.ts";
import { alarm } from "./alarm.ts";
import { claimJobs, dueJobs, nextDue } from "./claim.ts";
import { type Held, release, renew } from "./lease.ts";
import { pace } from "./pace.ts";
import { asTurn, type JobRow, type jobs } from "./rows.ts";
import { type Ending, settle } from "./settle.ts";

export interface LineOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly secrets: Pick<Secrets, "id">;
  readonly log: Log;
  /** Turns under way at once. */
  readonly concurrency: number;
  /** A turn whose process is gone is given again after this long. */
  readonly leaseMs: number;
  /** How often other processes' jobs are looked for, a quarter as often while there are none; Infinity where there are none. */
  readonly pollMs: number;
  /** Called when the wall clock went back by more than a second. */
  readonly clockWentBack: () => Promise<void>;
}

export interface Line {
  /** There is something to do at `at` (epoch ms). */
  wake(at: number): void;
  /**
   * The first of these new rows as this instance's own, where they are due and could begin at once: to be inserted so,
   * they need no claim. Should the process die before they begin, their lease runs out as that of any other.
   */
  claimed(rows: readonly NewRow<typeof jobs>[]): readonly JobRow[];
  /** Gives their turns to rows that were inserted as `claimed`. */
  begin(rows: readonly JobRow[]): void;
  stop(withinMs: number): Promise<void>;
}

const mostPerClaim = 100;
/** As many turns as ended within this time (ms) are claimed ahead, to need fewer commits. */
const shortWhile = 250;
const retryAfter = 1000;
/** ms between looks at a store that does not answer: 1, 2, 4, 5, 5 … s. */
const pauseAfter = (failures: number) => Math.min(5_000, retryAfter * 2 ** (failures - 1));

export function line(options: LineOptions, work: Worker): Line {
  const { clock, secrets, log, concurrency, leaseMs, pollMs } = options;
  /** A store that answers now and then is not away. */
  const store: Store = {
    ...bound(options.store),
    async find(collection, query) {
      const page = await options.store.find(collection, query);
      answered = true;
      return page;
    },
  };
  const owner = secrets.id();
  const held = new Map<string, Held>();
  let ready: Held[] = [];
  let ended: Ending[] = [];
  let working = 0;
  let stopped = false;
  let over = false;
  let idle = () => {};

  let running: Promise<void> | undefined;
  let again = false;
  let scheduled = false;
  const next = alarm(clock, pollMs, tick);
  let cancelRenewal: (() => void) | undefined;

  let seenAt = clock.now();
  let strangersFrom = 0;
  /** Something may be due that the alarm does not know of. */
  let look = true;
  /** Rounds in a row in which the store did not answer at all. */
  let failures = 0;
  let answered = false;
  /** Until a whole round ends well. */
  let isToldOf = false;
  /** The last claim left due jobs behind. */
  let backlog = false;
  const ends = pace(clock, shortWhile);

  function tick(): void {
    scheduled = false;
    if (running) {
      again = true;
      return;
    }
    running = rounds().finally(() => {
      running = undefined;
      if (working === 0 && ended.length === 0) idle();
    });
  }

  async function rounds(): Promise<void> {
    try {
      do {
        again = false;
        startReady();
        await writeDown();
        if (!stopped) await lookAtClock();
        if (!stopped) await take();
        isToldOf = false;
      } while (again);
    } catch (error) {
      if (over) return;
      failures = answered ? 1 : failures + 1;
      answered = false;
      if (!isToldOf) log.warn({}, "the queue's store does not answer; it is tried again and again", error);
      isToldOf = true;
      look = true;
      next.rest(pauseAfter(failures));
    }
  }

  function soon(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(tick);
  }

  async function writeDown(): Promise<void> {
    if (ended.length === 0) return;
    const batch = ended;
    ended = [];
    try {
      await settle(store, batch, clock.now());
    } catch (error) {
      ended = [...batch, ...ended];
      throw error;
    }
    for (const { row } of batch) held.delete(row.id);
    // What goes on waiting may be due before anything else that is known.
    if (batch.some(({ row, failure }) => failure || row.every !== null)) look = true;
  }

  /** A gap means that this process slept, and others may have: they get the time to renew before their leases count as lost. */
  async function lookAtClock(): Promise<void> {
    const now = clock.now();
    const gap = now - seenAt;
    seenAt = now;
    if (gap < -1000) await options.clockWentBack();
    if (gap > Math.max(leaseMs / 3, 6 * pollMs)) strangersFrom = now + leaseMs / 2;
  }

  function room(): number {
    const free = Math.min(mostPerClaim, concurrency - working - ready.length + ends.recent());
    return ready.length > 0 && free < mostPerClaim / 2 ? 0 : free;
  }

  /** One claim a round: what is due after it waits for the next, so that everything else gets its turn in between. */
  async function take(): Promise<void> {
    const now = clock.now();
    const most = room();
    if (most <= 0) return next.rest();
    if (!backlog) {
      const byUs = look;
      const known = !look && now < next.at;
      look = false;
      const at = known ? next.at : next.isDue(now) ? now : await heardDue(byUs);
      if (at === undefined || at > now) return next.set(at);
    }
    const { rows, more } = await dueJobs(store, now, most, backlog);
    const free = rows.filter((row) => !held.has(row.id) && (row.owner === null || now >= strangersFrom));
    if (free.length > 0) begin(await claimJobs(store, free, owner, now + leaseMs, now));
    backlog = free.length > 0 && more;
    if (backlog) return soon();
    // What is due and not free is held by us, or left to another instance for now.
    next.set(free.length > 0 || rows.length === 0 ? await heardDue(true) : now + retryAfter);
  }

  async function heardDue(byUs: boolean): Promise<number | undefined> {
    const due = await nextDue(store);
    next.heard(due, byUs);
    return due;
  }

  function begin(rows: readonly JobRow[]): void {
    hold(rows);
    startReady();
  }

  function hold(rows: readonly JobRow[]): void {
    for (const row of rows) {
      const turn: Held = { row, begun: false };
      held.set(row.id, turn);
      ready.push(turn);
    }
    cancelRenewal ??= clock.after(leaseMs / 3, renewal);
  }

  function startReady(): void {
    while (!stopped && working < concurrency) {
      const turn = ready.shift();
      if (!turn) return;
      turn.begun = true;
      working++;
      void run(turn);
    }
  }

  async function run(turn: Held): Promise<void> {
    const failure = await attempt(turn.row);
    working--;
    ends.count();
    ended.push({ row: turn.row, failure });
    startReady();
    soon();
  }

  async function attempt(row: JobRow): Promise<Failure | undefined> {
    try {
      return await work(asTurn(row));
    } catch (error) {
      log.error({ job: row.job, correlation: row.correlation }, "a worker threw instead of answering", error);
      return { reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  }

  function renewal(): void {
    cancelRenewal = undefined;
    if (over || held.size === 0) return;
    cancelRenewal = clock.after(leaseMs / 3, renewal);
    keep().catch((error) => isToldOf || log.warn({ held: held.size }, "leases could not be renewed", error));
  }

  /** What has not begun by now goes back, so that another instance may take it. */
  async function keep(): Promise<void> {
    await giveBack();
    await renew(store, [...held.values()], clock.now() + leaseMs);
  }

  async function giveBack(): Promise<void> {
    const unbegun = ready;
    ready = [];
    for (const { row } of unbegun) held.delete(row.id);
    if (unbegun.length === 0) return;
    look = true;
    await release(store, unbegun, clock.now());
  }

  return {
    wake(at) {
      if (stopped) return;
      if (!running && at > clock.now()) return next.sooner(at);
      look = true;
      soon();
    },
    claimed(rows) {
      const now = clock.now();
      const free = stopped || backlog ? 0 : Math.max(0, concurrency - working - ready.length);
      const late = rows.findIndex(({ turnAt }) => turnAt > now);
      const some = rows.slice(0, Math.min(free, late < 0 ? rows.length : late));
      return some.map((row) => ({ ...row, rev: 1, owner, turnAt: now + leaseMs, attempt: 1 }));
    },
    begin(rows) {
      hold(rows);
      if (!stopped) return soon();
      giveBack().catch((error) => log.warn({}, "turns could not be given back", error));
    },
    async stop(withinMs) {
      stopped = true;
      next.off();
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(withinMs, late.resolve);
      await Promise.race([drained(), late.promise]);
      over = true;
      cancel();
      cancelRenewal?.();
      next.off();
    },
  };

  async function drained(): Promise<void> {
    await running;
    await giveBack().catch((error) => log.warn({}, "turns could not be given back", error));
    if (working === 0 && ended.length === 0) return;
    await new Promise<void>((resolve) => {
      idle = resolve;
      soon();
    });
  }
}
