// Views as lines: what our words say is styled, what people wrote steers nothing.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { render } from "../../../../src/adapters/chat/terminal/render.ts";
import type { Fitted } from "../../../../src/core/ports/platform.ts";
import { md } from "../../../../src/core/text.ts";

const view = (more: Partial<Fitted>): Fitted => ({
  reader: { language: "en", zone: "Europe/Berlin", platform: "terminal" },
  audience: "caller",
  body: [],
  fields: [],
  buttons: [],
  ...more,
});

it("a whole card", () => {
  const content = render(
    view({
      title: ["Knots"],
      body: [
        { paragraph: md`By **${"ada"}**, see ${{ link: ["the notes"], url: "https://example.org/n" }}` },
        { quote: ["one\ntwo"] },
        { list: [["a"], ["b"]], ordered: true },
        { list: [["c"]], ordered: false },
        { code: "x = 1\ny = 2" },
      ],
      fields: [{ name: ["When"], value: [{ time: Date.UTC(2026, 2, 2, 9), style: "time" }] }],
      footer: ["code K7M2QX"],
      buttons: [
        [
          { label: "Going", data: "1", style: "primary" },
          { label: "Map", url: "https://example.org/m" },
        ],
        [{ label: "Can't", data: "2", style: "plain" }],
      ],
    }),
  );
  const [bold, dim, plain] = ["\u001b[1m", "\u001b[2m", "\u001b[22m"];
  expect(content.text.split("\n")).toEqual([
    `${bold}Knots${plain}`,
    `By ${bold}ada${plain}, see the notes (https://example.org/n)`,
    "  │ one",
    "  │ two",
    "1. a",
    "2. b",
    "• c",
    "    x = 1",
    "    y = 2",
    `${dim}When:${plain} 10:00 CET`,
    `${dim}code K7M2QX${plain}`,
    "Map: https://example.org/m",
  ]);
  expect(content.buttons).toEqual([
    { label: "Going", data: "1" },
    { label: "Can't", data: "2" },
  ]);
});

describe("people's words", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not be there
  const steering = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
  const hostile = fc
    .array(fc.constantFrom("\u001b", "[31m", "\u009b2J", "\u0007", "\u202e", "\r", "\n", "\u0000", "a", "é", "👩‍🚀"))
    .map((parts) => parts.join(""));

  it("reach no screen with anything that steers it, wherever they stand", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { text: shown, buttons } = render(
          view({
            title: [text],
            body: [
              { paragraph: [text, { code: text }] },
              { quote: [text] },
              { list: [[text]], ordered: false },
              { code: text },
            ],
            fields: [{ name: [text], value: [{ link: [text], url: text }] }],
            footer: [{ italic: [text] }],
            buttons: [
              [
                { label: text, data: "x", style: "plain" },
                { label: text, url: text },
              ],
            ],
          }),
        );
        // biome-ignore lint/suspicious/noControlCharactersInRegex: the renderer's own styles
        const unstyled = shown.replaceAll(/\u001b\[(1|2|3|22|23)m/g, "");
        expect(unstyled).not.toMatch(steering);
        expect(buttons[0]!.label).not.toMatch(steering);
      }),
      { seed: 20260302, numRuns: 300 },
    );
  });
});
