// One HTTP request to the Bot API server: its parameters read, its fault met, its method run, its answer written.
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Planned, takeFault } from "../planned-faults.ts";
import type { Delivery } from "./delivery.ts";
import type { Fault } from "./faults.ts";
import { fileAt } from "./files.ts";
import { methods } from "./methods.ts";
import { parseMultipart, type UploadedFile } from "./multipart.ts";
import type { Params } from "./params.ts";
import { Refusal } from "./refusal.ts";
import type { Call, State } from "./state.ts";

export interface Parts {
  readonly state: State;
  readonly deliver: Delivery;
  readonly planned: Planned<Fault>[];
  /** How many calls are remembered. */
  readonly remembered: number;
}

export async function answer(
  { state, deliver, planned, remembered }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url?.startsWith("/file/")) return giveFile(state, request.url, response);
  const [, token, method = ""] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? "") ?? [];
  const read = await readParams(request).catch(() => undefined);
  if (!read) return void response.socket?.destroy();
  const { params, files } = read;
  if (token !== state.token) return write(response, 401, { ok: false, error_code: 401, description: "Unauthorized" });
  const call: Call = { method, params, status: 200 };
  state.calls.push(call);
  if (state.calls.length > remembered) state.calls.shift();
  const fault = takeFault(planned, method);
  if (fault?.kind === "hang") return;
  if (fault?.kind === "cut") return void response.socket?.destroy();
  if (fault?.kind === "status") {
    call.status = fault.status;
    return void response.writeHead(fault.status, { "content-type": "text/html" }).end("<html>Bad Gateway</html>");
  }
  try {
    if (fault) meet(fault);
    const result = await run(state, deliver, method, params, files, response);
    if (fault?.kind === "act-then-cut") return void response.socket?.destroy();
    write(response, 200, { ok: true, result });
  } catch (error) {
    const refused = error instanceof Refusal ? error : new Refusal(500, `Internal Server Error: ${error}`);
    const { code, message, parameters } = refused;
    call.status = code;
    write(response, code, { ok: false, error_code: code, description: message, ...(parameters && { parameters }) });
  }
}

function giveFile(state: State, url: string, response: ServerResponse): void {
  const bytes = fileAt(state, url);
  if (!bytes) return void response.writeHead(404).end();
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": bytes.length }).end(bytes);
}

function meet(fault: Fault): void {
  if (fault.kind === "refuse") throw new Refusal(fault.code, fault.description);
  if (fault.kind !== "429") return;
  const retry_after = fault.retryAfter ?? 1;
  throw new Refusal(429, `Too Many Requests: retry after ${retry_after}`, { retry_after });
}

function run(
  state: State,
  deliver: Delivery,
  method: string,
  params: Params,
  files: readonly UploadedFile[],
  response: ServerResponse,
): unknown {
  if (method === "getUpdates") return deliver.getUpdates(params, (callback) => response.on("close", callback));
  if (method === "setWebhook") return deliver.setWebhook(params);
  if (method === "deleteWebhook") return deliver.deleteWebhook(params);
  if (method === "getWebhookInfo") return deliver.getWebhookInfo();
  const known = methods[method];
  if (!known) throw new Refusal(404, "Not Found");
  return known(state, params, files);
}

async function readParams(request: IncomingMessage): Promise<{ params: Params; files: readonly UploadedFile[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  const query = Object.fromEntries(new URL(request.url ?? "", "http://x").searchParams);
  if (type.startsWith("multipart/")) {
    const { fields, files } = parseMultipart(body, type);
    return { params: { ...query, ...fields }, files };
  }
  if (type.startsWith("application/x-www-form-urlencoded"))
    return { params: { ...query, ...Object.fromEntries(new URLSearchParams(body.toString())) }, files: [] };
  return { params: body.length ? { ...query, ...jsonBody(body) } : query, files: [] };
}

function jsonBody(body: Buffer): object {
  try {
    return JSON.parse(body.toString()) as object;
  } catch {
    return {};
  }
}

function write(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}
