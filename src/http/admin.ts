// The operator's pages, behind the admin token: jobs and dead letters, and the same figures for Prometheus.
import { createHash, timingSafeEqual } from "node:crypto";
import { type RequestHandler, Router } from "express";
import { AppError } from "../core/errors.ts";
import type { Queue } from "../core/ports/queue.ts";
import { countsOf } from "./counts.ts";
import { lettersPage } from "./letters-page.ts";
import { metricsOf } from "./metrics.ts";
import { sendProblem } from "./problem.ts";

export interface AdminParts {
  readonly token: string;
  readonly queue: Pick<Queue, "counts" | "dead" | "replay">;
  /** The queue driver's own pages, as an express router for where they are mounted; absent where it has none. */
  readonly board?: (path: string) => Promise<RequestHandler>;
}

const boardPath = "/admin/jobs";
const lettersPath = "/admin/dead-letters";
const mostLetters = 200;

export function adminRoutes({ token, queue, board }: AdminParts): Router {
  const routes = Router();
  routes.use(["/admin", "/metrics"], onlyWith(token), onlyFromHere);
  routes.get("/metrics", async (_request, response) => {
    const { type, text } = await metricsOf(queue);
    response.type(type).send(text);
  });
  routes.use("/admin", async (_request, _response, next) => {
    await countsOf(queue);
    next();
  });
  const letters: RequestHandler = async (request, response) => {
    const [counts, dead] = await Promise.all([queue.counts(), queue.dead(mostLetters)]);
    if (!request.accepts("html"))
      return void response.json({ counts, dead: dead.map(({ input: _, ...rest }) => rest) });
    response.setHeader("content-security-policy", pagePolicy);
    response.type("html").send(lettersPage(counts, dead, { replay: lettersPath, board: board && boardPath }));
  };
  routes.get(lettersPath, letters);
  routes.post(`${lettersPath}/:id`, async (request, response) => {
    try {
      await queue.replay(request.params.id);
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") return sendProblem(response, 404);
      if (error instanceof AppError && error.code === "conflict") return sendProblem(response, 409);
      throw error;
    }
    response.redirect(303, lettersPath);
  });
  if (board)
    routes.use(
      boardPath,
      boardPolicy,
      lazily(() => board(boardPath)),
    );
  else routes.get(boardPath, letters);
  return routes;
}

/** A page of ours runs nothing and loads nothing. */
const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";

/** Bull Board runs its own scripts; its fonts would come from elsewhere, and stay away. */
const boardPolicy: RequestHandler = (_request, response, next) => {
  response.setHeader(
    "content-security-policy",
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'",
  );
  next();
};

function lazily(load: () => Promise<RequestHandler>): RequestHandler {
  let loaded: Promise<RequestHandler> | undefined;
  return async (request, response, next) => {
    loaded ??= load();
    (await loaded)(request, response, next);
  };
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Browsers ask for it by themselves; whatever user name comes with it is not looked at. */
function onlyWith(token: string): RequestHandler {
  const wanted = digest(token);
  return (request, response, next) => {
    const [scheme, given = ""] = (request.headers.authorization ?? "").split(" ");
    const text = scheme?.toLowerCase() === "basic" ? Buffer.from(given, "base64").toString() : "";
    const said = scheme?.toLowerCase() === "bearer" ? given : text.slice(text.indexOf(":") + 1);
    if (timingSafeEqual(digest(said), wanted)) return next();
    response.setHeader("www-authenticate", 'Basic realm="PeerSpark: the admin token as password", charset="UTF-8"');
    sendProblem(response, 401);
  };
}

/** Browsers send the token with what other sites ask for, too: those may change nothing. */
const onlyFromHere: RequestHandler = (request, response, next) => {
  const site = request.headers["sec-fetch-site"];
  const origin = request.headers.origin;
  const foreign =
    (site && site !== "same-origin" && site !== "none") || (origin && hostOf(origin) !== request.headers.host);
  if (foreign && request.method !== "GET" && request.method !== "HEAD") return sendProblem(response, 403);
  next();
};

const hostOf = (origin: string): string | undefined => (URL.canParse(origin) ? new URL(origin).host : undefined);
