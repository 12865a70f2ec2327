// The address an interaction came with: takes five answers within half an hour, also where PeerSpark is in no channel.

import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Api, Arguments } from "./api.ts";
import type { Means } from "./decoded.ts";

export interface Responder {
  /** False when there is none, or it may not be used any more. @throws as Platform.send. */
  post(message: Arguments): Promise<boolean>;
  /** For a form that is opened now: what its answers can be answered by. */
  kept(): { readonly respond?: string; readonly until?: number };
}

/** docs.slack.dev/interactivity/handling-user-interaction#message_responses */
const goodFor = 30 * 60_000 - 10_000;
const mostUses = 5;

export function responder(
  { api, clock, log }: { api: Api; clock: Clock; log: Log },
  means: Means,
  at: number,
): Responder {
  const until = means.until ?? at + goodFor;
  let left = mostUses;
  const usable = () => means.respond !== undefined && left > 0 && clock.now() < until;
  return {
    async post(message) {
      if (!usable()) return false;
      left--;
      const taken = await api.respond(means.respond!, message);
      if (!taken) {
        left = 0;
        log.debug({}, "the address of an interaction takes no more answers");
      }
      return taken;
    },
    kept: () => (usable() ? { respond: means.respond, until } : {}),
  };
}
