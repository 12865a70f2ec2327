// Connects the chat apps: one that does not answer is tried again and again, one that says no ends the service, then or later.
import { type AppError, passes } from "./core/errors.ts";
import type { Clock } from "./core/ports/clock.ts";
import type { Log } from "./core/ports/log.ts";
import type { LineState, Platform } from "./core/ports/platform.ts";
import { appName } from "./core/text.ts";

export interface Connections {
  /** Begins. Resolves when every platform is connected or has failed once, at the latest after `withinMs`. @throws as `refused`. */
  open(withinMs: number): Promise<void>;
  /** Never resolves; rejects with what trying again can't mend, such as a wrong token. */
  readonly refused: Promise<never>;
  /** "connecting" too while a connection is cut. Undefined for a platform that this process only sends to. */
  stateOf(platform: string): "on" | "connecting" | undefined;
  /** No attempts are made any more. */
  stop(): void;
}

export interface ConnectParts {
  readonly platforms: readonly Platform[];
  readonly clock: Clock;
  readonly log: Log;
  start(platform: Platform, told: (state: LineState) => void): Promise<void>;
}

/** ms between attempts: 2, 4, 8 … 60 s, or what the other side asks for. */
const waitAfter = (failures: number, error: AppError) =>
  Math.max(Math.min(60_000, 1000 * 2 ** failures), error.detail.retryAfter ?? 0);

export function connectPlatforms({ platforms, clock, log, start }: ConnectParts): Connections {
  const refused = Promise.withResolvers<never>();
  refused.promise.catch(() => undefined);
  const states = new Map<string, "on" | "connecting">(platforms.map(({ name }) => [name, "connecting"]));
  const cancels = new Set<() => void>();
  let stopped = false;

  async function attempt(one: Platform, failures: number): Promise<void> {
    const platform = one.name;
    try {
      await start(one, (state) => told(one, state));
      states.set(platform, "on");
      log.info({ platform, failures }, "connected");
    } catch (error) {
      if (stopped) return;
      if (!passes(error)) return refused.reject(error);
      if (failures === 0) log.warn({ platform }, `${appName(platform)} does not answer; PeerSpark keeps trying`, error);
      again(one, failures + 1, error);
    }
  }

  function told(one: Platform, state: LineState): void {
    const platform = one.name;
    if (stopped) return;
    states.set(platform, state === "up" ? "on" : "connecting");
    if (typeof state === "string") return;
    if (!passes(state.ended)) {
      refused.reject(state.ended);
      return;
    }
    log.warn({ platform }, `the connection to ${appName(platform)} has ended; PeerSpark connects anew`, state.ended);
    again(one, 1, state.ended);
  }

  function again(platform: Platform, failures: number, error: AppError): void {
    const cancel = clock.after(waitAfter(failures, error), () => {
      cancels.delete(cancel);
      void attempt(platform, failures);
    });
    cancels.add(cancel);
  }

  return {
    refused: refused.promise,
    stateOf: (name) => states.get(name),
    async open(withinMs) {
      const first = Promise.all(platforms.map((platform) => attempt(platform, 0)));
      const late = Promise.withResolvers<void>();
      const cancel = clock.after(withinMs, late.resolve);
      await Promise.race([first, late.promise, refused.promise]).finally(cancel);
    },
    stop() {
      stopped = true;
      for (const cancel of cancels) cancel();
    },
  };
}
