// Views as Telegram's text, entities and keyboards: exact where it counts, and never refused whatever is in them.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { telegram } from "../../../../src/adapters/chat/telegram/index.ts";
import { render } from "../../../../src/adapters/chat/telegram/render.ts";
import type { Capabilities, Fitted, FittedBlock, FittedButton } from "../../../../src/core/ports/platform.ts";
import { type Inline, md, type Rich, time } from "../../../../src/core/text.ts";
import { testClock } from "../../../support/clock.ts";
import { checkedText, type Entity } from "../../../support/telegram-server/entities.ts";
import { keyboardOf } from "../../../support/telegram-server/keyboard.ts";
import { quietLog } from "./connected.ts";

const reader = { language: "en", zone: "Europe/Berlin", platform: "telegram" } as const;
const empty: Fitted = { reader, audience: "channel", body: [], fields: [], buttons: [] };
const shownBy = ({ text, entities }: { text: string; entities: readonly Entity[] }) =>
  entities.map(({ type, offset, length }) => `${type}: ${text.slice(offset, offset + length)}`);
const strictly = (view: Fitted) => {
  const message = render(view);
  keyboardOf(message as never);
  return checkedText(message.text, message.entities as Entity[], 4096, "message is too long");
};
const paragraphs = (...texts: Rich[]): Fitted => ({ ...empty, body: texts.map((paragraph) => ({ paragraph })) });

describe("a mention", () => {
  const calling = (mention: string, platform = "telegram") =>
    render(paragraphs([{ mention, platform, name: "Ada" }, ": @bob"]));

  it("calls that one person", () => {
    expect(calling("42").entities).toEqual([
      { type: "text_mention", offset: 0, length: 3, user: { id: 42, is_bot: false, first_name: "Ada" } },
    ]);
  });

  it.each([
    ["42", "discord"],
    ["4 2", "telegram"],
    ["0", "telegram"],
  ])("of %j on %s is the name", (id, on) => {
    expect(calling(id, on)).toMatchObject({ text: "Ada: @\u2060bob", entities: [] });
  });
});

describe("a card", () => {
  it("shows its parts in order, with times in the reader's zone", () => {
    const view: Fitted = {
      ...empty,
      title: ["Eigenvalues"],
      body: [
        { paragraph: md`Bring **pen** and *paper*, see \`A = QΛQ⁻¹\`` },
        { list: [["one"], ["two"]], ordered: true },
        { list: [["red"], [{ bold: ["blue"] }]], ordered: false },
        { quote: ["Any fool can know."] },
        { code: "det(A)\n  = 0" },
      ],
      fields: [
        { name: ["When"], value: [time(Date.parse("2026-03-02T17:00:00Z"))] },
        { name: ["Where"], value: ["Room 5"] },
      ],
      footer: ["K7XQ2M"],
      buttons: [
        [{ label: "Going", data: "event.rsvp|1|going", style: "primary" }],
        [{ label: "Map", url: "https://a.example" }],
      ],
    };
    expect(render(view)).toMatchSnapshot();
    expect(shownBy(strictly(view))).toEqual([
      "bold: Eigenvalues",
      "bold: pen",
      "italic: paper",
      "code: A = QΛQ⁻¹",
      "bold: blue",
      "blockquote: Any fool can know.",
      "pre: det(A)\n  = 0",
      "bold: When",
      "bold: Where",
      "italic: K7XQ2M",
    ]);
  });

  it("shows links and marks within them", () => {
    const view = paragraphs([
      { link: [{ bold: ["the"] }, " page"], url: "https://peerspark.example/a?b=c&d" },
      { link: ["here"], url: "javascript:alert(1)" },
    ]);
    expect(shownBy(strictly(view))).toEqual(["text_link: the page", "bold: the"]);
  });

  it("writes a button's address under the text where Telegram takes it for none", () => {
    const view: Fitted = { ...paragraphs(["Join"]), buttons: [[{ label: "Open", url: "http://localhost:3000/x" }]] };
    expect(render(view)).toMatchObject({ text: "Join\nOpen: http://localhost:3000/x" });
    expect(render(view).reply_markup).toBeUndefined();
  });

  it("is never empty, and never over Telegram's length", () => {
    expect(render(paragraphs(["\u200b \n"])).text).toBe("…");
    const { text } = render(paragraphs(["@aa ".repeat(1300)]));
    expect(text).toHaveLength(4096);
    expect(text.endsWith("…")).toBe(true);
  });
});

