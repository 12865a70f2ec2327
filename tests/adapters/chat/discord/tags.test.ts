// What people write on Discord, as plain text.
import { expect, it } from "@jest/globals";
import { withoutTags } from "../../../../src/adapters/chat/discord/tags.ts";

it.each([
  ["<@1> sees <:cat:2> at <t:1795000000:R>", "@Ada sees :cat: at 2026-11-18 11:06 UTC"],
  ["the end: ||he <@1> dies||!", "the end: [spoiler]!"],
  ["`a || b || c` and ```\n||x||\n```", "`a || b || c` and ```\n||x||\n```"],
])("%s", (said, plain) => expect(withoutTags(said, [{ id: "1", username: "Ada" }])).toBe(plain));
