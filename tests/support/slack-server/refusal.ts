// How Slack says no: its code, and what goes with it.

export class Refusal extends Error {
  readonly status: number;
  readonly more: Readonly<Record<string, unknown>>;
  readonly retryAfter?: number;

  constructor(error: string, options: { status?: number; more?: Record<string, unknown>; retryAfter?: number } = {}) {
    super(error);
    this.name = "Refusal";
    this.status = options.status ?? 200;
    this.more = options.more ?? {};
    this.retryAfter = options.retryAfter;
  }
}

export function refuse(error: string, why?: string): never {
  throw new Refusal(error, why === undefined ? {} : { more: { response_metadata: { messages: [`[ERROR] ${why}`] } } });
}

/** @param seconds as in the header Retry-After. */
export function slowDown(seconds: number): never {
  throw new Refusal("ratelimited", { status: 429, retryAfter: seconds });
}
