// The server that is replayed against, and how a recorded request is sent to it.
import { parseJson, writeJson } from "../json.ts";
import type { Exchange } from "./exchanges.ts";
import { formOf } from "./forms.ts";

export interface Target {
  /** With `/v1`. */
  readonly url: string;
  readonly projectId: string;
  readonly apiKey: string;
  /** A key with `rows.read` alone. */
  readonly readerKey?: string;
  /** Lets this much time go by for the server. */
  wait(ms: number): Promise<void>;
  /** Of the worker that makes columns, where it can be held. */
  readonly worker?: { pause(): void; resume(): void };
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** @param mapped puts the ids of this server where recorded ones are. */
export async function sent(
  target: Target,
  request: Exchange["request"],
  mapped: (text: string) => string,
): Promise<Answered> {
  const { method, path, query, headers, body } = request;
  const url = new URL(target.url.replace(/\/v1$/, "") + mapped(path));
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.append(name, mapped(value));
  const form = formOf(body);
  const response = await fetch(url, {
    method,
    headers: {
      ...identity(target, request),
      ...(body !== undefined && !form && { "content-type": "application/json" }),
      ...Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, mapped(value)])),
    },
    ...(body !== undefined && { body: form ?? unescaped(mapped(writeJson(body))) }),
  });
  return { status: response.status, headers: response.headers, body: await read(response) };
}

/** As the SDK writes what is no character. */
const unescaped = (text: string): string => text.replace(/\\ud[89ab][0-9a-f]{2}(?!\\u)/g, "\uFFFD");

function identity({ projectId, apiKey, readerKey }: Target, { as, project }: Exchange["request"]) {
  const key = as === "reader" ? readerKey! : (as ?? apiKey);
  return {
    "x-appwrite-response-format": "1.9.5",
    ...(project !== null && { "x-appwrite-project": project ?? projectId }),
    ...(as !== "guest" && { "x-appwrite-key": key }),
  };
}

async function read(response: Response): Promise<unknown> {
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!bytes.length) return null;
  if (response.headers.get("content-type")?.includes("json")) return parseJson(bytes.toString());
  if (response.headers.get("content-type")?.startsWith("text/")) return bytes.toString();
  return bytes;
}
