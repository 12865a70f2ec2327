// Randomness, keyed hashes and sealed texts from node:crypto.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, randomFillSync, randomInt } from "node:crypto";
import { monotonicFactory } from "ulid";
import type { Clock } from "../core/ports/clock.ts";
import type { Secrets } from "../core/ports/secrets.ts";
import { hmacSha256 } from "./hmac.ts";

/** Ids of one instance go up strictly, even within a millisecond or when the clock goes back. */
export function cryptoSecrets(key: string, clock: Pick<Clock, "now">): Secrets {
  const signed = hmacSha256(key);
  const ulid = monotonicFactory(randomFractions());
  return {
    id: () => ulid(clock.now()).toLowerCase(),
    random(length, alphabet) {
      const letters = [...alphabet];
      return Array.from({ length }, () => letters[randomInt(letters.length)]).join("");
    },
    sign: (text, length) => signed(text).slice(0, length),
    ...sealing(key),
  };
}

const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM with a key of its own, derived by HKDF (RFC 5869); iv, tag and ciphertext in base64url. */
function sealing(key: string): Pick<Secrets, "seal" | "unseal"> {
  let derived: Buffer | undefined;
  const sealingKey = () => {
    derived ??= Buffer.from(hkdfSync("sha256", key, "", "peerspark:seal", 32));
    return derived;
  };
  return {
    seal(text) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", sealingKey(), iv);
      const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), hidden]).toString("base64url");
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length < ivBytes + tagBytes) return undefined;
      try {
        const decipher = createDecipheriv("aes-256-gcm", sealingKey(), bytes.subarray(0, ivBytes));
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
      } catch {
        return undefined;
      }
    },
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
