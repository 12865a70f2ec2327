// Views as Discord's messages: as they look, and that no view, however long or hostile, breaks a rule or comes alive.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { discord } from "../../../../src/adapters/chat/discord/index.ts";
import { render } from "../../../../src/adapters/chat/discord/render.ts";
import { renderForm } from "../../../../src/adapters/chat/discord/render-form.ts";
import { asComponents, asContent } from "../../../../src/adapters/chat/discord/render-post.ts";
import { fitView } from "../../../../src/adapters/chat/fit.ts";
import { lengthOf } from "../../../../src/adapters/chat/rich.ts";
import type { FittedField } from "../../../../src/core/ports/platform.ts";
import { md, type Rich, rich, time } from "../../../../src/core/text.ts";
import type { View } from "../../../../src/core/view.ts";
import { textOf } from "../../../support/discord-server/index.ts";
import { checkedMessage, checkedModal } from "../../../support/discord-server/limits.ts";
import { shownAs } from "../../../support/discord-server/markdown.ts";
import { quietLog, realClock } from "./connected.ts";

const reader = { language: "en", zone: "Europe/Berlin", platform: "discord" } as const;
const platform = discord({ token: "x", clock: realClock, log: quietLog().log });
const can = platform.capabilities;
const messages = (view: View) =>
  fitView(view, reader, can, ({ action, input }) =>
    `${action}|${Object.values(input).join("|")}`.slice(0, can.buttonData),
  ).map((fitted) => render(fitted));
const markup = (view: View) =>
  messages(view).map((message) => textOf({ content: "", components: message.components as never }));

const event = Date.parse("2026-03-05T17:00:00Z");
const call = { action: "event.rsvp", input: { event: "EV7K2Q", answer: "going" } };

describe("a mention", () => {
  const calling = (mention: string, on = "discord"): View => ({
    body: [{ paragraph: [{ mention, platform: on, name: "A_da @everyone" }, ": ", "<@223456789012345678> come"] }],
  });

  it("calls that one person, and nobody that people name", () => {
    const [message] = messages(calling("123456789012345678"));
    expect(message!.allowed_mentions).toEqual({ parse: [], users: ["123456789012345678"] });
    expect(markup(calling("123456789012345678"))).toEqual(["<@123456789012345678>: \\<@223456789012345678\\> come"]);
  });

  it.each([
    ["elsewhere", "123456789012345678", "slack"],
    ["of nobody", "ada> @everyone", "discord"],
  ])("%s is the name, as text", (_, id, on) => {
    expect(messages(calling(id, on))[0]!.allowed_mentions).toEqual({ parse: [] });
    expect(markup(calling(id, on))[0]).toContain("A\\_da @\u2060everyone: ");
  });
});

describe("a card", () => {
  it("has a heading, native times, fields, a small footer and rows of buttons", () => {
    const view: View = {
      title: md`Eigenvalues, **part 2**`,
      body: [
        { paragraph: md`${time(event)} (${time(event, "relative")}), ${time(event, "time", "Asia/Tokyo")}` },
        { list: ["bring #1", md`*quietly*`], ordered: false },
        { list: ["read", "solve"], ordered: true },
        { quote: "It *does*\nconverge." },
        { code: "let `x` = 1;\n```" },
      ],
      fields: [
        { name: "Going", value: "3 of 8" },
        { name: "Where", value: "https://meet.example/a_b" },
      ],
      footer: md`Pod ${"Linear_Algebra"}`,
      buttons: [
        [
          { label: "Going", call, style: "primary" },
          { label: "Not", call },
        ],
        [
          { label: "Map", url: "https://maps.example/?q=1" },
          { label: "Local", url: "http://[::1]:3000/x" },
        ],
      ],
      live: { card: "event", id: "1", rev: 1 },
    };
    expect(messages(view)).toMatchSnapshot();
  });

  it("of one sentence is a plain text", () => {
    expect(messages({ body: [{ paragraph: "All right." }] })).toMatchSnapshot();
  });
});

