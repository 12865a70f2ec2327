// Stands between a bot and its Bot API server and holds back the calls of one method until they are let go.
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HoldingProxy {
  readonly url: string;
  hold(method: string): void;
  /** Resolves when so many calls are held. */
  held(count: number): Promise<void>;
  /** Lets go of what is held, and holds nothing more. */
  release(): void;
  close(): Promise<void>;
}

export async function holdingProxy(to: string): Promise<HoldingProxy> {
  let method: string | undefined;
  let kept: (() => void)[] = [];
  const watching = new Set<() => void>();

  const server = createServer((incoming, response) => {
    if (method === undefined || !incoming.url?.endsWith(`/${method}`)) return forward(to, incoming, response);
    kept.push(() => forward(to, incoming, response));
    for (const look of watching) look();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold(name) {
      method = name;
    },
    held: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (kept.length < count) return;
          watching.delete(look);
          resolve();
        };
        watching.add(look);
        look();
      }),
    release() {
      method = undefined;
      for (const go of kept) go();
      kept = [];
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(to: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request(to + url, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.destroy());
  response.on("close", () => onward.destroy());
  incoming.pipe(onward);
}
