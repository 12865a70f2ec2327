// Webhooks of the chat apps, answered ahead of express: each request costs its platform's work and little else.
import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { inStep } from "../core/kernel/in-step.ts";
import type { Log } from "../core/ports/log.ts";
import type { Webhook } from "../core/ports/platform.ts";
import { sendProblem } from "./problem.ts";

/** In bytes; no platform sends more than a few hundred kilobytes. */
export const mostBody = 1_048_576;

/** Answers what is asked of the webhooks and hands everything else on. @throws Error when two have the same path. */
export function withWebhooks(webhooks: readonly Webhook[], next: RequestListener, log: Log): RequestListener {
  const byPath = new Map(webhooks.map((webhook) => [webhook.path, webhook]));
  if (byPath.size !== webhooks.length) throw new Error("two webhooks have the same path");
  return (request, response) => {
    const url = request.url!;
    const end = url.indexOf("?");
    const webhook = byPath.get(end === -1 ? url : url.slice(0, end));
    if (webhook && request.method === (webhook.method ?? "POST"))
      void answer(webhook, end === -1 ? "" : url.slice(end), request, response, log);
    else next(request, response);
  };
}

async function answer(
  webhook: Webhook,
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
  log: Log,
): Promise<void> {
  try {
    const body = await bodyOf(request);
    if (!body) return refuse(request, response);
    await inStep();
    const asked = { headers: request.headers, query: new URLSearchParams(query), body };
    const { status, headers, body: said } = await webhook.receive(asked);
    response.statusCode = status;
    if (said !== undefined) response.setHeader("content-type", "text/plain; charset=utf-8");
    for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
    response.end(said);
  } catch (error) {
    if (request.destroyed && !request.complete) return;
    const instance = randomUUID();
    log.error({ correlation: instance }, "a webhook failed", error);
    sendProblem(response, 500, instance);
  }
}

/** Undefined when it is too large. @throws when the caller hangs up. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"]) > mostBody) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > mostBody) return resolve(undefined);
      chunks.push(chunk);
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

/** Answers before the body has come; the rest of it is not read, so the connection ends here. */
function refuse(request: IncomingMessage, response: ServerResponse): void {
  request.removeAllListeners("data").pause();
  response.setHeader("connection", "close");
  sendProblem(response, 413);
}
