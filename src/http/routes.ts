// What is served besides webhooks: health, files behind signed links, a few pages and the operator's; all else is a problem.
import { randomUUID } from "node:crypto";
import type { RequestListener } from "node:http";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import { AppError } from "../core/errors.ts";
import type { Context } from "../core/kernel/house.ts";
import type { Log } from "../core/ports/log.ts";
import { type AdminParts, adminRoutes } from "./admin.ts";
import { downloadRoutes } from "./downloads.ts";
import { healthRoutes, type Readiness } from "./health.ts";
import { mailOffRoutes } from "./mail-off.ts";
import { sendProblem } from "./problem.ts";
import { pushRoutes } from "./push-page.ts";

export interface RouteParts {
  readonly ready: () => Promise<Readiness>;
  /** How long `ready` may take, in ms; 3000 when absent. */
  readonly readyWithin?: number;
  readonly log: Log;
  /** What files and pages are served from; absent: there are none. */
  readonly context?: Omit<Context, "correlation">;
  /** Off when absent. */
  readonly admin?: AdminParts;
}

export function routesOf({ ready, readyWithin = 3000, log, context, admin }: RouteParts): RequestListener {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(secure);
  app.use(healthRoutes(ready, readyWithin, log));
  if (context) app.use(downloadRoutes(context), pushRoutes(context), mailOffRoutes(context));
  if (admin) app.use(adminRoutes(admin));
  app.use((_request, response) => sendProblem(response, 404));
  app.use(failed(log));
  return app;
}

/** What is served is data for programs, unless a route says otherwise: nothing is to be framed, sniffed, run or kept. */
const secure: RequestHandler = (_request, response, next) => {
  response.setHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("referrer-policy", "no-referrer");
  response.setHeader("cross-origin-resource-policy", "same-origin");
  response.setHeader("cache-control", "no-store");
  next();
};

/** Express marks what the caller did wrong (a malformed address) with a 4xx status; what is away is said so. Four parameters make it an error handler. */
const failed =
  (log: Log): ErrorRequestHandler =>
  (error, _request, response, _next) => {
    const status = (error as { status?: unknown } | undefined)?.status;
    if (typeof status === "number" && status >= 400 && status < 500) return sendProblem(response, status);
    if (error instanceof AppError && error.code === "unavailable")
      return sendProblem(response, 503, undefined, error.message);
    const instance = randomUUID();
    log.error({ correlation: instance }, "a request failed", error);
    sendProblem(response, 500, instance);
  };
