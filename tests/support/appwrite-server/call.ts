// One call of the API as its handler sees it, and what the handler answers.
import type { Params } from "./params.ts";
import type { State } from "./state.ts";

export interface Call {
  readonly state: State;
  readonly path: Readonly<Record<string, string>>;
  /** From the query string of a GET, from the body of anything else. */
  readonly params: Params;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Whether an API key came with it; a guest calls otherwise. */
  readonly withKey: boolean;
  /** The body as it came, of what is not JSON. */
  readonly raw: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** A body that is not JSON, piece by piece. */
  readonly pieces?: readonly Buffer[];
  readonly headers?: Readonly<Record<string, string>>;
}

export type Handler = (call: Call) => Answer;

export const ok = (body: unknown, status = 200): Answer => ({ status, body });
export const done: Answer = { status: 204 };
