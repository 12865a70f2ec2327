// Whether a request comes from Slack (docs.slack.dev/authentication/verifying-requests-from-slack).
import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../core/ports/clock.ts";

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** ms that a request may be old. */
const oldest = 5 * 60_000;

export function verifier(secret: string, clock: Clock): (headers: Headers, body: Buffer) => boolean {
  const key = createSecretKey(secret, "utf8");
  return (headers, body) => {
    const stamp = headers["x-slack-request-timestamp"];
    const signature = headers["x-slack-signature"];
    if (typeof stamp !== "string" || typeof signature !== "string" || !/^\d{1,12}$/.test(stamp)) return false;
    if (Math.abs(clock.now() - Number(stamp) * 1000) > oldest) return false;
    const expected = Buffer.from(`v0=${createHmac("sha256", key).update(`v0:${stamp}:`).update(body).digest("hex")}`);
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}
