// What the Bot API answers when it refuses: its code, its sentence, and what it says about when or where to try again.

export interface Parameters {
  readonly retry_after?: number;
  readonly migrate_to_chat_id?: number;
}

export class Refusal extends Error {
  readonly code: number;
  readonly parameters?: Parameters;

  constructor(code: number, description: string, parameters?: Parameters) {
    super(description);
    this.name = "Refusal";
    this.code = code;
    this.parameters = parameters;
  }
}

const prefixes: Readonly<Record<number, string>> = { 400: "Bad Request", 403: "Forbidden", 409: "Conflict" };

export function refuse(code: number, why: string, parameters?: Parameters): never {
  throw new Refusal(code, prefixes[code] ? `${prefixes[code]}: ${why}` : why, parameters);
}
