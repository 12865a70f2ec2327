// Whether the process runs (healthz) and whether it can do its work (readyz).
import { type Request, type Response, Router } from "express";
import type { Log } from "../core/ports/log.ts";

/** The state of each part by its name: store, queue, a platform; a word such as "ok", never a secret. */
export interface Readiness {
  readonly ok: boolean;
  readonly parts: Readonly<Record<string, string>>;
}

/** A check that rejects, or takes longer than `withinMs`, counts as not ready. */
export function healthRoutes(ready: () => Promise<Readiness>, withinMs: number, log: Log): Router {
  const routes = Router();
  routes.get("/healthz", (_request: Request, response: Response) => void response.json({ ok: true }));
  routes.get("/readyz", async (_request: Request, response: Response) => {
    const found = await inTime(ready, withinMs).catch((error: unknown): Readiness => {
      log.warn({}, "readiness could not be found out", error);
      return { ok: false, parts: { check: "failed" } };
    });
    response.status(found.ok ? 200 : 503).json(found);
  });
  return routes;
}

async function inTime(ready: () => Promise<Readiness>, withinMs: number): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, parts: { check: `no answer within ${withinMs} ms` } }), withinMs);
  });
  return Promise.race([ready(), late]).finally(() => clearTimeout(timer));
}
