// The page on which a browser subscribes to push messages, and what it runs. The link that opens it says whose it is.
import { randomBytes } from "node:crypto";
import { json, type RequestHandler, type Response, Router } from "express";
import { AppError } from "../core/errors.ts";
import type { Context } from "../core/kernel/house.ts";
import { profiles } from "../core/members/read.ts";
import { browserOf, memberOfToken, Subscribing, subscribe } from "../core/notifications/read.ts";
import type { Reader } from "../core/text.ts";
import { page } from "./page.ts";
import { sendProblem } from "./problem.ts";
import { pageScript, workerScript } from "./push-scripts.ts";
import { pageTexts } from "./texts.ts";

type Needs = Omit<Context, "correlation">;

export function pushRoutes(ctx: Needs): RequestHandler {
  const { pusher } = ctx;
  const routes = Router();
  if (!pusher) return routes;
  routes.get("/push/page.js", (_, response) => script(response, pageScript));
  routes.get("/push/worker.js", (_, response) => script(response, workerScript));
  routes.get("/push/:token", async ({ params }, response) => {
    const reader = await readerOf(ctx, params.token);
    const t = pageTexts(reader ?? english);
    if (!reader) return page(response, 410, { language: "en", title: t.pushTitle, text: t.oldLink });
    const nonce = randomBytes(16).toString("base64");
    const data = {
      key: pusher.publicKey,
      done: t.pushDone,
      denied: t.pushDenied,
      failed: t.pushFailed,
      unable: t.pushUnable,
    };
    page(response, 200, {
      language: reader.language,
      title: t.pushTitle,
      text: t.pushText,
      press: t.pushPress,
      nonce,
      data,
    });
  });
  routes.post("/push/:token", json({ limit: 4096 }), async (request, response) => {
    const member = memberOfToken(ctx, request.params.token as string);
    if (!member) return sendProblem(response, 410);
    const given = Subscribing.safeParse(request.body);
    if (!given.success) return sendProblem(response, 400);
    try {
      await subscribe(ctx, member, given.data, browserOf(request.headers["user-agent"] ?? ""));
      response.status(204).end();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      sendProblem(response, error.code === "invalid" ? 400 : error.code === "not_found" ? 410 : 503);
    }
  });
  return routes;
}

const english: Reader = { language: "en", zone: "UTC", platform: "web" };

/** Undefined for a link that is not ours or is too old. */
async function readerOf(ctx: Needs, token: string): Promise<Reader | undefined> {
  const member = memberOfToken(ctx, token);
  const profile = member && (await ctx.store.get(profiles, member));
  return profile ? { ...english, language: profile.language, zone: profile.timezone } : undefined;
}

function script(response: Response, text: string): void {
  response.setHeader("content-type", "text/javascript; charset=utf-8");
  response.end(text);
}
