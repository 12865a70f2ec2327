// Texts: markup is ours alone, times are the reader's own, and every sentence exists in every language.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { defineTexts, formatTime, md, plain, type Reader, rich, time } from "../../../src/core/text.ts";

const reader: Reader = { language: "en", zone: "Europe/Berlin", platform: "terminal" };
const german: Reader = { ...reader, language: "de" };
const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("**", "*", "`", "`x`", "**bold**", "*it*", "\\*", "***", "a*b**c`d", "\u001b[1m", "</b>"),
);
const solid = (...parts: readonly unknown[]) => parts.filter((part) => part !== "");

describe("md", () => {
  it("reads our own words", () => {
    expect(md`a **b *c* d** \`e\` f`).toEqual([
      "a ",
      { bold: ["b ", { italic: ["c"] }, " d"] },
      " ",
      { code: "e" },
      " f",
    ]);
    expect(md``).toEqual([]);
    expect(md`${0} of ${12}`).toEqual(["0", " of ", "12"]);
  });

  it("puts words and numbers into code, and keeps a backtick that nobody closed", () => {
    expect(md`\`/pod join ${"A*B`"} days:${2}\`!`).toEqual([{ code: "/pod join A*B` days:2" }, "!"]);
    expect(md`a \`b ${"c"}`).toEqual(["a ", "`b c"]);
    expect(() => md`\`${["x"]}\``).toThrow();
  });

  it("never parses what is interpolated", () =>
    fc.assert(
      fc.property(hostile, hostile, (a, b) => {
        expect(md`x **${a}** *${b}* ${a}${b}`).toEqual(
          solid("x ", { bold: solid(a) }, " ", { italic: solid(b) }, " ", a, b),
        );
        expect(plain(md`${a}**${b}**${a}`, reader)).toBe(a + b + a);
      }),
      { seed: 5, numRuns: 500 },
    ));

  it("takes texts with markup of their own, and times", () => {
    expect(md`at ${time(0)}: *${md`**${"x"}**`}*`).toEqual([
      "at ",
      { time: 0, style: "full" },
      ": ",
      { italic: [{ bold: ["x"] }] },
    ]);
  });

  it("loses no words to a mark that nobody closed", () => {
    expect(plain(md`2 * 3 is ${6}`, reader)).toBe("2  3 is 6");
    expect(plain(md`**a *b** c`, reader)).toBe("a b c");
  });
});

describe("plain", () => {
  it("is the words without their marks", () => {
    const link = { link: ["the ", { bold: ["page"] }], url: "https://x.example" } as const;
    expect(plain(["see ", link, " ", { code: "a*b" }], reader)).toBe("see the page a*b");
    expect(plain("*as it is*", reader)).toBe("*as it is*");
    expect(rich("")).toEqual([]);
    expect(rich({ bold: ["x"] })).toEqual([{ bold: ["x"] }]);
  });
});

describe("times", () => {
  const at = (iso: string, style: "full" | "date" | "time" | "relative" = "full", zone?: string) =>
    time(Date.parse(iso), style, zone) as { time: number; style: "full"; zone?: string };

  it.each<[string, Reader, string]>([
    ["2026-03-29T00:59:00Z", reader, "Sun, 29 Mar 2026, 01:59 CET"],
    ["2026-03-29T01:00:00Z", reader, "Sun, 29 Mar 2026, 03:00 CEST"],
    ["2026-10-25T00:30:00Z", reader, "Sun, 25 Oct 2026, 02:30 CEST"],
    ["2026-10-25T01:30:00Z", reader, "Sun, 25 Oct 2026, 02:30 CET"],
    ["2026-03-01T23:30:00Z", { ...reader, zone: "Asia/Kathmandu" }, "Mon, 2 Mar 2026, 05:15 GMT+5:45"],
    ["2026-03-01T23:30:00Z", { ...reader, zone: "UTC" }, "Sun, 1 Mar 2026, 23:30 UTC"],
    ["2026-03-01T23:30:00Z", german, "Mo., 2. März 2026, 00:30 MEZ"],
  ])("%s", (iso, who, written) => {
    expect(formatTime(at(iso), who)).toBe(written);
  });

  it("are written as asked, in a zone of their own where they have one", () => {
    expect(formatTime(at("2026-03-02T09:05:00Z", "time"), reader)).toBe("10:05 CET");
    expect(formatTime(at("2026-03-02T23:05:00Z", "date"), reader)).toBe("Tue, 3 Mar 2026");
    expect(formatTime(at("2026-03-02T09:05:00Z", "full", "Asia/Tokyo"), reader)).toBe("Mon, 2 Mar 2026, 18:05 GMT+9");
    expect(formatTime(at("2026-03-02T09:05:00Z", "relative"), reader)).toBe("Mon, 2 Mar 2026, 10:05 CET");
  });

  it("of one reader are not another's, however many zones there are", () => {
    const zones = Intl.supportedValuesOf("timeZone");
    const instant = at("2026-07-01T12:00:00Z", "time");
    const first = zones.map((zone) => formatTime(instant, { ...reader, zone }));
    expect(zones.map((zone) => formatTime(instant, { ...german, zone }))).toHaveLength(first.length);
    expect(zones.map((zone) => formatTime(instant, { ...reader, zone }))).toEqual(first);
    expect(first[zones.indexOf("America/New_York")]).toBe("08:00 GMT-4");
  });
});

describe("defineTexts", () => {
  const texts = defineTexts({
    en: {
      hello: "Hello",
      greet: (name: string) => md`Hello, **${name}**`,
      count: ({ n }: { n: number }) => `${n} pods`,
    },
    de: { hello: "Hallo", greet: (name) => md`Hallo, **${name}**`, count: ({ n }) => `${n} Gruppen` },
  });

  it("speaks the reader's language", () => {
    expect([texts(reader).hello, texts(german).hello]).toEqual(["Hello", "Hallo"]);
    expect(plain(texts(german).greet("Ada"), german)).toBe("Hallo, Ada");
  });

  it("words a sentence later, for whoever reads it", () => {
    const [count, hello] = [texts.say("count", { n: 3 }), texts.say("hello")];
    expect([reader, german].map((who) => [count(who), hello(who)])).toEqual([
      ["3 pods", "Hello"],
      ["3 Gruppen", "Hallo"],
    ]);
  });
});
