// Any view, however long or hostile its texts: fitted and shown, nothing refused, nothing lost without a mark, nothing alive.
import { describe, expect } from "@jest/globals";
import fc from "fast-check";
import { fitView } from "../../../src/adapters/chat/fit.ts";
import { md, plain, type Reader, type Text, time } from "../../../src/core/text.ts";
import type { Button, View } from "../../../src/core/view.ts";
import type { PlatformStand, PlatformTest, Seen, Somebody } from "./stand.ts";

const traps = [
  "@everyone @here @channel <!channel> <@U123> @PeerSparkTestBot a@bob @bob_",
  "<b>bold</b> <a href='tg://user?id=1'>you</a> &lt;i&gt; &amp; </pre></code>",
  "**bold** *it* __under__ _it_ ~~gone~~ ||hidden|| `code` ```js\nx``` [a](https://evil.example) \\*",
  "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007x\u001b]8;;\u0007 \u009b2J \u0007\b\r",
  "!1 !2\n!3\n/help /event_cancel everything\n/pod_leave",
  "\u202egnp.exe\u202c \u2066x\u2069 \u200b\u200b\u200d\ufeff שלום مرحبا",
  "\u3164\u2800\u115f",
  "\u0000\ud800 \udc00",
  "Å Z̳a̿l̊g̗o̘ 👩‍👩‍👧‍👦🏳️‍🌈👍🏽",
] as const;

const short = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(...traps),
  fc.tuple(fc.constantFrom(...traps), fc.constantFrom(...traps)).map((two) => two.join("")),
);
const huge = fc.oneof(
  fc.tuple(short, fc.integer({ min: 1, max: 1500 })).map(([text, times]) => text.repeat(times).slice(0, 30_000)),
  fc.constantFrom(
    "a".repeat(10_000),
    "👍".repeat(6_000),
    "word ".repeat(4_000),
    "line\n".repeat(3_000),
    " ".repeat(9_000),
  ),
);
/** The mark of shortening is ours alone here, so that it can be told. */
const unmarked = (text: fc.Arbitrary<string>) => text.map((one) => one.replaceAll("…", ""));

/** Written out behind its words where nothing can be linked. */
const address = "https://peerspark.example/x";
const rich = (text: fc.Arbitrary<string>): fc.Arbitrary<Text> =>
  fc.oneof(
    text,
    text.map((one) => md`${one}**${one}** *${one}* ${time(0)}`),
    text.map((code) => [{ code }]),
    text.map((one) => [{ link: [one], url: address }]),
  );
const viewOf = (text: fc.Arbitrary<string>, most: number, rows = most * 4, perRow = 9): fc.Arbitrary<View> =>
  fc.record(
    {
      title: rich(text),
      body: fc.array(
        fc.oneof(
          rich(text).map((paragraph) => ({ paragraph })),
          rich(text).map((quote) => ({ quote })),
          text.map((code) => ({ code })),
          fc.record({ list: fc.array(rich(text), { maxLength: most }), ordered: fc.boolean() }),
        ),
        { maxLength: most },
      ),
      fields: fc.array(fc.record({ name: rich(text), value: rich(text) }), { maxLength: most * 6 }),
      footer: rich(text),
      buttons: fc.array(fc.array(text.map(button), { maxLength: perRow }), { maxLength: rows }),
      live: fc.constantFrom(undefined, { card: "event", id: "1", rev: 1 }),
    },
    { requiredKeys: [] },
  );
const button = (label: string): Button => ({ label, call: { action: "event.rsvp", input: {} } });

const readerOn = (stand: PlatformStand): Reader => ({ language: "en", zone: "UTC", platform: stand.platform.name });

/** Shows the view to somebody new, so that nothing else is on their screen. */
async function shown(stand: PlatformStand, view: View): Promise<readonly Seen[]> {
  const { platform } = stand;
  const ada: Somebody = await stand.person(`reader ${++readers}`);
  const data = "d".repeat(platform.capabilities.buttonData);
  for (const message of fitView(view, readerOn(stand), platform.capabilities, () => data))
    await platform.send(ada.home, message);
  return ada.sees();
}
let readers = 0;

/** Without what no screen shows, what platforms take out, and our own bullets. */
const visible = (text: string) =>
  text
    .toWellFormed()
    .replaceAll("\ufffd", "")
    .normalize("NFD")
    .replace(/[\p{C}\p{Z}\s\u115f\u1160\u2800\u3164\uffa0•│]|\u17b4|\u17b5|\u034f|\u0333|\u033f|\u030a/gu, "")
    .replaceAll(`(${address})`, "");

