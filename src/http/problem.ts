// What goes wrong over HTTP, as RFC 9457 says it: a status and its name, never the inside of the program.
import type { ServerResponse } from "node:http";

const { STATUS_CODES } = process.getBuiltinModule("node:http");

/** @param instance what the operator finds the log line by. */
export function sendProblem(response: ServerResponse, status: number, instance?: string): void {
  if (response.headersSent || response.destroyed) return void response.destroy();
  const problem = {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    ...(instance && { instance: `urn:uuid:${instance}` }),
  };
  response.statusCode = status;
  response.setHeader("content-type", "application/problem+json");
  response.end(JSON.stringify(problem));
}
