// Randomness and keyed hashes from node:crypto.
import { createHmac, randomFillSync, randomInt } from "node:crypto";
import { monotonicFactory } from "ulid";
import type { Clock } from "../core/ports/clock.ts";
import type { Secrets } from "../core/ports/secrets.ts";

/** Ids of one instance go up strictly, even within a millisecond or when the clock goes back. */
export function cryptoSecrets(key: string, clock: Pick<Clock, "now">): Secrets {
  const ulid = monotonicFactory(randomFractions());
  return {
    id: () => ulid(clock.now()).toLowerCase(),
    random(length, alphabet) {
      const letters = [...alphabet];
      return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
    },
    sign: (text, length) => createHmac("sha256", key).update(text).digest("hex").slice(0, length),
  };
}

/** Multiples of 1/256, drawn from a pool: ulid asks for 16 of them an id, and scales each to 32 letters without bias. */
function randomFractions(): () => number {
  const pool = new Uint8Array(1024);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    return pool[used++]! / 256;
  };
}
