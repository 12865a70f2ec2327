// A circuit breaker: while a server fails again and again, nobody waits for it and one request at a time tries it.

export interface Breaker {
  /** Runs the work, or throws `refused` at once while the circuit is open. `isFault` tells the server's faults from its answers. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export interface BreakerOptions {
  readonly isFault: (error: unknown) => boolean;
  readonly refused: () => Error;
  /** Faults in a row that open the circuit. */
  readonly most: number;
  /** Until one may try again, ms. */
  readonly pauseMs: number;
  /** Monotonic, ms. */
  readonly now: () => number;
}

export function circuitBreaker({ isFault, refused, most, pauseMs, now }: BreakerOptions): Breaker {
  let faults = 0;
  let openUntil = 0;
  return {
    async run(work) {
      if (faults >= most) {
        if (now() < openUntil) throw refused();
        openUntil = now() + pauseMs;
      }
      try {
        const result = await work();
        faults = 0;
        return result;
      } catch (error) {
        if (!isFault(error)) faults = 0;
        else if (++faults >= most) openUntil = now() + pauseMs;
        throw error;
      }
    },
  };
}
