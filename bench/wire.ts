// HTTP/1.1 on bare sockets, as little of it as the load needs: the harness must not be what is measured.

import { once } from "node:events";
import { createConnection, createServer, type Server, type Socket } from "node:net";

interface Message {
  /** The request or status line. */
  readonly line: string;
  readonly body: string;
}

/** Hands out whole messages as they come in; bodies have a Content-Length or are chunked in one piece a chunk. */
function reader(socket: Socket, take: (message: Message) => void): void {
  let waiting: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    waiting = waiting.length ? Buffer.concat([waiting, chunk]) : chunk;
    for (;;) {
      const head = waiting.indexOf("\r\n\r\n");
      if (head < 0) return;
      const header = waiting.toString("latin1", 0, head);
      const whole = bodyAfter(header, waiting, head + 4);
      if (!whole) return;
      waiting = waiting.subarray(whole.end);
      take({ line: header.slice(0, header.indexOf("\r\n")), body: whole.body });
    }
  });
  socket.on("error", () => socket.destroy());
}

function bodyAfter(header: string, bytes: Buffer, from: number): { body: string; end: number } | undefined {
  if (/\r\ntransfer-encoding: *chunked/i.test(header)) {
    const end = bytes.indexOf("\r\n0\r\n\r\n", from - 2);
    return end < 0
      ? undefined
      : { body: bytes.toString("utf8", from, end).replace(/(^|\r\n)[0-9a-f]+\r\n/gi, ""), end: end + 7 };
  }
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(header)?.[1] ?? 0);
  return bytes.length < from + length
    ? undefined
    : { body: bytes.toString("utf8", from, from + length), end: from + length };
}

/** A server that answers every request with JSON, at once, or with 204 for ""; one without an answer waits until the client goes. */
export async function jsonServer(
  answer: (path: string, body: string, method: string) => string | undefined,
): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.on("close", () => sockets.delete(socket));
    reader(socket, ({ line, body }) => {
      const [method = "", path = ""] = line.split(" ");
      const json = answer(path, body, method);
      if (json === undefined) return;
      if (json === "") return void socket.write("HTTP/1.1 204 No Content\r\nConnection: keep-alive\r\n\r\n");
      socket.write(
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(json)}\r\nConnection: keep-alive\r\n\r\n${json}`,
      );
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

type Headers = Readonly<Record<string, string>>;

/** One kept connection that posts; one request at a time. Answers the status. */
export async function poster(url: string, headers: Headers) {
  const { hostname, port, pathname } = new URL(url);
  const socket = createConnection({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, "connect");
  const fixed = linesOf(headers);
  let answered: ((status: number) => void) | undefined;
  reader(socket, ({ line }) => answered?.(Number(line.split(" ")[1])));
  return {
    post: (body: string, more: Headers = {}) =>
      new Promise<number>((resolve) => {
        answered = resolve;
        socket.write(
          `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${fixed}${linesOf(more)}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
        );
      }),
    close: () => void socket.destroy(),
  };
}

const linesOf = (headers: Headers) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
