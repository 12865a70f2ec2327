// Time from outside: now, and being woken. Tests bring a clock of their own.

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once, `ms` from now at the earliest; the answer cancels it. Any length up to years. */
  after(ms: number, callback: () => void): () => void;
}
