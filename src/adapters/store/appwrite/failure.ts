// What went wrong with one request to Appwrite, in the few terms that decide what happens next.

/** The server refused (a status below 500), failed, or gave no answer (0). */
export class AppwriteFailure extends Error {
  readonly status: number;
  /** Appwrite's name for it, such as `transaction_conflict`; "" when it gave none. */
  readonly type: string;
  /** Whether the server may have done what it was asked. */
  readonly mayHaveActed: boolean;
  /** The largest number that it would have taken, where one was out of its range. */
  readonly most?: number;

  constructor(
    message: string,
    status: number,
    type: string,
    mayHaveActed: boolean,
    { cause, most }: { cause?: unknown; most?: number } = {},
  ) {
    super(message, { cause });
    this.name = "AppwriteFailure";
    this.most = most;
    this.status = status;
    this.type = type;
    this.mayHaveActed = mayHaveActed;
  }
}

/** A commit that did not come to an end: overtaken by others, or nobody could be asked what became of it. */
export class Unfinished extends Error {
  readonly mayHaveActed: boolean;

  constructor(message: string, mayHaveActed: boolean, cause?: unknown) {
    super(message, { cause });
    this.name = "Unfinished";
    this.mayHaveActed = mayHaveActed;
  }
}

/** Asking again may help: nothing is wrong with the question. */
export const isPassingFailure = (error: unknown): error is AppwriteFailure =>
  error instanceof AppwriteFailure && (error.status === 0 || error.status === 429 || error.status >= 500);

/** Two that want the same id, or a row that has changed since. */
export const isClash = (error: unknown): error is AppwriteFailure =>
  error instanceof AppwriteFailure &&
  (error.status === 409 || error.type === "document_not_found" || error.type === "row_not_found");

const neverSent: ReadonlySet<unknown> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** A request that got no answer. Its words hold neither the key nor anything of a row. */
export function unanswered(error: unknown): AppwriteFailure {
  const { code, name } = error as { code?: unknown; name?: string };
  const reason = typeof code === "string" ? code : (name ?? "Error");
  return new AppwriteFailure(`Appwrite gave no answer (${reason})`, 0, "", !neverSent.has(code));
}

/** An answer with a status of 400 or more. */
export function refusalOf(status: number, text: string): AppwriteFailure {
  const { type, most } = wordsOf(text);
  return new AppwriteFailure(`Appwrite answered ${status} ${type}`.trim(), status, type, status >= 500, { most });
}

function wordsOf(text: string): { readonly type: string; readonly most?: number } {
  try {
    const { type, message } = JSON.parse(text) as { type?: unknown; message?: unknown };
    const range = /valid range between [\d,]+ and ([\d,]+)$/.exec(String(message))?.[1];
    return { type: typeof type === "string" ? type : "", ...(range && { most: Number(range.replaceAll(",", "")) }) };
  } catch {
    return { type: "" };
  }
}
