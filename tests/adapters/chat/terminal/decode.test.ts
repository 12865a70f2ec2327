// Lines of a terminal as deeds: presses, words, and nothing.
import { expect, it } from "@jest/globals";
import { decode } from "../../../../src/adapters/chat/terminal/decode.ts";

const button = (number: number) => (number === 2 ? "data" : undefined);
const said = (text: string) => ({ kind: "text", text, addressed: true });

it.each([
  ["!2", { kind: "press", data: "data" }],
  ["  !2\t", { kind: "press", data: "data" }],
  ["!02", { kind: "press", data: "data" }],
  ["!9", { kind: "press", data: "" }],
  ["!0", { kind: "press", data: "" }],
  ["!1234", said("!1234")],
  ["! 2", said("! 2")],
  ["!2 please", said("!2 please")],
  ["2", said("2")],
  ["  /help  ", said("/help")],
  ["", undefined],
  [" \t ", undefined],
])("%j", (line, deed) => {
  expect(decode(line, button)).toEqual(deed);
});
