// Counts what Discord counts against an address: 10 000 answers of 401, 403 or 429 within ten minutes, and it is banned for a day.
import type { Clock } from "../../../core/ports/clock.ts";
import { slowDown } from "./failure.ts";

export interface InvalidRequests {
  /** @throws AppError `rate_limited` while there were so many that others must not add to them. */
  allow(): void;
  note(status: number): void;
}

const windowMs = 10 * 60_000;
/** Several processes share one address. */
const most = 2_500;

export function invalidRequests(clock: Clock): InvalidRequests {
  let since = 0;
  let count = 0;
  const renew = () => {
    if (clock.now() - since < windowMs) return;
    since = clock.now();
    count = 0;
  };
  return {
    allow() {
      renew();
      if (count >= most) throw slowDown(since + windowMs - clock.now());
    },
    note(status) {
      renew();
      if (status === 401 || status === 403 || status === 429) count++;
    },
  };
}
