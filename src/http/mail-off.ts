// The end of all mail to an address by one click: of the mail program (RFC 8058), or of a person on the page.
import { type RequestHandler, Router } from "express";
import type { Context } from "../core/kernel/house.ts";
import { endMail } from "../core/notifications/read.ts";
import type { Reader } from "../core/text.ts";
import { page } from "./page.ts";
import { pageTexts } from "./texts.ts";

/** Opening it changes nothing, since programs open every link they see; posting to it does. */
export function mailOffRoutes(ctx: Omit<Context, "correlation">): RequestHandler {
  const routes = Router();
  const wordsFor = (languages: string | undefined) => {
    const language = languages?.trim().toLowerCase().startsWith("de") ? "de" : "en";
    const reader: Reader = { language, zone: "UTC", platform: "web" };
    return { language, t: pageTexts(reader) };
  };
  routes.get("/mail/off/:token", ({ headers }, response) => {
    const { language, t } = wordsFor(headers["accept-language"]);
    page(response, 200, { language, title: t.mailTitle, text: t.mailText, press: t.mailPress, posts: true });
  });
  routes.post("/mail/off/:token", async ({ params, headers }, response) => {
    const { language, t } = wordsFor(headers["accept-language"]);
    const ended = await endMail(ctx, params.token);
    page(response, ended ? 200 : 404, { language, title: t.mailTitle, text: ended ? t.mailDone : t.badLink });
  });
  return routes;
}
