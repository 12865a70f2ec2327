// Secrets that are the same in every run: for tests only.
import { createHmac } from "node:crypto";
import { monotonicFactory } from "ulid";
import { cryptoSecrets } from "../../src/adapters/secrets.ts";
import type { Clock } from "../../src/core/ports/clock.ts";
import type { Secrets } from "../../src/core/ports/secrets.ts";

/** Two instances that share a store need seeds of their own, or they make the same ids. */
export function seededSecrets(clock: Pick<Clock, "now">, seed = 1): Secrets {
  const fraction = mulberry32(seed);
  const ulid = monotonicFactory(fraction);
  const sealer = cryptoSecrets(`seed ${seed}`, clock);
  return {
    id: () => ulid(clock.now()).toLowerCase(),
    random(length, alphabet) {
      const letters = [...alphabet];
      return Array.from({ length }, () => letters[Math.floor(fraction() * letters.length)]).join("");
    },
    sign: (text, length) => createHmac("sha256", `seed ${seed}`).update(text).digest("hex").slice(0, length),
    seal: sealer.seal,
    unseal: sealer.unseal,
  };
}

/** A small generator of fractions in [0, 1): mulberry32, by Tommy Ettinger, public domain. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