function writtenIn(view: View, reader: Reader): string[] {
  const body = (view.body ?? []).flatMap((block): Text[] => {
    if ("paragraph" in block) return [block.paragraph];
    if ("quote" in block) return [block.quote];
    return "code" in block ? [block.code] : [...block.list];
  });
  const fields = (view.fields ?? []).flatMap(({ name, value }) => [name, value]);
  return [view.title ?? "", ...body, ...fields, view.footer ?? ""].map((text) => visible(plain(text, reader)));
}

/** What was written and does not stand there, in its order. */
function missing(view: View, seen: readonly Seen[], reader: Reader): string[] {
  const text = visible(seen.map((message) => message.text).join("\n"));
  let at = 0;
  return writtenIn(view, reader).filter((piece) => {
    const found = text.indexOf(piece, at);
    if (found >= 0) at = found + piece.length;
    return found < 0;
  });
}

/** Shrinking views of this size takes longer than reading them. */
const runs = { seed: 20260302, numRuns: 60, endOnFailure: true };

export function viewsContract(test: PlatformTest): void {
  describe("views", () => {
    test("of any length and content are taken, and what is missing of them is marked", (stand) =>
      fc.assert(
        fc.asyncProperty(viewOf(unmarked(fc.oneof(short, huge)), 5), async (view) => {
          const seen = await shown(stand, view);
          expect(seen.length).toBeGreaterThan(0);
          if (view.live) expect(seen).toHaveLength(1);
          const left = missing(view, seen, readerOn(stand));
          const marked = seen.some(({ text }) => text.includes("…"));
          expect({ marked, left: left.map((piece) => piece.slice(0, 60)) }).toEqual(
            left.length ? { marked: true, left: expect.anything() } : { marked, left: [] },
          );
        }),
        runs,
      ));

    // A field's name takes 100 characters, and what a platform escapes in it counts.
    test("that fit are shown whole, without a mark", (stand) => {
      const { buttonRows, buttonsPerRow } = stand.platform.capabilities;
      const tiny = unmarked(short.map((text) => text.slice(0, 10)));
      return fc.assert(
        fc.asyncProperty(viewOf(tiny, 2, Math.min(8, buttonRows), buttonsPerRow), async (view) => {
          const seen = await shown(stand, view);
          expect(missing(view, seen, readerOn(stand))).toEqual([]);
          const text = seen.map((message) => message.text).join("\n");
          if (visible(text.replaceAll("…", "")) !== "") expect(text).not.toContain("…");
        }),
        runs,
      );
    });

    test("hold nothing of people's that is marked up, calls somebody or steers the screen", (stand) =>
      fc.assert(
        fc.asyncProperty(fc.array(unmarked(short), { minLength: 1, maxLength: 4 }), async (texts) => {
          const [first, ...others] = texts;
          const seen = await shown(stand, {
            body: [{ paragraph: first! }, { paragraph: md`by ${texts.join("")}` }, { list: others }],
            buttons: [texts.map(button)],
          });
          expect(seen.flatMap(({ marked, mentions }) => [...marked, ...mentions])).toEqual([]);
        }),
        runs,
      ));

    test("hold nothing of people's that is a command when it is pressed", async (stand) => {
      const seen = await shown(stand, { body: [{ paragraph: "/pod_leave\n/event_cancel now" }] });
      expect(seen.flatMap(({ commands }) => commands)).toEqual([]);
    });

    test("use all that the platform says it can take", async (stand) => {
      const can = stand.platform.capabilities;
      const row = Array.from({ length: can.buttonsPerRow }, (_, n) => button(`${n}`.padEnd(can.buttonLabel, "x")));
      const seen = await shown(stand, {
        body: [{ paragraph: "x".repeat(can.text - 300) }],
        buttons: Array.from({ length: can.buttonRows }, () => row),
        live: { card: "event", id: "1", rev: 1 },
      });
      expect(seen).toHaveLength(1);
      expect(seen[0]!.text).toBe("x".repeat(can.text - 300));
      expect(seen[0]!.buttons).toHaveLength(can.buttonRows * can.buttonsPerRow);
    });

    test("that need more say so: fields, rows of buttons, a list counted on", async (stand) => {
      const can = stand.platform.capabilities;
      const many = (count: number) => Array.from({ length: count }, (_, n) => `${n}`);
      const fields = many(can.fields + 1).map((name) => ({ name, value: name }));
      expect((await shown(stand, { fields }))[0]!.text).toContain("…");
      const buttons = many(can.buttonRows + 1).map((label) => [button(label)]);
      expect((await shown(stand, { body: [{ paragraph: "pick" }], buttons }))[0]!.text).toContain("…");
      const list = many(400).map((n) => `item ${n} ${"x".repeat(60)}`);
      const seen = await shown(stand, { body: [{ list, ordered: true }] });
      expect(seen.length).toBeGreaterThan(1);
      expect(seen.map(({ text }) => text).join("\n")).toContain("400. item 399");
    });
  });
}
