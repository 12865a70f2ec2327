// The HTTP server: listens, and stops without cutting off what it is answering.
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AppError } from "../core/errors.ts";

/** Imported, node:http would load all that its lazy exports lead to (fetch, WebSocket): 15 ms and 6 MB at start. */
const { createServer } = process.getBuiltinModule("node:http");

export interface Listening {
  /** The port it got, where 0 was asked for. */
  readonly port: number;
  /** Takes no new connections, answers what came, cuts off what takes longer than `withinMs`. */
  close(withinMs: number): Promise<void>;
}

/** @throws AppError `unavailable` whose sentence names PORT or HOST. */
export async function listen(app: RequestListener, at: { host: string; port: number }): Promise<Listening> {
  const server = createServer({ requestTimeout: 30_000, keepAliveTimeout: 65_000 }, app);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusal(error, at)));
    server.listen(at.port, at.host, resolve);
  });
  return { port: (server.address() as AddressInfo).port, close: (withinMs) => drain(server, withinMs) };
}

/** A connection kept alive falls idle when its answer is out, and only then may be closed: so idle ones are sought again. */
async function drain(server: Server, withinMs: number): Promise<void> {
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const cut = setTimeout(() => server.closeAllConnections(), withinMs);
  try {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}

function refusal(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): AppError {
  const sentences: Record<string, string> = {
    EADDRINUSE: `PORT ${port} on ${host} is already in use. Stop what listens there, or set PORT to another number.`,
    EACCES: `PORT ${port} may not be used by this user. Set PORT to a number above 1023.`,
  };
  const sentence = sentences[error.code ?? ""] ?? `This machine can't listen on ${host} (${error.code}). Set HOST.`;
  return new AppError("unavailable", sentence, { cause: error });
}
