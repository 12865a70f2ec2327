// Views as Slack's blocks: exact where it counts, and never refused whatever is in them.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fitView } from "../../../../src/adapters/chat/fit.ts";
import { modalOf, offered } from "../../../../src/adapters/chat/slack/modal.ts";
import { render } from "../../../../src/adapters/chat/slack/render.ts";
import type { Capabilities, Fitted, FittedBlock } from "../../../../src/core/ports/platform.ts";
import { type Inline, md, type Rich, time } from "../../../../src/core/text.ts";
import { checkedBlocks } from "../../../support/slack-server/blocks.ts";
import { shownMessage } from "../../../support/slack-server/shown.ts";
import { checkedView } from "../../../support/slack-server/views.ts";
import { connect } from "./connected.ts";

const reader = { language: "en", zone: "Europe/Berlin", platform: "slack" } as const;
const empty: Fitted = { reader, audience: "channel", body: [], fields: [], buttons: [] };
const paragraphs = (...texts: Rich[]): Fitted => ({ ...empty, body: texts.map((paragraph) => ({ paragraph })) });

/** As Slack takes it and shows it. */
function strictly(view: Fitted) {
  const { text, blocks } = JSON.parse(JSON.stringify(render(view))) as ReturnType<typeof render>;
  const message = {
    channel: "C1",
    ts: "1",
    user: "U1",
    bot: true,
    text,
    edits: 0,
    reactions: [],
    files: [],
    gone: false,
  };
  return shownMessage({ ...message, blocks: checkedBlocks(blocks, "message") });
}

describe("a card", () => {
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
    select: { placeholder: "Which?", options: [{ label: "Algebra", data: "pod.info|1" }] },
  };

  it("shows its parts in order, with times as each reader's own", () => {
    expect(render(view)).toMatchSnapshot();
    expect(strictly(view).marked).toEqual([
      "pen",
      "paper",
      "A = QΛQ⁻¹",
      "blue",
      "Any fool can know.",
      "det(A)\n  = 0",
      "When",
      "Where",
    ]);
  });

  it("shows links and marks within them, and no others than those of the web", () => {
    const { marked } = strictly(
      paragraphs([
        { link: [{ bold: ["the page"] }], url: "https://peerspark.example/a?b=c&d" },
        { link: ["here"], url: "javascript:alert(1)" },
      ]),
    );
    expect(marked).toEqual(["the page"]);
  });

  it("writes out an instant that must stand in one zone", () => {
    const [mine, there] = [time(0), time(0, "full", "Asia/Tokyo")];
    const { blocks } = render(paragraphs([mine, " or ", there]));
    expect(blocks).toMatchObject([
      {
        elements: [
          { elements: [{ type: "date", timestamp: 0 }, { text: " or " }, { text: "Thu, 1 Jan 1970, 09:00 GMT+9" }] },
        ],
      },
    ]);
  });

  it("writes a button's address among the text where Slack takes it for none", () => {
    const shown = strictly({ ...paragraphs(["Join"]), buttons: [[{ label: "Open", url: "mailto:a@b.example" }]] });
    expect(shown.text).toContain("Open: mailto:a@b.example");
    expect(shown.buttons).toEqual([]);
  });

  it("is never empty", () => {
    expect(strictly(empty).text).toBe("…");
    expect(strictly(paragraphs(["\u200b"])).buttons).toEqual([]);
  });
});

describe("a mention", () => {
  it("calls that one person", () => {
    const view = paragraphs([{ mention: "U0ADA", platform: "slack", name: "Ada" }, ": <@U0BOB> come"]);
    expect(strictly(view).mentions).toHaveLength(1);
    expect(JSON.stringify(render(view).blocks)).toContain('{"type":"user","user_id":"U0ADA"}');
    expect(render(view).text).toBe("Ada: &lt;@U0BOB&gt; come");
  });

  it.each([
    ["discord", "U0ADA"],
    ["slack", "U0> <!channel"],
  ])("of another app (%s), or of nobody (%s), is the name", (platform, mention) => {
    const shown = strictly(paragraphs([{ mention, platform, name: "<!here> Ada" }]));
    expect([shown.text, shown.mentions]).toEqual(["<!here> Ada", []]);
  });
});

it("a title that no header takes stands whole, in bold", () => {
  const title = "x".repeat(200);
  const { blocks } = render({ ...paragraphs(["below"]), title: [title] });
  const element = { type: "text", text: title, style: { bold: true } };
  expect(blocks[0]).toEqual({ type: "rich_text", elements: [{ type: "rich_text_section", elements: [element] }] });
});