describe("what people wrote", () => {
  it.each([
    "**bold** *it* __u__ _it_ ~~gone~~ ||spoiler|| `code` ```js\nx```",
    "# heading\n## two\n-# small\n- list\n* list\n+ list\n1. one\n2) two\n> quote\n>>> all",
    "<@1> <@!1> <@&1> <#1> </event:1> <id:home> <t:0:R> <:cat:1> <a:cat:1> :smile: @everyone @here",
    "[a](https://evil.example) [b](<https://evil.example>) <https://evil.example> x](https://evil.example)",
    "\\*not\\* \\\\*x* https://a.example/x_y_z_w ok",
  ])("stays what it is: %s", (text) => {
    const shown = shownAs(markup({ body: [{ paragraph: text }] })[0]!);
    expect(shown.text.replaceAll("\u2060", "")).toBe(text);
    expect(shown.runs).toEqual([]);
  });

  it("is linked where it is an address alone, underscores and all", () => {
    for (const url of [
      "https://a.example/x_y_z",
      "https://en.wikipedia.org/wiki/Basis_(linear_algebra)",
      "http://www.a.example/%7Eada/a.pdf",
      "https://a.example/@ada/x",
      "https://de.wikipedia.org/wiki/Größe",
      "https://a.example/a:b",
    ])
      for (const text of [`see ${url}, ok`, `(${url})`, `"${url}".`, url])
        expect(markup({ body: [{ paragraph: text }] })).toEqual([text]);
  });

  it("is linked with what would end a mark in it percent-encoded", () => {
    expect(markup({ body: [{ paragraph: "https://a.example/**b**~|[x]y ok" }] })).toEqual([
      "https://a.example/%2A%2Ab%2A%2A%7E%7C%5Bx%5Dy ok",
    ]);
  });

  it("can't end a mark or a link that it stands in", () => {
    const hostile = ["**", "*", "`", "``", "](https://evil.example)", "\\", "x**y", "~~", "||", "a_b_"];
    for (const text of hostile) {
      const shown = shownAs(
        markup({
          body: [
            { paragraph: md`**a${text}b** ${text} *${text}c* d` },
            { paragraph: [{ link: [`l${text}`], url: "https://ok.example/x" }, { code: text }] },
          ],
        })[0]!,
      );
      const links = shown.runs.filter(({ kind }) => kind === "link").map(({ more }) => more);
      expect({ text, bold: shown.runs.find(({ kind }) => kind === "bold")?.text, links }).toEqual({
        text,
        bold: `a${text}b`,
        links: ["https://ok.example/x"],
      });
    }
  });
});

const traps = [
  "@everyone",
  "<@1>",
  "**",
  "*",
  "_",
  "`",
  "```",
  "\n",
  "# ",
  "- ",
  "1. ",
  "> ",
  "[a](https://e.example)",
  "||",
  "~~",
  "\\",
  ":a:",
  "<t:1:f>",
  "https://e.example/_x_",
  " ",
  "\u0000",
  "\ud800",
  "\u202e",
  "👍",
  "\u3164",
];
const small = fc.oneof(
  fc.array(fc.constantFrom(...traps, "word"), { maxLength: 8 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 30 }),
);
const huge = fc
  .tuple(fc.constantFrom(...traps, "word "), fc.integer({ min: 1, max: 2_500 }))
  .map(([part, times]) => part.repeat(times));
const text = fc.oneof({ weight: 6, arbitrary: small }, { weight: 1, arbitrary: huge });
const inlines: fc.Arbitrary<Rich> = fc.array(
  fc.oneof(
    text,
    text.map((bold) => ({ bold: [bold] })),
    text.map((italic) => ({ italic: [{ bold: [italic] }, italic] })),
    text.map((code) => ({ code })),
    text.map((link) => ({ link: [link, { code: link }], url: "https://ok.example/x" })),
    fc.constantFrom(time(0), time(8.64e15), time(event, "relative"), time(event, "date", "Asia/Tokyo")),
  ),
  { maxLength: 6 },
);
const view: fc.Arbitrary<View> = fc.record(
  {
    title: inlines,
    body: fc.array(
      fc.oneof(
        inlines.map((paragraph) => ({ paragraph })),
        inlines.map((quote) => ({ quote })),
        text.map((code) => ({ code })),
        fc.record({ list: fc.array(small, { maxLength: 150 }), ordered: fc.boolean() }),
      ),
      { maxLength: 6 },
    ),
    fields: fc.array(fc.record({ name: inlines, value: inlines }), { maxLength: 40 }),
    footer: inlines,
    buttons: fc.array(
      fc.array(
        text.map((label) => ({ label, call })),
        { maxLength: 8 },
      ),
      { maxLength: 14 },
    ),
    select: fc.record({
      placeholder: text,
      options: fc.array(
        text.map((label) => ({ label, call })),
        { maxLength: 40 },
      ),
    }),
    live: fc.constantFrom(undefined, { card: "event", id: "1", rev: 1 }),
  },
  { requiredKeys: [] },
);
const body = (message: object) => message as Record<string, unknown>;

