// Whether a request comes from Slack (docs.slack.dev/authentication/verifying-requests-from-slack).
import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../core/ports/clock.ts";
import { hmacSha256 } from "../../hmac.ts";

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** ms that a request may be old. */
const oldest = 5 * 60_000;

export function verifier(secret: string, clock: Clock): (headers: Headers, body: Buffer) => boolean {
  const signed = hmacSha256(secret);
  return (headers, body) => {
    const stamp = headers["x-slack-request-timestamp"];
    const signature = headers["x-slack-signature"];
    if (typeof stamp !== "string" || typeof signature !== "string" || !/^\d{1,12}$/.test(stamp)) return false;
    if (Math.abs(clock.now() - Number(stamp) * 1000) > oldest) return false;
    const expected = Buffer.from(`v0=${signed(Buffer.concat([Buffer.from(`v0:${stamp}:`), body]))}`);
    const given = Buffer.from(signature);
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}
