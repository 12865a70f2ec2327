// Socket Mode: Slack's envelopes over a WebSocket that we open, each acknowledged (docs.slack.dev/apis/events-api/using-socket-mode).
import { channel as diagnostics } from "node:diagnostics_channel";
import { z } from "zod";
import { AppError, passes } from "../../../core/errors.ts";
import { just, maybe } from "../../../core/plain-shapes.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { LineState } from "../../../core/ports/platform.ts";
import { underWay } from "../under-way.ts";
import type { Api } from "./api.ts";
import { slackTexts } from "./texts.ts";

export interface Socket {
  /** Resolves when Slack has said hello. @throws AppError as Platform.start. */
  open(): Promise<void>;
  connected(): boolean;
  /** Takes nothing more. Resolves when what was taken is acknowledged, at the latest after so many ms, and all is closed. */
  close(withinMs: number): Promise<void>;
}

export interface SocketParts {
  readonly api: Api;
  readonly appToken: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Resolves as soon as the envelope can be acknowledged, with what to answer. */
  take(payload: unknown): Promise<{ readonly answer?: object }>;
  /** What becomes of the connection once it is made. */
  told(state: LineState): void;
}

const Envelope = z.object({
  type: just.string,
  envelope_id: maybe.string,
  accepts_response_payload: maybe.boolean,
  payload: z.unknown().optional(),
});

/** ms without a ping of Slack's after which a connection counts as dead. */
const silence = 45_000;
const helloWithin = 15_000;
/** ms in which Slack wants an acknowledgement, and some. */
const acknowledgedWithin = 5_000;
const backoffMs = (failures: number) => Math.min(30_000, 500 * 2 ** failures);

export function socketMode({ api, appToken, clock, log, take, told }: SocketParts): Socket {
  let current: Line | undefined;
  const lines = new Set<Line>();
  const { track, idle } = underWay(clock);
  let closed = false;
  let state: "down" | "up" = "up";
  const say = (next: "down" | "up") => {
    if (state !== next) told(next);
    state = next;
  };

  /** Reads until it ends; resolves at Slack's hello. */
  async function connect(): Promise<Line> {
    const { url } = await api.call(appToken, "apps.connections.open", {}).catch(refuse);
    const line = openLine(url ?? "", clock, {
      envelope: (envelope) => void track(receive(line, envelope)),
      over: () => {
        lines.delete(line);
        void lost(line);
      },
    });
    lines.add(line);
    await line.ready;
    return line;
  }

  async function receive(line: Line, { type, envelope_id: id, payload }: z.infer<typeof Envelope>): Promise<void> {
    if (type === "disconnect") return void replace(line);
    if (id === undefined || closed) return;
    const { answer } = await take(payload);
    line.send({ envelope_id: id, ...(answer && { payload: answer }) });
  }

  /** Slack says beforehand that it will cut a connection: the next one is opened first, so that nothing waits or is lost. */
  async function replace(old: Line): Promise<void> {
    if (closed || current !== old) return;
    current = undefined;
    await again(0);
    await idle(acknowledgedWithin);
    old.close();
  }

  async function lost(line: Line): Promise<void> {
    if (closed || current !== line) return;
    current = undefined;
    say("down");
    log.info({}, "the connection to Slack ended; it is opened again");
    await again(0);
  }

  async function again(failures: number): Promise<void> {
    if (closed) return;
    try {
      const line = await connect();
      if (closed) return line.close();
      current = line;
      say("up");
    } catch (error) {
      if (closed) return;
      if (error instanceof AppError && !passes(error)) return told({ ended: error });
      say("down");
      log.warn({ failures }, "Slack could not be connected; PeerSpark keeps trying", error);
      await new Promise<void>((resolve) => clock.after(backoffMs(failures), resolve));
      await again(failures + 1);
    }
  }

  return {
    async open() {
      current = await connect();
    },
    connected: () => current !== undefined,
    async close(withinMs) {
      closed = true;
      await idle(withinMs);
      for (const line of lines) line.close();
    },
  };
}

/** At the start a wrong app token can't be mended by trying again. */
function refuse(error: unknown): never {
  const isClosed = error instanceof AppError && error.detail.reason === "closed";
  if (!isClosed) throw error;
  throw new AppError("forbidden", slackTexts.say("badToken"), { cause: error, detail: { reason: "token" } });
}

interface Line {
  readonly ready: Promise<void>;
  send(message: object): void;
  close(): void;
}

interface Hearing {
  envelope(envelope: z.infer<typeof Envelope>): void;
  /** Once, however it ended. */
  over(): void;
}

const noAnswer = () => new AppError("unavailable", slackTexts.say("noAnswer"));

function openLine(url: string, clock: Clock, hearing: Hearing): Line {
  const socket = new WebSocket(url);
  const ready = Promise.withResolvers<void>();
  let over = false;
  let cancel = clock.after(helloWithin, () => end());
  const alive = () => {
    cancel();
    cancel = clock.after(silence, () => end());
  };
  const pinged = (message: unknown) => {
    if (typeof message === "object" && message !== null && "websocket" in message && message.websocket === socket)
      alive();
  };
  const end = () => {
    if (over) return;
    over = true;
    cancel();
    pings.unsubscribe(pinged);
    socket.close();
    ready.reject(noAnswer());
    hearing.over();
  };
  pings.subscribe(pinged);
  socket.addEventListener("close", end);
  socket.addEventListener("error", end);
  socket.addEventListener("message", ({ data }) => {
    if (over) return;
    alive();
    const envelope = read(data);
    if (envelope?.type === "hello") ready.resolve();
    else if (envelope) hearing.envelope(envelope);
  });
  ready.promise.catch(() => undefined);
  return {
    ready: ready.promise,
    send: (message) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    },
    close: end,
  };
}

/** The WebSocket itself does not tell of pings. */
const pings = diagnostics("undici:websocket:ping");

function read(data: unknown): z.infer<typeof Envelope> | undefined {
  try {
    return Envelope.safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}
