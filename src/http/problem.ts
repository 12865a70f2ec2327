// What goes wrong over HTTP, as RFC 9457 says it: a status and its name, never the inside of the program.
import type { ServerResponse } from "node:http";

const { STATUS_CODES } = process.getBuiltinModule("node:http");

/** Headers that tell of the content which is not sent. */
const ofContent = ["content-disposition", "content-length", "etag", "accept-ranges"];

/** @param instance what the operator finds the log line by. @param detail a sentence for whoever asked. */
export function sendProblem(response: ServerResponse, status: number, instance?: string, detail?: string): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  for (const name of ofContent) response.removeHeader(name);
  const problem = {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    ...(detail && { detail }),
    ...(instance && { instance: `urn:uuid:${instance}` }),
  };
  response.statusCode = status;
  response.setHeader("content-type", "application/problem+json");
  response.end(JSON.stringify(problem));
}
