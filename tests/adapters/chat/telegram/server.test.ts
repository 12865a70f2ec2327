// The Bot API server itself: as strict as Telegram, and good enough for telegraf's own polling and webhooks.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { Markup, Telegraf } from "telegraf";
import {
  type TelegramServer,
  type TelegramServerOptions,
  type TestUser,
  telegramServer,
} from "../../../support/telegram-server/index.ts";

let server: TelegramServer;
let ada: TestUser;
const opened = async (options?: TelegramServerOptions) => {
  await server?.close();
  server = await telegramServer(options);
  ada = server.user();
  ada.start();
};
beforeEach(() => opened());
afterEach(() => server.close());

async function call(method: string, params: object = {}, token = server.token): Promise<string> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${server.url}/bot${token}/${method}`, {
    method: "POST",
    headers,
    body: JSON.stringify(params),
  });
  const { ok, description, error_code: code } = (await response.json()) as Record<string, unknown>;
  expect(response.status).toBe(ok ? 200 : code);
  return ok ? "ok" : `${code} ${description}`;
}
const say = (params: object) => call("sendMessage", { chat_id: ada.id, ...params });
const button = (given: object) => say({ text: "x", reply_markup: { inline_keyboard: [[given]] } });
const marked = (text: string, ...entities: object[]) => say({ text, entities });

describe("calls", () => {
  it("need the token and a method that there is", async () => {
    expect(await call("getMe", {}, "1:wrong")).toBe("401 Unauthorized");
    expect(await call("getNothing")).toBe("404 Not Found");
    expect(await call("getMe")).toBe("ok");
  });
});

describe("texts", () => {
  it.each([
    ["", "400 Bad Request: message text is empty"],
    [" \n\u200b", "400 Bad Request: message text is empty"],
    ["x".repeat(4097), "400 Bad Request: message is too long"],
    ["🚀".repeat(2049), "400 Bad Request: message is too long"],
    [`  ${"x".repeat(4096)} `, "ok"],
    ["\ud83d", "400 Bad Request: strings must be encoded in UTF-8"],
  ])("%.20j: %s", async (text, answer) => {
    expect(await say({ text })).toBe(answer);
  });

  it.each([
    ["<b>x</b>", "ok"],
    ["<b>x", 'Can\'t find end tag corresponding to start tag "b"'],
    ["<b>x</i>", 'expected "</b>", found "</i>"'],
    ["x</b>", "Unexpected end tag at byte offset 1"],
    ["é <x>", 'Unsupported start tag "x" at byte offset 3'],
    ["a <", "Unclosed start tag"],
    ["1 &lt; 2 &amp; &#128640; &unknown;", "ok"],
  ])("HTML %j: %s", async (text, answer) => {
    expect(await say({ text, parse_mode: "HTML" })).toContain(answer);
  });

  it("keeps HTML's meaning", async () => {
    await say({ text: 'a &lt; <b>b <i>c</i></b> <a href="https://x.example/?a=1&amp;b=2">d</a>', parse_mode: "HTML" });
    expect(server.messages(ada)).toMatchObject([
      {
        text: "a < b c d",
        entities: [
          { type: "bold", offset: 4, length: 3 },
          { type: "italic", offset: 6, length: 1 },
          { type: "text_link", offset: 8, length: 1, url: "https://x.example/?a=1&b=2" },
        ],
      },
    ]);
  });

  it("takes entities that lie within the text and within each other", async () => {
    expect(await marked("a🚀b", { type: "bold", offset: 1, length: 2 })).toBe("ok");
    expect(await marked("a🚀b", { type: "bold", offset: 2, length: 1 })).toContain("in a middle of a UTF-16 symbol");
    expect(await marked("abc", { type: "bold", offset: 1, length: 3 })).toContain("ends after the end of the text");
    expect(await marked("abc", { type: "bold", offset: -1, length: 1 })).toContain("incorrect offset");
    expect(await marked("abc", { type: "bold", offset: 0, length: 0 })).toContain("incorrect length");
    expect(await marked("abc", { type: "loud", offset: 0, length: 1 })).toContain("unsupported type");
    const overlapping = [
      { type: "bold", offset: 0, length: 2 },
      { type: "italic", offset: 1, length: 2 },
    ];
    expect(await marked("abc", ...overlapping)).toContain("overlap");
    const inCode = [
      { type: "code", offset: 0, length: 3 },
      { type: "bold", offset: 1, length: 1 },
    ];
    expect(await marked("abc", ...inCode)).toContain("bad nesting");
    expect(await marked("abc", { type: "text_link", offset: 0, length: 1, url: "javascript:1" })).toContain("invalid");
  });

  it("finds mentions and commands by itself, as the clients show them", async () => {
    await say({ text: "@ada_l x@ada_l /help a/b" });
    expect(server.messages(ada)[0]!.entities).toEqual([
      { type: "mention", offset: 0, length: 6 },
      { type: "bot_command", offset: 15, length: 5 },
    ]);
  });
});

describe("keyboards", () => {
  it.each([
    [{ text: "x", callback_data: "x".repeat(64) }, "ok"],
    [{ text: "x", callback_data: "é".repeat(33) }, "400 Bad Request: BUTTON_DATA_INVALID"],
    [{ text: "x", callback_data: "" }, "400 Bad Request: BUTTON_DATA_INVALID"],
    [{ text: " ", callback_data: "x" }, "400 Bad Request: inline keyboard button text must be non-empty"],
    [{ text: "x" }, "400 Bad Request: text buttons are unallowed in the inline keyboard"],
    [
      { text: "x", url: "http://localhost:3000" },
      "400 Bad Request: inline keyboard button URL 'http://localhost:3000' is invalid: Wrong HTTP URL",
    ],
    [{ text: "x", url: "https://a.example" }, "ok"],
  ])("%j: %s", async (given, answer) => {
    expect(await button(given)).toBe(answer);
  });
});

describe("limits, when they are on", () => {
  it("are one a second in a chat after a few at once, and say when to come again", async () => {
    let now = 1_000_000;
    await opened({ limits: "real", now: () => now });
    const answers = [];
    for (let index = 0; index < 6; index++) answers.push(await say({ text: "x" }));
    expect(answers).toEqual(["ok", "ok", "ok", "ok", ...Array(2).fill("429 Too Many Requests: retry after 1")]);
    now += 1_000;
    expect(await say({ text: "x" })).toBe("ok");
  });

  it("are twenty a minute in a group", async () => {
    let now = 1_000_000;
    await opened({ limits: "real", now: () => now });
    const club = server.group({ title: "Club" });
    for (let index = 0; index < 20; index++) {
      now += 1_000;
      expect(await say({ chat_id: club.id, text: "x" })).toBe("ok");
    }
    now += 1_000;
    expect(await say({ chat_id: club.id, text: "x" })).toBe("429 Too Many Requests: retry after 40");
  });
});

describe("commands", () => {
  it("are checked", async () => {
    const set = (command: string, description: string) =>
      call("setMyCommands", { commands: [{ command, description }] });
    expect(await set("event_create", "Plan")).toBe("ok");
    expect(await set("Event", "Plan")).toContain("BOT_COMMAND_INVALID");
    expect(await set("event", "x".repeat(257))).toContain("BOT_COMMAND_DESCRIPTION_INVALID");
    const many = Array.from({ length: 101 }, (_, index) => ({ command: `c${index}`, description: "x" }));
    expect(await call("setMyCommands", { commands: many })).toContain("BOT_COMMANDS_TOO_MUCH");
    expect(await call("setMyCommands", { commands: [], language_code: "deutsch" })).toContain("language code");
  });
});

describe("polling and webhooks", () => {
  it("are never both, and one poll ends another", async () => {
    expect(await call("deleteWebhook", { drop_pending_updates: true })).toBe("ok");
    const first = call("getUpdates", { timeout: 50 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    call("getUpdates", { timeout: 50 }).catch(() => {});
    expect(await first).toContain("409 Conflict: terminated by other getUpdates request");
    expect(await call("setWebhook", { url: "https://a.example/x", secret_token: "with space" })).toContain("unallowed");
    expect(await call("setWebhook", { url: "http://a.example/x" })).toContain("HTTPS URL must be provided");
    expect(await call("setWebhook", { url: "https://a.example:9000/x" })).toContain(
      "only on ports 80, 88, 443 or 8443",
    );
    expect(await call("setWebhook", { url: "https://127.0.0.1:8443/x" })).toBe("ok");
    expect(await call("getUpdates")).toContain("409 Conflict: can't use getUpdates method while webhook is active");
  });
});

describe("telegraf itself", () => {
  const bot = () => {
    const made = new Telegraf(server.token, { telegram: { apiRoot: server.url, webhookReply: false } });
    made.command("card", (ctx) => ctx.reply("card", Markup.inlineKeyboard([Markup.button.callback("Go", "go")])));
    made.action("go", async (ctx) => {
      await ctx.answerCbQuery("gone");
      await ctx.editMessageText("done");
    });
    return made;
  };
  const conversation = async () => {
    ada.say(ada, "/card");
    const card = await server.next(ada);
    expect(card).toMatchObject({ text: "card", keyboard: [[{ text: "Go", callback_data: "go" }]] });
    expect(await ada.press(card, "Go")).toMatchObject({ text: "gone" });
    expect(await server.next(ada)).toMatchObject({ kind: "edited", text: "done" });
    await server.drained();
  };

  it("talks to it by polling", async () => {
    const telegraf = bot();
    const running = telegraf.launch();
    await conversation();
    telegraf.stop();
    await running;
  });

  it("talks to it by webhook, and what fails is delivered again", async () => {
    await opened({ retryMs: 5 });
    const telegraf = bot();
    let failures = 2;
    const handle = telegraf.webhookCallback("/hook", { secretToken: "s3cret" });
    const web = createServer((request, response) =>
      failures-- > 0 ? response.writeHead(500).end() : void handle(request, response),
    );
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/hook`;
    await telegraf.telegram.setWebhook(url, { secret_token: "s3cret" });
    await conversation();
    expect(failures).toBeLessThan(0);
    web.closeAllConnections();
    await new Promise((resolve) => web.close(resolve));
  });
});
