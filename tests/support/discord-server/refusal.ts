// What Discord answers when it refuses: an HTTP status, a code of its own and a sentence.

export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(status: number, code: number, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "Refusal";
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

const known = {
  10003: [404, "Unknown Channel"],
  10004: [404, "Unknown Guild"],
  10007: [404, "Unknown Member"],
  10008: [404, "Unknown Message"],
  10013: [404, "Unknown User"],
  10014: [400, "Unknown Emoji"],
  10015: [404, "Unknown Webhook"],
  10062: [404, "Unknown interaction"],
  10070: [404, "Unknown Guild Scheduled Event"],
  40005: [413, "Request entity too large"],
  40060: [400, "Interaction has already been acknowledged."],
  50001: [403, "Missing Access"],
  50005: [403, "Cannot edit a message authored by another user"],
  50006: [400, "Cannot send an empty message"],
  50007: [403, "Cannot send messages to this user"],
  50008: [400, "Cannot send messages in a non-text channel"],
  50013: [403, "Missing Permissions"],
  50027: [401, "Invalid Webhook Token"],
  160002: [403, "Cannot reply without permission to read message history"],
  160005: [400, "Thread is locked"],
} as const;

export function refuse(code: keyof typeof known): never {
  const [status, message] = known[code];
  throw new Refusal(status, code, message);
}

/** The body is wrong; `at` says where. */
export function invalid(at: string, why: string): never {
  throw new Refusal(400, 50035, "Invalid Form Body", {
    errors: { [at]: { _errors: [{ code: "INVALID", message: why }] } },
  });
}

export function must(holds: boolean, at: string, why: string): void {
  if (!holds) invalid(at, why);
}
