// Fetching updates by long polling. An update is confirmed when it is handled, so that one cut off by a crash comes again.
import { AppError } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import { within } from "../within.ts";
import type { Api } from "./api.ts";
import { allowedUpdates } from "./incoming.ts";

export interface Polling {
  /** Ends the running poll; resolves when nothing is fetched any more. */
  stop(): Promise<void>;
}

export interface PollParts {
  readonly api: Api;
  readonly clock: Clock;
  readonly log: Log;
  receive(update: unknown): Promise<void>;
}

/** seconds that Telegram holds a poll open while there is nothing new. */
const longPoll = 30;
/** ms between polls while something slow is being handled: new updates wait no longer than this. */
const betweenPolls = 250;
/** ms after which, or later updates behind which, one is confirmed although it is still being handled: a poll brings 100. */
const longestHold = 30_000;
const widestHold = 50;

export function poll({ api, clock, log, receive }: PollParts): Polling {
  const stopping = new AbortController();
  const { signal } = stopping;
  const handling = new Map<number, { readonly since: number; readonly work: Promise<void> }>();
  /** Handled, but an older one is not, so that Telegram goes on delivering it. */
  const handled = new Set<number>();
  let next = 0;

  /** The earliest update to be delivered again; all before it are confirmed by asking for it. */
  function offset(): number {
    let earliest = next;
    for (const [id, { since }] of handling)
      if (id < earliest && next - id <= widestHold && clock.now() - since < longestHold) earliest = id;
    return earliest;
  }

  /**
   * After a week of silence Telegram numbers updates from anywhere, also from below (core.telegram.org/bots/api#update); an
   * offset too high for them is answered with all there is, and confirms nothing.
   */
  function countAnew(): void {
    next = 0;
    handled.clear();
  }

  function take(updates: readonly { update_id: number }[]): void {
    for (const update of updates) {
      const id = update.update_id;
      if (!Number.isSafeInteger(id)) continue;
      if (id >= next) next = id + 1;
      if (handling.has(id) || handled.has(id)) continue;
      const work = receive(update).finally(() => {
        handling.delete(id);
        handled.add(id);
      });
      handling.set(id, { since: clock.now(), work });
    }
  }

  async function once(): Promise<void> {
    const from = offset();
    for (const id of handled) if (id < from) handled.delete(id);
    const timeout = handling.size ? 0 : longPoll;
    const updates = await api.call(
      "getUpdates",
      { offset: from, limit: 100, timeout, allowed_updates: allowedUpdates },
      { timeoutMs: (timeout + 15) * 1000, signal, tries: 1 },
    );
    if (!Array.isArray(updates)) throw new Error("getUpdates did not answer a list");
    if (updates[0] && updates[0].update_id < from) countAnew();
    take(updates);
    const all = Promise.all([...handling.values()].map(({ work }) => work));
    if (handling.size) await within(clock, betweenPolls, all);
  }

  async function loop(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        await once();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures++;
        report(log, error, failures);
        await pause(clock, backoff(error, failures), signal);
      }
    }
  }

  const running = loop();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** ms: 1 s, 2 s, 4 s … 30 s; what Telegram asks for where it does. */
const backoff = (error: unknown, failures: number): number =>
  error instanceof AppError && error.detail.retryAfter
    ? error.detail.retryAfter
    : Math.min(30_000, 1_000 * 2 ** (failures - 1));

function report(log: Log, error: unknown, failures: number): void {
  if (error instanceof AppError && error.code === "conflict") log.warn({ failures }, error.message);
  else log.warn({ failures }, "polling Telegram failed; it goes on", error);
}

async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>();
  signal.addEventListener("abort", () => aborted.resolve(), { once: true });
  await within(clock, ms, aborted.promise);
}
