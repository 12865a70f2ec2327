// Calls a minute, counted for guests only; a key sees the headers and never the refusal.
import { refuse } from "./refusal.ts";

export interface RateLimits {
  /** The headers of the answer. @throws Refusal 429 */
  take(route: string, perMinute: number, counted: boolean): Record<string, string>;
}

export function rateLimits(now: () => number): RateLimits {
  const counts = new Map<string, number>();
  return {
    take(route, perMinute, counted) {
      const minute = Math.floor(now() / 60_000);
      const mark = `${route} ${minute}`;
      const before = counted ? (counts.get(mark) ?? 0) : 0;
      if (before >= perMinute)
        refuse(
          429,
          "general_rate_limit_exceeded",
          "Rate limit for the current endpoint has been exceeded. Please try again after some time.",
        );
      if (counted) counts.set(mark, before + 1);
      return {
        "x-ratelimit-limit": String(perMinute),
        "x-ratelimit-remaining": String(perMinute - before - 1),
        "x-ratelimit-reset": String((minute + 1) * 60),
      };
    },
  };
}
