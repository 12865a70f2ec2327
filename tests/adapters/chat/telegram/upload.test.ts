// Files over the wire, with the same words for what goes wrong.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { noPace } from "../../../../src/adapters/chat/pace.ts";
import { type Api, botApi } from "../../../../src/adapters/chat/telegram/api.ts";
import { botWire } from "../../../../src/adapters/chat/telegram/wire.ts";
import { type TelegramServer, type TestUser, telegramServer } from "../../../support/telegram-server/index.ts";
import { quietLog, realClock } from "./connected.ts";

let server: TelegramServer;
let ada: TestUser;
let api: Api;

beforeEach(async () => {
  server = await telegramServer();
  ada = server.user();
  ada.start();
  const { url, token } = server;
  const wire = botWire(url, token, realClock);
  api = botApi({
    wire,

    pace: noPace,
    clock: realClock,
    log: quietLog().log,
    moved: () => {},
  });
});
afterEach(async () => {
  await api.close();
  await server.close();
});

const calendar = () => ({ source: Buffer.from("BEGIN:VCALENDAR\r\n\r\nEND:VCALENDAR"), filename: "event.ics" });
const send = () => api.call("sendDocument", { chat_id: ada.id, document: calendar(), caption: "The event" });

describe("a file", () => {
  it("arrives byte for byte, with its name and caption", async () => {
    const sent = await send();
    expect(sent).toMatchObject({ document: { file_name: "event.ics", file_size: 32 }, caption: "The event" });
    expect(server.files.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
      ["event.ics", "BEGIN:VCALENDAR\r\n\r\nEND:VCALENDAR"],
    ]);
  });

  it("to somebody who has blocked the bot is refused in our words", async () => {
    ada.block();
    await expect(send()).rejects.toMatchObject({ code: "unavailable", detail: { reason: "blocked" } });
  });

  it("whose connection is cut leaves it unknown, and is not sent again", async () => {
    server.fault({ kind: "act-then-cut" });
    await expect(send()).rejects.toMatchObject({ code: "unavailable", detail: { unknown: true } });
    expect(server.files).toHaveLength(1);
  });
});
