// What people write on Slack, as plain text.
import { expect, it } from "@jest/globals";
import { plainText } from "../../../../src/adapters/chat/slack/plain-text.ts";

const names: Readonly<Record<string, string>> = { U1: "Ada", C1: "maths" };
const read = (text: string) => plainText(text, (id) => names[id]);

it.each([
  ["<@U1> and <#C1|> &lt;3 &amp; :tada:", "@Ada and #maths <3 & 🎉"],
  ["<https://x.example/a>", "https://x.example/a"],
  ["<https://x.example/a/|x.example/a>", "https://x.example/a/"],
  ["see <https://x.example/a|my notes>", "see my notes (https://x.example/a)"],
  ["<mailto:a@b.example|a@b.example>", "a@b.example"],
  ["`:tada:` :tada: ```a[:tada:]\nb``` :no_such:", "`:tada:` 🎉 ```a[:tada:]\nb``` :no_such:"],
])("%s", (said, plain) => expect(read(said)).toBe(plain));
