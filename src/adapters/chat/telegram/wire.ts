// One call of the Bot API, or one file of its file server, over pooled connections. Nothing it answers holds the token.

import type { Clock } from "../../../core/ports/clock.ts";
import { below, pooledWire } from "../pooled-wire.ts";
import type { Body } from "./body.ts";

/** https://core.telegram.org/bots/api#making-requests */
export type Answer =
  | { readonly ok: true; readonly result: unknown }
  | {
      readonly ok: false;
      readonly error_code: number;
      readonly description: string;
      readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
    };

export interface BotWire {
  /** @throws WireError; answers that are no Bot API answer (a proxy's page) come back as not ok with their status. */
  post(method: string, body: Body, timeoutMs: number, signal?: AbortSignal): Promise<Answer>;
  /** A file of the Bot API's file server. @throws WireError, also for one of more than `most` bytes. */
  get(path: string, most: number, timeoutMs: number): Promise<{ readonly status: number; readonly body: Buffer }>;
  close(): Promise<void>;
}

export function botWire(apiRoot: string, token: string, clock: Clock): BotWire {
  const at = below(apiRoot);
  const wire = pooledWire(clock);
  return {
    async post(method, { type, bytes }, timeoutMs, signal) {
      const { origin, path } = at(`/bot${token}/${method}`);
      const headers = { "content-type": type };
      const request = { origin, path, method: "POST", headers, body: bytes, timeoutMs, signal } as const;
      const { status, body } = await wire.send(request);
      return answerOf(status, body);
    },
    get(path, most, timeoutMs) {
      const file = at(`/file/bot${token}/${encodeURI(path)}`);
      return wire.send({ ...file, method: "GET", headers: {}, timeoutMs, most });
    },
    close: () => wire.close(),
  };
}

function answerOf(status: number, body: Buffer): Answer {
  try {
    const answer = JSON.parse(body.toString()) as Answer;
    if (typeof answer === "object" && answer !== null && typeof answer.ok === "boolean") return answer;
  } catch {}
  return { ok: false, error_code: status < 400 ? 502 : status, description: "not an answer of the Bot API" };
}
