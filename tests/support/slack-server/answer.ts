// One HTTP request to the server: the Web API, the answers to interactions, files going in and out.
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Planned, takeFault } from "../planned-faults.ts";
import type { Fault } from "./faults.ts";
import { taken } from "./files.ts";
import { type Given, givenIn } from "./given.ts";
import { runMethod } from "./methods.ts";
import { type OAuth, tokenIn } from "./oauth.ts";
import { Refusal, slowDown } from "./refusal.ts";
import { respond } from "./respond.ts";
import type { Call, State } from "./state.ts";

export interface Parts {
  readonly state: State;
  readonly auth: OAuth;
  readonly planned: Planned<Fault>[];
  readonly appToken: string;
  /** Where a WebSocket may be opened now. */
  socketUrl(): string;
}

export async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "", "http://x");
  const body = await bodyOf(request);
  const [, room, rest = ""] = /^\/(api|upload|response|files)\/(.+)$/.exec(pathname) ?? [];
  if (room === "api") return callMethod(parts, rest, request, body, response);
  if (room === "upload") return void response.writeHead(taken(parts.state, rest, body) ? 200 : 400).end("OK");
  if (room === "response") return respond(parts.state, rest, body, response);
  if (room === "files") return sendFile(parts.state, rest, request, response);
  response.writeHead(404).end();
}

async function callMethod(
  { state, auth, planned, appToken, socketUrl }: Parts,
  method: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const authorization = request.headers.authorization;
  const given = givenIn(body.toString(), request.headers["content-type"] ?? "");
  const call: Call = { method, given, token: authorization?.replace(/^Bearer /, "") ?? given.token ?? "", error: "" };
  state.calls.push(call);
  const fault = takeFault(planned, method);
  if (fault?.kind === "hang") return;
  if (fault?.kind === "cut") return void response.socket?.destroy();
  if (fault?.kind === "status") return void response.writeHead(fault.status).end("<html>Bad Gateway</html>");
  try {
    if (fault) meet(fault);
    const run = () => {
      if (method === "oauth.v2.access") return auth.access(given);
      if (method === "apps.connections.open") return connectionsOpen(call.token, appToken, socketUrl);
      return runMethod(state, tokenIn(state, call.token), method, given as Given);
    };
    const result = run();
    if (fault?.kind === "act-then-cut") return void response.socket?.destroy();
    const scopes = state.tokens.get(call.token)?.scopes;
    write(response, 200, { ok: true, ...result }, scopes && { "x-oauth-scopes": scopes.join(",") });
  } catch (error) {
    const refused = error instanceof Refusal ? error : new Refusal("fatal_error", { more: { why: String(error) } });
    call.error = refused.message;
    const headers: Record<string, string> =
      refused.retryAfter === undefined ? {} : { "retry-after": `${refused.retryAfter}` };
    write(response, refused.status, { ok: false, error: refused.message, ...refused.more }, headers);
  }
}

function meet(fault: Fault): void {
  if (fault.kind === "refuse") throw new Refusal(fault.error);
  if (fault.kind === "429") slowDown(fault.retryAfter ?? 1);
}

function connectionsOpen(token: string, appToken: string, socketUrl: () => string) {
  if (token !== appToken) throw new Refusal(token.startsWith("xapp-") ? "invalid_auth" : "not_allowed_token_type");
  return { url: socketUrl() };
}

function sendFile(state: State, id: string, request: IncomingMessage, response: ServerResponse): void {
  const file = state.files.get(id);
  const token = state.tokens.get(request.headers.authorization?.replace(/^Bearer /, "") ?? "");
  if (!token?.scopes.includes("files:read"))
    return void response.writeHead(200, { "content-type": "text/html" }).end("<html>Sign in</html>");
  if (!file) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": file.type }).end(file.content);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function write(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(text);
}
