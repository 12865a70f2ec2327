// One connection to a mail server, kept open, with one message on it at a time: so it is known how far each has come.
import type { SendMailOptions } from "nodemailer";
import { createTransport } from "nodemailer";

export interface Lane {
  /** Messages that wait for it or are on it. */
  readonly busy: number;
  /** @throws MailFailure */
  send(message: SendMailOptions): Promise<void>;
  /** Connects and authenticates. @throws MailFailure */
  verify(): Promise<void>;
  close(): void;
}

/** What the server said, and whether it may have taken the message: it had asked for its text (354). */
export class MailFailure extends Error {
  readonly status: number | undefined;
  /** The SMTP command that failed; "RCPT TO" when it is the address. */
  readonly command: string | undefined;
  readonly code: string | undefined;
  readonly written: boolean;

  constructor(error: unknown, written: boolean) {
    const { responseCode, command, code } = error as { responseCode?: number; command?: string; code?: string };
    super(code ?? "failed");
    this.name = "MailFailure";
    this.status = responseCode;
    this.command = command;
    this.code = code;
    this.written = written && responseCode === undefined;
  }
}

/** ms; together far below the lease of a delivery, which runs while a message waits for its turn as well. */
export interface Patience {
  /** Of one that has not begun nothing is out, so it may come again later. */
  readonly waitingMs: number;
  /** From its beginning to the server's last word. */
  readonly sendingMs: number;
}
const usual: Patience = { waitingMs: 30_000, sendingMs: 60_000 };
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

export function laneTo(url: string, { waitingMs, sendingMs }: Patience = usual): Lane {
  let written = false;
  const heard = (entry: { tnx?: string }, said?: string) => {
    if (entry.tnx === "server" && said?.startsWith("354")) written = true;
  };
  const quiet = () => undefined;
  const logger = { trace: quiet, debug: heard, info: quiet, warn: quiet, error: quiet, fatal: quiet, level: quiet };
  const connect = () =>
    createTransport({
      url,
      ...timeouts,
      pool: true,
      maxConnections: 1,
      maxRequeues: 0,
      transactionLog: true,
      logger: logger as never,
      disableFileAccess: true,
      disableUrlAccess: true,
    } as never);
  let transport = connect();
  /** A connection that answers too slowly is let go of, with what is on it. */
  const startAnew = () => {
    transport.close();
    transport = connect();
  };
  let last: Promise<unknown> = Promise.resolve();
  let busy = 0;
  const inTurn = async (work: () => Promise<unknown>): Promise<void> => {
    busy++;
    const waiting = timeout(waitingMs);
    const turn = last.then(async () => {
      if (waiting.isOver()) return;
      waiting.end();
      written = false;
      const sending = timeout(sendingMs);
      await Promise.race([work(), sending.over])
        .catch((error) => {
          if (sending.isOver()) startAnew();
          throw new MailFailure(error, written);
        })
        .finally(sending.end);
    });
    last = turn.catch(quiet);
    await Promise.race([turn, waiting.over]).finally(() => busy--);
  };
  return {
    get busy() {
      return busy;
    },
    send: (message) => inTurn(() => transport.sendMail(message)),
    verify: () => inTurn(() => transport.verify()),
    close: () => transport.close(),
  };
}

/** `over` rejects after so many ms, unless it has ended before. */
function timeout(ms: number) {
  const over = Promise.withResolvers<never>();
  over.promise.catch(() => undefined);
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    over.reject(new MailFailure({ code: "ETIMEDOUT" }, false));
  }, ms);
  return { over: over.promise, isOver: () => isOver, end: () => clearTimeout(timer) };
}
