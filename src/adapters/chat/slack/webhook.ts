// What Slack posts to us: events, commands and interactions at one path, signed, and acknowledged within the three seconds that Slack waits.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Webhook } from "../../../core/ports/platform.ts";
import type { Receiver } from "./receive.ts";
import { verifier } from "./signature.ts";

export const eventsPath = "/slack/events";

/** @param receiver undefined while nothing is received: Slack delivers events again later then. */
export function webhookRoute(secret: string, clock: Clock, receiver: () => Receiver | undefined): Webhook {
  const isSlacks = verifier(secret, clock);
  return {
    path: eventsPath,
    async receive({ headers, body }) {
      if (!isSlacks(headers, body)) return { status: 401 };
      const raw = read(headers["content-type"], body);
      if (raw === undefined) return { status: 400 };
      const challenge = challengeIn(raw);
      if (challenge !== undefined) return { status: 200, body: challenge };
      const said = await receiver()?.take(raw);
      if (!said) return { status: 503 };
      if (said.answer === undefined) return { status: 200 };
      return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(said.answer) };
    },
  };
}

/** Events are JSON; commands a form; interactions a form whose `payload` is JSON. */
function read(type: string | string[] | undefined, body: Buffer): object | undefined {
  try {
    if (String(type).startsWith("application/json")) return objectIn(JSON.parse(body.toString()));
    const form = new URLSearchParams(body.toString());
    const payload = form.get("payload");
    return payload === null ? Object.fromEntries(form) : objectIn(JSON.parse(payload));
  } catch {
    return undefined;
  }
}

const objectIn = (value: unknown) => (typeof value === "object" && value !== null ? value : undefined);

/** Slack asks once whether this address is ours. */
const challengeIn = (raw: object): string | undefined =>
  "type" in raw && raw.type === "url_verification" && "challenge" in raw ? String(raw.challenge) : undefined;
