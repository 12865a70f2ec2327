// What people say to each other on Telegram, as it is carried: plain text, with what entities say besides.
import { expect, it } from "@jest/globals";
import type { Message } from "../../../../src/adapters/chat/telegram/incoming.ts";
import { talkOf } from "../../../../src/adapters/chat/telegram/talk.ts";
import type { Place } from "../../../../src/core/ports/platform.ts";

const place: Place = { platform: "telegram", channel: "-1", kind: "channel" };
const said = (message: Partial<Message>) =>
  talkOf({ message_id: 1, chat: { id: -1, type: "supergroup" }, ...message } as Message, place);
const link = (offset: number, length: number) => ({ type: "text_link", offset, length, url: "https://x.example/a" });
const spoiler = (offset: number, length: number) => ({ type: "spoiler", offset, length });

it.each([
  ["see here, ok", [link(4, 4)], "see here (https://x.example/a), ok"],
  ["🚀 he dies at the end", [spoiler(3, 7), { type: "bold", offset: 0, length: 2 }], "🚀 [spoiler] at the end"],
  ["run npm test", [{ type: "code", offset: 4, length: 8 }], "run `npm test`"],
  ["so x = 1", [{ type: "pre", offset: 3, length: 5, language: "py" }], "so ```py\nx = 1\n```"],
  ["a ` b", [{ type: "code", offset: 0, length: 5 }], "a ` b"],
  ["it is 42", [{ type: "code", offset: 6, length: 2 }, spoiler(6, 2)], "it is [spoiler]"],
  ["one two three", [spoiler(4, 3), link(4, 3), link(8, 5)], "one [spoiler] three (https://x.example/a)"],
])("%s", (text, entities, carried) => {
  expect(said({ text, entities }).text).toBe(carried);
  expect(said({ caption: text, caption_entities: entities }).text).toBe(carried);
  const replied = { message_id: 2, text, entities };
  expect(said({ text: "yes", reply_to_message: replied }).quote).toBe(carried);
});