describe("what people wrote", () => {
  it.each([
    "<!channel> <@U123> <#C1|x> <https://evil.example|bank> &amp; & < >",
    "*bold* _it_ ~gone~ `code` ```x``` > quote • list",
    ":smile: @here @channel https://evil.example www.evil.example",
    "🚀\u{1F468}\u200d\u{1F469}\u200d\u{1F467} naïve שלום مرحبا",
  ])("%j arrives as it is, without formatting and calling nobody", (text) => {
    const shown = strictly({ ...paragraphs([text]), title: [text.slice(0, 40)], footer: [text] });
    expect(shown.text).toContain(text);
    expect([...shown.marked, ...shown.mentions]).toEqual([]);
    expect(render(paragraphs([text])).text).not.toMatch(/<[@!#h]/);
  });

  it.each([
    ["see https://a.example/x_y, ok", ["https://a.example/x_y"]],
    [
      "(https://en.wikipedia.org/wiki/Basis_(linear_algebra)).",
      ["https://en.wikipedia.org/wiki/Basis_(linear_algebra)"],
    ],
    ["a://b https:// http://", []],
  ])("leads where its addresses say, which no app would make links of: %s", (text, urls) => {
    const blocks = JSON.stringify(render(paragraphs([text])).blocks);
    expect([...blocks.matchAll(/"type":"link","url":"([^"]*)"/g)].map(([, url]) => url)).toEqual(urls);
    expect(strictly(paragraphs([text])).text).toContain(text);
    expect(JSON.stringify(render(paragraphs([{ code: text }])).blocks)).not.toContain('"link"');
  });

  it("says the same in the line of a notification, escaped", () => {
    expect(render(paragraphs(["a & <b>"])).text).toBe("a &amp; &lt;b&gt;");
  });
});

const can: Capabilities = await connect().then(async ({ platform, close }) => {
  await close();
  return platform.capabilities;
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        "<!here>",
        "<@U1>",
        "&",
        "*",
        "_",
        "`",
        ":tada:",
        "\n",
        "\r",
        "\ud83d",
        "🚀",
        "\u0000",
        "\u202e",
        "@all",
        ">",
        "\u200b",
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join("")),
  fc.constantFrom("x".repeat(9_000), "<&>".repeat(4_000), "👍".repeat(4_000), "\n".repeat(3_000)),
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
const call = { action: "event.rsvp", input: {} };
const button = fc.oneof(
  anyText.map((label) => ({ label, call })),
  fc.record({ label: anyText, url: fc.oneof(fc.webUrl(), fc.string()) }),
);
const anyView = fc.record(
  {
    title: rich,
    body: fc.array(block, { maxLength: 6 }),
    fields: fc.array(fc.record({ name: rich, value: rich }), { maxLength: 30 }),
    footer: rich,
    buttons: fc.array(fc.array(button, { maxLength: 8 }), { maxLength: 20 }),
    select: fc.record({
      placeholder: anyText,
      options: fc.array(fc.record({ label: anyText, call: fc.constant(call) }), { maxLength: 120 }),
    }),
    live: fc.constantFrom(undefined, { card: "event", id: "1", rev: 1 }),
  },
  { requiredKeys: [] },
);
const data = "d".repeat(can.buttonData);

describe("any view", () => {
  it("is taken by the strict rules, and nothing of it is alive", () => {
    fc.assert(
      fc.property(anyView, (any) => {
        for (const message of fitView(any, reader, can, () => data)) {
          const { mentions } = strictly(message);
          expect(mentions).toEqual([]);
        }
      }),
      { numRuns: 250, seed: 20260302 },
    );
  });

  it("shows a plain text letter by letter, without any mark of its own", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }), (text) => {
        const { text: shown, marked } = strictly(paragraphs(["> ", text, " <"]));
        expect(shown).toBe(`> ${text} <`);
        expect(marked).toEqual([]);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it("costs no more than it is said to", () => {
    const times: Rich = Array.from({ length: 500 }, (_, n) => [time(n * 1e9), " & "]).flat();
    for (const message of fitView({ body: [{ paragraph: times }] }, reader, can, () => data)) strictly(message);
    const links: Rich = Array.from({ length: 400 }, (_, n) => ({ link: [`${n}`], url: "https://peerspark.example/" }));
    for (const message of fitView({ body: [{ paragraph: links }] }, reader, can, () => data)) strictly(message);
  });
});

describe("any form", () => {
  const field = fc.record(
    {
      name: fc.stringMatching(/^[a-z]{1,12}$/),
      label: anyText,
      kind: fc.constantFrom("text", "integer", "boolean", "choice"),
      required: fc.boolean(),
      choices: fc.array(fc.record({ value: anyText, label: anyText }), { maxLength: 130 }),
      maxLength: fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: undefined }),
      value: fc.option(anyText, { nil: undefined }),
      problem: fc.option(anyText, { nil: undefined }),
    },
    { requiredKeys: ["name", "label", "kind", "required", "choices"] },
  );
  const form = fc.record({
    title: anyText,
    data: fc.constant(data),
    fields: fc.uniqueArray(field, { selector: ({ name }) => name, maxLength: can.formFields, minLength: 1 }),
  });

  it("opens, and can be offered by a button", () => {
    const origin = {
      channel: "C1",
      title: "x".repeat(80),
      respond: `https://hooks.slack.com/${"y".repeat(200)}`,
      until: 1e13,
    };
    fc.assert(
      fc.property(form, (any) => {
        checkedView(JSON.parse(JSON.stringify(modalOf(any, reader, origin))));
        const shown = strictly(offered({ ...paragraphs(["Plan"]), form: any }));
        expect(shown.buttons).toMatchObject([{ value: data }]);
      }),
      { numRuns: 200, seed: 11 },
    );
  });
});
