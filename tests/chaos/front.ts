// What stands between one worker and a chat app: it passes calls on, and lets sends meet with every kind of accident.
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type AppName = "discord" | "slack" | "telegram";

/** What a send can meet with. "acted": the app has done it, and the worker doesn't hear of it. */
export type Accident =
  /** The worker is killed before the app hears of it, after it acted, and right after the answer. */
  | "killed before"
  | "killed when acted"
  | "killed when answered"
  | "limited"
  | "broken"
  | "hangs"
  | "hangs when acted"
  | "cut"
  | "cut when acted";

export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

export interface FrontOptions {
  readonly app: AppName;
  /** The app's own address. */
  readonly to: string;
  /** Asked for every send. */
  accident(): Accident | undefined;
  /** Kills the worker behind it. */
  kill(): void;
}

const sends: Readonly<Record<AppName, RegExp>> = {
  discord: /^\/api\/v\d+\/channels\/\d+\/messages$/,
  slack: /^\/api\/chat\.postMessage$/,
  telegram: /\/sendMessage$/,
};

export async function front(options: FrontOptions): Promise<Front> {
  const server = createServer((incoming, response) => {
    const isSend = incoming.method === "POST" && sends[options.app].test(incoming.url ?? "");
    void meet(isSend ? options.accident() : undefined, options, incoming, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { origin, pathname } = new URL(options.to);
  const own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: options.to.replace(origin, own).replace(/\/$/, pathname === "/" ? "" : "/"),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function meet(
  accident: Accident | undefined,
  { app, to, kill }: FrontOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const cut = () => void response.socket?.destroy();
  if (accident === "limited") return limit(app, incoming, response);
  if (accident === "broken") return void incoming.resume().on("end", () => response.writeHead(502).end("<html>"));
  if (accident === "hangs") return void incoming.resume();
  if (accident === "cut") return cut();
  if (accident === "killed before") {
    kill();
    return cut();
  }
  const answer = await passedOn(new URL(to).origin, incoming).catch(() => undefined);
  if (!answer) return cut();
  if (accident === "hangs when acted") return;
  if (accident === "killed when acted") kill();
  if (accident === "killed when acted" || accident === "cut when acted") return cut();
  response.writeHead(answer.status, answer.headers).end(answer.body);
  if (accident === "killed when answered") response.on("finish", () => setImmediate(kill));
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

function passedOn(origin: string, incoming: IncomingMessage): Promise<Answer> {
  const { method, url, headers } = incoming;
  return new Promise((resolve, reject) => {
    const onward = request(origin + url, { method, headers: { ...headers, host: new URL(origin).host } }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("error", reject);
      answer.on("end", () => {
        const { "transfer-encoding": _, ...kept } = answer.headers;
        const body = Buffer.concat(parts);
        resolve({
          status: answer.statusCode ?? 502,
          headers: { ...kept, "content-length": `${body.length}` },
          body,
        });
      });
    });
    onward.on("error", reject);
    incoming.on("error", reject).pipe(onward);
  });
}

/** "Too many, come again in a second", as each of them says it. */
function limit(app: AppName, incoming: IncomingMessage, response: ServerResponse): void {
  const said = {
    discord: { message: "You are being rate limited.", retry_after: 1, global: false },
    slack: { ok: false, error: "ratelimited" },
    telegram: {
      ok: false,
      error_code: 429,
      description: "Too Many Requests: retry after 1",
      parameters: { retry_after: 1 },
    },
  }[app];
  incoming.resume().on("end", () => {
    response.writeHead(429, { "content-type": "application/json", "retry-after": "1" }).end(JSON.stringify(said));
  });
}
