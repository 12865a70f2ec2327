// A real SMTP server (smtp-server, by the authors of nodemailer) that keeps what it takes and fails as it is told.
import { createRequire } from "node:module";
import type { AddressInfo, Socket } from "node:net";

interface Session {
  readonly envelope: { readonly rcptTo: readonly { readonly address: string }[] };
}
type Done = (error?: Error | null) => void;
interface SmtpServerOptions {
  readonly authOptional: boolean;
  readonly disabledCommands: readonly string[];
  readonly logger: boolean;
  onConnect(session: unknown, done: Done): void;
  onRcptTo(address: { address: string }, session: Session, done: Done): void;
  onData(stream: AsyncIterable<Buffer>, session: Session, done: Done): void;
}
interface SmtpServer {
  listen(port: number, host: string, listening: () => void): void;
  close(closed: () => void): void;
  on(event: "error", heard: (error: Error) => void): void;
  readonly server: { address(): AddressInfo; on(event: "connection", heard: (socket: Socket) => void): void };
}

const { SMTPServer } = createRequire(new URL("../servers/package.json", import.meta.url))("smtp-server") as {
  SMTPServer: new (options: SmtpServerOptions) => SmtpServer;
};

export interface TakenMail {
  readonly to: string;
  readonly raw: string;
  /** Unfolded. */
  header(name: string): string | undefined;
}

export interface MailServer {
  readonly url: string;
  readonly taken: TakenMail[];
  /** Answers of the server by stage; the first of each is used up. "cut" takes the message and ends the connection, "hang" never answers. */
  readonly next: { connect: Fault[]; rcpt: Fault[]; data: Fault[] };
  close(): Promise<void>;
}
export type Fault = number | "cut" | "hang";

export const replied = (responseCode: number) => Object.assign(new Error("as it was told"), { responseCode });

export async function mailServer(): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const next: MailServer["next"] = { connect: [], rcpt: [], data: [] };
  const sockets = new Set<Socket>();
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  const meet = (fault: Fault | undefined, done: Done) => {
    if (fault === "hang") return;
    if (fault === "cut") return cutAll();
    done(fault === undefined ? null : replied(fault));
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onConnect: (_, done) => meet(next.connect.shift(), done),
    onRcptTo: (_, __, done) => meet(next.rcpt.shift(), done),
    onData(stream, session, done) {
      void collect(stream).then((raw) => {
        const fault = next.data.shift();
        if (typeof fault !== "number") taken.push(mailOf(session.envelope.rcptTo[0]!.address, raw));
        meet(fault, done);
      });
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    taken,
    next,
    async close() {
      cutAll();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function mailOf(to: string, raw: string): TakenMail {
  const head = raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
  return {
    to,
    raw,
    header: (name) => new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1],
  };
}