describe("any view", () => {
  it("is taken whole by Discord's limits, and calls nobody", () => {
    fc.assert(
      fc.property(view, (any) => {
        for (const message of messages(any)) {
          checkedMessage(body(message), 0);
          expect(message.allowed_mentions).toEqual({ parse: [] });
          const content = textOf({ content: "", components: message.components as never });
          const { runs } = shownAs(content);
          const alive = runs.filter(
            ({ kind, more }) =>
              ["mention", "emoji", "command", "spoiler", "strike", "underline"].includes(kind) ||
              (kind === "link" && more !== "https://ok.example/x"),
          );
          expect(alive).toEqual([]);
        }
      }),
      { numRuns: 150, endOnFailure: true, seed: 20260302 },
    );
  });

  it("costs no more than is said of it", () => {
    fc.assert(
      fc.property(inlines, (any) => {
        const cost = lengthOf(any, { reader, costs: can.costs });
        fc.pre(cost < 3_800);
        const [written] = [render({ reader, audience: "caller", body: [{ paragraph: any }], fields: [], buttons: [] })];
        const length = textOf({ content: "", components: written!.components as never }).length;
        expect(length).toBeLessThanOrEqual(Math.max(1, cost));
      }),
      { numRuns: 1_000, endOnFailure: true, seed: 7 },
    );
  });

  it("with a form is taken, and its form too", () => {
    const asked: fc.Arbitrary<FittedField> = fc.record({
      name: fc.constantFrom("a", "b"),
      label: text,
      kind: fc.constantFrom("text", "integer", "boolean", "choice"),
      required: fc.boolean(),
      choices: fc.uniqueArray(fc.record({ value: text, label: text }), {
        maxLength: 30,
        selector: ({ value }) => value,
      }),
      maxLength: fc.option(fc.integer({ min: 1, max: 9_000 }), { nil: undefined }),
      value: fc.option(text, { nil: undefined }),
      problem: fc.option(text, { nil: undefined }),
    });
    fc.assert(
      fc.property(text, fc.array(asked, { minLength: 1, maxLength: 5 }), inlines, (title, fields, said) => {
        const form = { title, data: "event.create|x", fields: fields.map((one, n) => ({ ...one, name: `f${n}` })) };
        checkedModal(body(renderForm(form, reader)));
        checkedMessage(
          body(
            render({
              reader,
              audience: "caller",
              body: [{ paragraph: rich(said).slice(0, 1) }],
              fields: [],
              buttons: [],
              form,
            }),
          ),
          0,
        );
      }),
      { numRuns: 200, endOnFailure: true, seed: 11 },
    );
  });

  it("of a post is taken: its text and its author's name", () => {
    fc.assert(
      fc.property(text, text, fc.option(text, { nil: undefined }), (author, said, quote) => {
        const post = { author, from: "discord", text: said, quote, files: [] };
        for (const message of [asComponents(post), asContent(post)]) {
          checkedMessage(message, 0);
          const { runs } = shownAs(textOf({ content: "", components: [], ...message }));
          expect(runs.flatMap(({ kind }) => (kind === "quote" ? [] : [kind]))).toEqual(["bold"]);
        }
      }),
      { numRuns: 300, endOnFailure: true, seed: 13 },
    );
  });
});
