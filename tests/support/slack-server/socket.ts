// Socket Mode's other end: hello, envelopes that want to be acknowledged, pings, and connections that Slack recycles.
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";

/** ms in which Slack wants everything acknowledged. */
export const deadline = 3_000;

export interface Socket {
  /** @returns status 0 when there is no connection, or it was not acknowledged in time. */
  deliver(type: string, payload: object, retry: number): Promise<{ status: number; answer?: Record<string, unknown> }>;
  /** A ticket for one connection. */
  url(base: string): string;
  /** Slack recycles the connections: says so, and cuts them later. */
  recycle(cutAfterMs?: number): void;
  /** As a network does. */
  cut(): void;
  readonly connections: number;
  /** How many there have been. */
  readonly opened: number;
  close(): void;
}

export function socketOn(server: Server): Socket {
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const acknowledged = new Map<string, (answer: Record<string, unknown> | undefined) => void>();
  const sockets = new WebSocketServer({ noServer: true });
  let opened = 0;
  let envelopes = 0;

  server.on("upgrade", (request, stream, head) => {
    const ticket = new URL(request.url ?? "", "http://x").searchParams.get("ticket") ?? "";
    if (!tickets.delete(ticket)) return stream.destroy();
    sockets.handleUpgrade(request, stream, head, greet);
  });

  function greet(socket: WebSocket): void {
    opened++;
    open.push(socket);
    socket.on("close", () => open.splice(open.indexOf(socket), 1));
    socket.on("message", (data) => {
      const { envelope_id: id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: object };
      acknowledged.get(id)?.(payload as Record<string, unknown> | undefined);
    });
    socket.send(JSON.stringify({ type: "hello", num_connections: open.length, connection_info: { app_id: "A1" } }));
    socket.ping();
  }

  return {
    async deliver(type, payload, retry) {
      const connection = open.at(-1);
      if (!connection) return { status: 0 };
      const id = `envelope-${++envelopes}`;
      const envelope = {
        envelope_id: id,
        type,
        payload,
        accepts_response_payload: type !== "events_api",
        ...(type === "events_api" && { retry_attempt: retry, retry_reason: retry > 0 ? "timeout" : "" }),
      };
      const answered = Promise.withResolvers<{ status: number; answer?: Record<string, unknown> }>();
      const timer = setTimeout(() => answered.resolve({ status: 0 }), deadline);
      acknowledged.set(id, (answer) => {
        clearTimeout(timer);
        const isEmpty = answer === undefined || Object.keys(answer).length === 0;
        answered.resolve({ status: 200, ...(!isEmpty && { answer }) });
      });
      connection.send(JSON.stringify(envelope));
      return answered.promise;
    },
    url(base) {
      const ticket = `ticket-${Math.random()}`;
      tickets.add(ticket);
      return `${base.replace(/^http/, "ws")}/link?ticket=${ticket}`;
    },
    recycle(cutAfterMs = 1_000) {
      for (const socket of open) {
        socket.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested", debug_info: { host: "x" } }));
        setTimeout(() => socket.terminate(), cutAfterMs).unref();
      }
    },
    cut() {
      for (const socket of [...open]) socket.terminate();
    },
    get connections() {
      return open.length;
    },
    get opened() {
      return opened;
    },
    close() {
      for (const socket of [...open]) socket.terminate();
      sockets.close();
    },
  };
}
