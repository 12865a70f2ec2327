// One HTTP request: authorised, its fault met, its route run, its answer written.
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Planned, takeFault } from "../planned-faults.ts";
import { parseMultipart } from "../telegram-server/multipart.ts";
import type { Fault } from "./faults.ts";
import { Refusal } from "./refusal.ts";
import { noRoute, routeOf, routes } from "./routes.ts";
import type { Body, Call, State } from "./state.ts";
import type { Files } from "./writing.ts";

export async function answer(
  state: State,
  planned: Planned<Fault>[],
  request: IncomingMessage,
  response: ServerResponse,
) {
  const url = new URL(request.url ?? "", "http://x");
  if (url.pathname.startsWith("/attachments/")) return attachment(state, url.pathname, response);
  const path = url.pathname.replace(/^\/api(\/v10)?/, "");
  const { route, ids } = routeOf(path);
  const { body, files } = await read(request);
  const call: Call = { method: request.method ?? "", route, path, body, status: 200 };
  state.calls.push(call);
  const fault = takeFault(planned, `${call.method} ${route}`);
  if (fault?.kind === "hang") return;
  if (fault?.kind === "cut") return void response.socket?.destroy();
  try {
    if (fault?.kind === "refuse")
      throw new Refusal(fault.status, fault.code ?? 0, fault.message ?? "refused", fault.more);
    if (needsToken(path) && request.headers.authorization !== `Bot ${state.token}`)
      throw new Refusal(401, 0, "401: Unauthorized");
    const run = routes[`${call.method} ${route}`] ?? (() => noRoute(`${call.method} ${route}`));
    const result = run({ state, ids, body, files, query: url.searchParams });
    if (fault?.kind === "act-then-cut") return void response.socket?.destroy();
    write(response, result === undefined ? 204 : 200, result);
  } catch (error) {
    const refused = error instanceof Refusal ? error : new Refusal(500, 0, `Internal Server Error: ${String(error)}`);
    call.status = refused.status;
    const headers: Record<string, string> =
      refused.status === 429 ? { "retry-after": `${refused.more.retry_after}` } : {};
    write(response, refused.status, { code: refused.code, message: refused.message, ...refused.more }, headers);
  }
}

/** Where the path holds a token of its own, the bot's is not asked for. */
const needsToken = (path: string) => !/^\/(interactions\/\d+\/|webhooks\/\d+\/)/.test(path);

/** Files are given to anybody who has the address. */
function attachment({ channels }: State, path: string, response: ServerResponse): void {
  const [, , channel = "", message = "", n = ""] = path.split("/");
  const file = channels.get(channel)?.messages.get(message)?.files[Number(n)];
  response.writeHead(file ? 200 : 404).end(file?.bytes);
}

async function read(request: IncomingMessage): Promise<{ body: Body; files: Files }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/"))
    return { body: raw.length ? (JSON.parse(raw.toString()) as Body) : {}, files: [] };
  const { fields, files } = parseMultipart(raw, type);
  return { body: JSON.parse(fields.payload_json ?? "{}") as Body, files };
}

function write(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  if (body === undefined) return void response.writeHead(status, headers).end();
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}
