// A proxy that a bad network is made of: it delays, drops before and after the server acted, cuts answers in the middle, or is gone.
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Mishap = "delayed" | "dropped before" | "dropped after" | "cut";
const mishaps: readonly Mishap[] = ["delayed", "dropped before", "dropped after", "cut"];

export interface FaultyProxy {
  /** Of the proxy; paths are the server's own. */
  readonly origin: string;
  /** How often each mishap befalls a request: 0 to 1. */
  weather(share: number): void;
  /** From now on every connection ends at once, as when a server is restarted. */
  down(): void;
  /** From now on requests are taken and never answered. */
  hang(): void;
  up(): void;
  /** Requests that met with each mishap so far. */
  readonly met: ReadonlyMap<Mishap, number>;
  /** Requests that were made, whatever became of them. */
  readonly asked: number;
  close(): Promise<void>;
}

/** @param chance fractions in [0, 1), the same in every run. */
export async function faultyProxy(to: string, chance: () => number, delayMs = 150): Promise<FaultyProxy> {
  const met = new Map<Mishap, number>();
  let share = 0;
  let state: "up" | "down" | "hanging" = "up";
  let asked = 0;

  function mishap(): Mishap | undefined {
    const drawn = chance();
    const which = share > 0 && drawn < share * mishaps.length ? mishaps[Math.floor(drawn / share)] : undefined;
    if (which) met.set(which, (met.get(which) ?? 0) + 1);
    return which;
  }

  const server = createServer((incoming, response) => {
    asked++;
    if (state === "down") return void incoming.socket.destroy();
    if (state === "hanging") return void incoming.resume();
    const which = mishap();
    if (which === "dropped before") return void incoming.socket.destroy();
    const go = () => forward(to, incoming, response, which);
    if (which === "delayed") setTimeout(go, delayMs);
    else go();
  });
  server.on("connection", (socket) => state === "down" && socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    met,
    get asked() {
      return asked;
    },
    weather(now) {
      share = now;
    },
    down() {
      state = "down";
      server.closeAllConnections();
    },
    hang() {
      state = "hanging";
    },
    up() {
      if (state === "hanging") server.closeAllConnections();
      state = "up";
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The server has answered in full before anything happens to its answer. */
function forward(to: string, incoming: IncomingMessage, response: ServerResponse, which: Mishap | undefined): void {
  const { method, url, headers } = incoming;
  const onward = request(to + url, { method, headers }, (answer) => {
    const chunks: Buffer[] = [];
    answer.on("data", (chunk: Buffer) => chunks.push(chunk));
    answer.on("end", () => {
      const body = Buffer.concat(chunks);
      if (which === "dropped after") return void incoming.socket.destroy();
      const { "transfer-encoding": _, ...rest } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, { ...rest, "content-length": body.length });
      if (which !== "cut") return void response.end(body);
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => incoming.socket.destroy());
    });
  });
  onward.on("error", () => response.destroy());
  incoming.pipe(onward);
}