describe("what people wrote", () => {
  it.each([
    "<b>bold</b> &amp; *stars* _and_ [a](http://b.example) `code`",
    "@everyone @ada_l, write to @PeerSparkTestBot: (@x_y)",
    "🚀\u{1F468}\u200d\u{1F469}\u200d\u{1F467} naïve שלום مرحبا",
    "zero\u200bwidth\u2060joiner\ufeff.",
    "mail bob@example.com",
  ])("%j arrives as it is, without formatting and calling nobody", (text) => {
    const shown = strictly(paragraphs([text]));
    expect(shown.text.replaceAll("@\u2060", "@")).toBe(text);
    expect(shown.entities.filter(({ type }) => type !== "email" && type !== "url")).toEqual([]);
  });

  it("calls nobody either where it meets our own words", () => {
    const shown = strictly(paragraphs(["by @", "ada_l and ", { bold: ["@"] }, { italic: ["grace_h"] }]));
    expect(shown.entities.map(({ type }) => type)).not.toContain("mention");
  });

  it("leaves commands that we name clickable, and code untouched", () => {
    expect(shownBy(strictly(paragraphs(["Send /event_list or ", { code: "@ada_l" }])))).toEqual([
      "bot_command: /event_list",
      "code: @ada_l",
    ]);
  });

  it("keeps letters that Telegram would take apart, and loses only what Telegram drops", () => {
    expect(strictly(paragraphs(["A\u030angstro\u0308m a\u202eb\rc\td"])).text).toBe("Ångström abc d");
  });
});

const can: Capabilities = telegram({ token: "1:x", clock: testClock(), log: quietLog().log }).capabilities;

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(
      fc.constantFrom("@", "ada_l", " ", "/", "<b>", "&", "\u202e", "\ud83d", "🚀", "\n", "#a", "é", "\u200b", "_"),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);
const { rich } = fc.letrec<{ rich: Rich; inline: Inline }>((tie) => ({
  rich: fc.array(tie("inline"), { maxLength: 5 }),
  inline: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    anyText,
    tie("rich").map((bold) => ({ bold })),
    tie("rich").map((italic) => ({ italic })),
    anyText.map((code) => ({ code })),
    fc.record({ link: tie("rich"), url: fc.oneof(fc.webUrl(), fc.string()) }),
    fc.record({ time: fc.integer({ min: 0, max: 4e12 }), style: fc.constantFrom("full", "date", "time", "relative") }),
  ) as fc.Arbitrary<Inline>,
}));
const block: fc.Arbitrary<FittedBlock> = fc.oneof(
  rich.map((paragraph) => ({ paragraph })),
  fc.record({ list: fc.array(rich, { maxLength: 4 }), ordered: fc.boolean() }),
  rich.map((quote) => ({ quote })),
  anyText.map((code) => ({ code })),
);
const label = anyText.map((text) => text.slice(0, can.buttonLabel));
const button: fc.Arbitrary<FittedButton> = fc.oneof(
  fc.record({
    label,
    data: fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: can.buttonData }),
    style: fc.constantFrom("primary", "danger", "plain"),
  }),
  fc.record({ label, url: fc.oneof(fc.webUrl(), fc.string()) }),
);
const view: fc.Arbitrary<Fitted> = fc.record({
  reader: fc.constant(reader),
  audience: fc.constantFrom("caller", "channel"),
  title: fc.option(rich, { nil: undefined }),
  body: fc.array(block, { maxLength: 6 }),
  fields: fc.array(fc.record({ name: rich, value: rich }), { maxLength: 4 }),
  footer: fc.option(rich, { nil: undefined }),
  buttons: fc.array(fc.array(button, { minLength: 1, maxLength: can.buttonsPerRow }), { maxLength: can.buttonRows }),
});

describe("any view", () => {
  it("is taken by the strict rules, as it was meant, and mentions nobody", () => {
    fc.assert(
      fc.property(view, (any) => {
        const message = render(any);
        const shown = strictly(any);
        expect(shown.text).toBe(message.text);
        expect(shown.entities.map(({ type }) => type)).not.toContain("mention");
        expect(message.text.length).toBeLessThanOrEqual(4096);
      }),
      { numRuns: 400, seed: 20260302 },
    );
  });

  it("shows a plain text letter by letter, without any mark of its own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), (text) => {
        const { text: shown, entities } = render(paragraphs(["> ", text, " <"]));
        expect(shown.replaceAll("\u2060", "")).toBe(`> ${text.replaceAll("\u2060", "")} <`);
        expect(entities).toEqual([]);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("that is as long as it may be still fits", () => {
    const long = (unit: string) => unit.repeat(Math.floor(can.text / unit.length));
    for (const unit of ["x", "@a ", "🚀", "é", "\n."])
      expect(strictly(paragraphs([long(unit)])).text.length).toBeLessThanOrEqual(4096);
  });
});
