// Updates that Telegram posts to us, at a secret path and with a secret header (core.telegram.org/bots/api#setwebhook).
import { timingSafeEqual } from "node:crypto";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Webhook } from "../../../core/ports/platform.ts";
import { within } from "../within.ts";

export const webhookPath = (secret: string) => `/telegram/${secret}`;

/** ms after which the post is answered although its update is still being handled. */
const longest = 20_000;

/** @param receive undefined while nothing is received: Telegram delivers again later then. */
export function webhookRoute(
  secret: string,
  clock: Clock,
  receive: () => ((update: unknown) => Promise<void>) | undefined,
): Webhook {
  const isSecret = equalTo(secret);
  return {
    path: webhookPath(secret),
    async receive({ headers, body }) {
      const given = headers["x-telegram-bot-api-secret-token"];
      if (typeof given !== "string" || !isSecret(given)) return { status: 401 };
      const update = parsed(body);
      if (update === undefined) return { status: 400 };
      const handle = receive();
      if (!handle) return { status: 503 };
      await within(clock, longest, handle(update));
      return { status: 200 };
    },
  };
}

/** How long the comparison takes tells no more than whether the length is right. */
function equalTo(secret: string): (given: string) => boolean {
  const expected = Buffer.from(secret);
  return (given) => {
    const bytes = Buffer.from(given);
    return bytes.length === expected.length && timingSafeEqual(bytes, expected);
  };
}

function parsed(body: Buffer): object | undefined {
  try {
    const update: unknown = JSON.parse(body.toString());
    const isUpdate = typeof update === "object" && update !== null && "update_id" in update;
    return isUpdate && typeof update.update_id === "number" ? update : undefined;
  } catch {
    return undefined;
  }
}
