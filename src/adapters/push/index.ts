// Web push (RFC 8030, 8291, 8292): encrypted for one browser, signed with our VAPID key, failures told apart once.
import webPush from "web-push";
import { AppError } from "../../core/errors.ts";
import type { Pusher } from "../../core/ports/pusher.ts";
import { isOutside, publicLookup } from "./guard.ts";
import { NoAnswer, type Posted, posterBy } from "./post.ts";
import { renderPush } from "./render.ts";
import { pushServiceTexts } from "./texts.ts";

export interface WebPushOptions {
  readonly publicKey: string;
  readonly privateKey: string;
  /** Whom a push service can turn to: a mailto: or https: address. */
  readonly subject: string;
  /** For tests: any address may be called. */
  readonly anywhere?: boolean;
}

const patience = 15_000;
/** How long (s) a push service keeps a message for a browser that is off. */
const keptFor = 24 * 3600;

export function webPusher({ publicKey, privateKey, subject, anywhere = false }: WebPushOptions): Pusher {
  const poster = posterBy(patience, anywhere ? undefined : publicLookup);
  const accepts = (endpoint: string) => anywhere || isOutside(endpoint);
  return {
    publicKey,
    accepts,
    async send({ endpoint, p256dh, auth }, view, reader, key) {
      if (!accepts(endpoint))
        throw new AppError("unavailable", pushServiceTexts.say("gone"), { detail: { reason: "gone" } });
      const { headers, body } = webPush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        JSON.stringify(renderPush(view, reader, key)),
        { vapidDetails: { subject, publicKey, privateKey }, TTL: keptFor, topic: key, urgency: "normal" },
      );
      refuse(await poster.post(endpoint, headers as Record<string, string>, body).catch(noAnswer));
    },
    close: async () => poster.close(),
  };
}

function noAnswer(error: unknown): never {
  const detail = error instanceof NoAnswer && error.written ? { unknown: true } : {};
  throw new AppError("unavailable", pushServiceTexts.say("noAnswer"), { cause: error, detail });
}

/** @throws AppError for what is no success. */
function refuse({ status, retryAfter }: Posted): void {
  if (status >= 200 && status < 300) return;
  const cause = new Error(`the push service answered ${status}`);
  if (status === 404 || status === 410)
    throw new AppError("unavailable", pushServiceTexts.say("gone"), { cause, detail: { reason: "gone" } });
  if (status === 429) {
    const seconds = Number(retryAfter);
    const detail = seconds > 0 ? { retryAfter: seconds * 1000 } : {};
    throw new AppError("rate_limited", pushServiceTexts.say("busy"), { cause, detail });
  }
  if (status >= 500) throw new AppError("unavailable", pushServiceTexts.say("noAnswer"), { cause });
  throw new AppError("invalid", pushServiceTexts.say("refused"), { cause });
}
