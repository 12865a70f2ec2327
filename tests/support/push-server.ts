// A real push service (web-push-testing) that decrypts what it takes, and a front that fails as it is told and notes headers.
import { createServer, type IncomingHttpHeaders, request } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

interface Model {
  notifyUrl: string;
  subscribe(options: object): Promise<{ endpoint: string; clientHash: string; keys: { p256dh: string; auth: string } }>;
  expireSubscription(hash: string): void;
  getNotifications(options: { clientHash: string }): { messages: string[] };
}
const require = createRequire(new URL("../servers/package.json", import.meta.url));
const Testing = require("web-push-testing/src/server.js") as new (
  model: Model,
  port: number,
) => {
  _app: Parameters<typeof createServer>[1];
  setRequestHandlers(): void;
};
const { PushApiModel } = require("web-push-testing/src/PushApiModel.js") as { PushApiModel: new () => Model };

export interface PushServer {
  subscribe(
    vapidPublicKey: string,
  ): Promise<{ endpoint: string; hash: string; keys: { p256dh: string; auth: string } }>;
  expire(hash: string): void;
  /** What came to a browser, decrypted. */
  shown(hash: string): readonly Readonly<Record<string, string>>[];
  /** Of what was posted, in order. */
  readonly headers: IncomingHttpHeaders[];
  /** Answers, the first of which is used up: a status; "cut" takes the message and ends the connection. */
  readonly next: (number | "cut")[];
  close(): Promise<void>;
}

export async function pushServer(): Promise<PushServer> {
  const model = new PushApiModel();
  const testing = new Testing(model, 0);
  testing.setRequestHandlers();
  const service = createServer(testing._app);
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const inner = (service.address() as AddressInfo).port;
  const headers: IncomingHttpHeaders[] = [];
  const next: PushServer["next"] = [];
  const front = createServer((asked, answer) => {
    headers.push(asked.headers);
    const fault = next.shift();
    if (typeof fault === "number") {
      asked.resume();
      answer.writeHead(fault, { "retry-after": "20" }).end();
      return;
    }
    const passed = request({
      host: "127.0.0.1",
      port: inner,
      path: asked.url,
      method: asked.method,
      headers: asked.headers,
    });
    passed.on("response", (reply) => {
      if (fault === "cut") return void asked.socket.destroy();
      answer.writeHead(reply.statusCode!);
      reply.pipe(answer);
    });
    asked.pipe(passed);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  model.notifyUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}/notify/`;
  return {
    async subscribe(applicationServerKey) {
      const {
        endpoint,
        clientHash: hash,
        keys,
      } = await model.subscribe({ userVisibleOnly: "true", applicationServerKey });
      return { endpoint, hash, keys };
    },
    expire: (hash) => model.expireSubscription(hash),
    shown: (clientHash) => model.getNotifications({ clientHash }).messages.map((text) => JSON.parse(text)),
    headers,
    next,
    async close() {
      front.closeAllConnections();
      service.closeAllConnections();
      await Promise.all([front, service].map((one) => new Promise((resolve) => one.close(resolve))));
    },
  };
}
