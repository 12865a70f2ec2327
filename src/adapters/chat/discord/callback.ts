// The first answer to an interaction, sent ahead of all else: Discord sets no rate limit for it, and gives it three seconds.
import { DefaultUserAgent, DiscordAPIError, type DiscordErrorData, HTTPError } from "@discordjs/rest";
import type { Clock } from "../../../core/ports/clock.ts";
import { below, type Wire, type WireAnswer, type WireError } from "../pooled-wire.ts";
import { slowDown, translated } from "./failure.ts";
import type { InvalidRequests } from "./invalid-requests.ts";

export interface CallbackParts {
  readonly wire: Wire;
  readonly apiUrl: string;
  readonly clock: Clock;
  readonly counted: InvalidRequests;
}

/** Answers what Discord tells of the message, if it was asked to. @throws AppError as Api.call. */
export type Callback = <T>(route: `/${string}`, body: object, withResponse: boolean) => Promise<T | undefined>;

/** ms: an answer that takes longer is too late anyway. */
const withinMs = 4_000;
const headers = { "content-type": "application/json", "user-agent": DefaultUserAgent };

export function callbacks({ wire, apiUrl, clock, counted }: CallbackParts): Callback {
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  const at = below(`${apiUrl}/v10`);
  return async (route, body, withResponse) => {
    const { origin, path } = at(`${route}?with_response=${withResponse}`);
    const request = { origin, path, method: "POST", headers, body: JSON.stringify(body) } as const;
    const until = clock.now() + withinMs;
    for (;;) {
      counted.allow();
      const answer = await wire.send({ ...request, timeoutMs: until - clock.now() }).catch((error: WireError) => {
        throw translated(error, error.written);
      });
      counted.note(answer.status);
      if (answer.status < 300) return answer.body.length ? JSON.parse(answer.body.toString()) : undefined;
      if (answer.status !== 429) throw translated(refusalIn(answer, origin + path), true);
      const wait = Number(answer.header("retry-after") ?? 1) * 1000;
      if (clock.now() + wait > until) throw slowDown(wait);
      await sleep(wait);
    }
  };
}

function refusalIn({ status, body }: WireAnswer, url: string): Error {
  const given = { body: undefined, files: undefined };
  if (status >= 500) return new HTTPError(status, `${status}`, "POST", url, given);
  const said = parsed(body);
  return new DiscordAPIError(said, said.code, status, "POST", url, given);
}

function parsed(body: Buffer): DiscordErrorData {
  try {
    return JSON.parse(body.toString());
  } catch {
    return { code: 0, message: "" };
  }
}
