// Bare telegraf on node:http: the same words and buttons, nothing kept, nothing checked; with CLIENT=undici its calls go
// over kept connections of undici's.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Markup, Telegraf, Telegram } from "telegraf";
import { serveContender } from "../../contender.ts";
import { secret, token } from "../bot-api.ts";

const bot = new Telegraf(token, { telegram: { apiRoot: process.env.API_ROOT!, webhookReply: false } });
const rows = Markup.inlineKeyboard([
  [
    Markup.button.callback("Going", "going"),
    Markup.button.callback("Maybe", "maybe"),
    Markup.button.callback("Can't", "declined"),
  ],
]);
bot.command("profile", (ctx) =>
  ctx.reply(
    "<b>Ada Lovelace</b>\n\n<b>Time zone</b>: UTC\n<b>Language</b>: English\n<b>Accounts</b>: telegram\n\n<i>/profile edit zone:Berlin changes your time zone.</i>",
    { parse_mode: "HTML" },
  ),
);
bot.on("callback_query", async (ctx) => {
  await ctx.answerCbQuery("You are coming.");
  await ctx.editMessageText(
    `<b>Eigenvalues</b>\n\n<b>When</b>: Fri, 27 Nov 2026, 18:00 UTC\n<b>Going</b>: Ada Lovelace ${ctx.update.update_id}`,
    {
      parse_mode: "HTML",
      ...rows,
    },
  );
});
if (process.env.CLIENT === "undici") {
  const { Pool } = await import("undici");
  const pool = new Pool(process.env.API_ROOT!, { connections: 64, headersTimeout: 0, bodyTimeout: 0 });
  Telegram.prototype.callApi = async (method, payload) => {
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify(payload);
    const answer = await pool.request({ path: `/bot${token}/${method}`, method: "POST", headers, body });
    return ((await answer.body.json()) as { result: never }).result;
  };
}
bot.botInfo = await bot.telegram.getMe();
const server = createServer(bot.webhookCallback(`/telegraf`, { secretToken: secret }));
server.listen(0, "127.0.0.1", () =>
  serveContender(`http://127.0.0.1:${(server.address() as AddressInfo).port}/telegraf`),
);
