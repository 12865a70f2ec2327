// The server's clock: every write has an instant of its own, as on the recorded server, where a write takes longer than a millisecond.

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Epoch ms later than every stamp before it. */
  stamp(): number;
}

export function serverClock(now: () => number): Clock {
  let last = 0;
  return {
    now: () => Math.max(now(), last),
    stamp() {
      last = Math.max(now(), last + 1);
      return last;
    },
  };
}

/** `2026-11-21T07:34:35.326+00:00`: never with a Z. */
export const wireTime = (ms: number): string => new Date(ms).toISOString().replace("Z", "+00:00");
