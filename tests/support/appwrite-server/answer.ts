// One request: read, admitted, handled, answered, with the faults that were planned for it.
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { admit } from "./auth.ts";
import type { Answer, Call } from "./call.ts";
import { type Fault, type FaultPlan, refusalOf } from "./faults.ts";
import { parseBody, writeJson } from "./json.ts";
import type { RateLimits } from "./limits.ts";
import { isObject, type Params } from "./params.ts";
import { Refusal } from "./refusal.ts";
import { type Route, routes } from "./routes.ts";
import type { State } from "./state.ts";

export interface Served {
  readonly state: State;
  readonly faults: FaultPlan;
  readonly limits: RateLimits;
  /** Lets the worker do what is due. */
  readonly work: () => void;
  readonly note: (method: string, path: string) => void;
}

const version = "1.9.6";
const mostBytes = 12 * 1024 * 1024;
const zippedFrom = 1024;

export async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", socket } = request;
  const url = new URL(request.url ?? "", "http://x");
  const fault = served.faults.take(method, url.pathname);
  const raw = await bodyOf(request);
  if (!raw || fault?.kind === "drop") return void socket.destroy();
  served.note(method, url.pathname);
  if (fault?.kind === "delay") await sleep(fault.ms);
  const headers: Record<string, string> = {};
  const given = fault?.kind === "refuse" ? refused(fault) : handled(served, request, url, raw, headers);
  if (fault?.kind === "act and drop") return void socket.destroy();
  write(request, response, { ...given, headers: { ...headers, ...given.headers } }, fault?.kind === "cut");
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size > mostBytes) return undefined;
      chunks.push(chunk as Buffer);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function refused({ status, headers = {} }: Fault & { kind: "refuse" }): Answer {
  const { type, message } = refusalOf(status);
  return { status, headers, body: { message, code: status, type, version } };
}

function handled(
  served: Served,
  request: IncomingMessage,
  url: URL,
  raw: Buffer,
  headers: Record<string, string>,
): Answer {
  try {
    served.work();
    const { route, path } = routed(request.method ?? "GET", url.pathname);
    const { state } = served;
    const withKey = admit(state, request.headers, route.scopes);
    if (route.perMinute !== undefined)
      Object.assign(headers, served.limits.take(`${route.method} ${route.pattern.source}`, route.perMinute, !withKey));
    const params = request.method === "GET" ? queryOf(url) : jsonOf(request, raw);
    return route.handler({ state, path, params, headers: request.headers, withKey, raw } satisfies Call);
  } catch (error) {
    if (error instanceof Unrouted)
      return { status: 404, pieces: [page], headers: { "content-type": "text/html; charset=UTF-8" } };
    const { status, type, message } = error instanceof Refusal ? error : ownFault(error);
    return { status, body: { message, code: status, type, version } };
  }
}

const page = Buffer.from('<!DOCTYPE html><html lang="en"><head><title>Not Found</title></head><body>404</body></html>');

/** A fault of this server, told to whoever reads the test's output. */
const ownFault = (error: unknown) =>
  new Refusal(500, "general_unknown", error instanceof Error ? String(error.stack) : String(error));

class Unrouted extends Error {}

function routed(method: string, pathname: string): { route: Route; path: Record<string, string> } {
  for (const route of routes) {
    const found = route.method === method ? route.pattern.exec(pathname) : null;
    if (!found) continue;
    const path = Object.fromEntries(
      Object.entries(found.groups ?? {}).map(([name, one]) => [name, decodeURIComponent(one)]),
    );
    return { route, path };
  }
  throw new Unrouted();
}

/** `queries[0]=…` as PHP reads it. */
function queryOf({ searchParams }: URL): Params {
  const params: Record<string, unknown> = {};
  for (const [name, value] of searchParams) {
    const list = /^(\w+)\[\d*\]$/.exec(name)?.[1];
    if (list) params[list] = [...((params[list] as unknown[] | undefined) ?? []), value];
    else params[name] = value;
  }
  return params;
}

/** What is no JSON is read as nothing at all. */
function jsonOf(request: IncomingMessage, raw: Buffer): Params {
  if (!request.headers["content-type"]?.includes("json") || !raw.length) return {};
  try {
    const body = parseBody(raw.toString());
    return isObject(body) ? body : {};
  } catch {
    return {};
  }
}

function write(request: IncomingMessage, response: ServerResponse, answer: Answer, cut: boolean): void {
  const { status, body, pieces, headers } = answer;
  const text = Buffer.from(body === undefined ? "" : writeJson(body));
  const zip = !pieces && text.length > zippedFrom && /gzip/.test(String(request.headers["accept-encoding"] ?? ""));
  const out = pieces ?? [zip ? gzipSync(text, { level: 1 }) : text];
  const length = out.reduce((sum, piece) => sum + piece.length, 0);
  response.writeHead(status, {
    server: "Appwrite",
    "content-type": body === undefined ? "text/html" : "application/json; charset=UTF-8",
    ...(zip && { "content-encoding": "gzip" }),
    "content-length": length,
    ...headers,
  });
  if (cut) return void response.write(out[0]?.subarray(0, Math.floor(out[0].length / 2)), () => response.destroy());
  for (const piece of out.slice(0, -1)) response.write(piece);
  response.end(out.at(-1));
}
