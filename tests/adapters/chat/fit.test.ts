// Views cut to a platform's limits: nothing too long, nothing lost without a mark.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fitView } from "../../../src/adapters/chat/fit.ts";
import { lengthOf } from "../../../src/adapters/chat/rich.ts";
import type { Capabilities, Costs, Fitted, FittedBlock } from "../../../src/core/ports/platform.ts";
import { md, plain, type Rich, time } from "../../../src/core/text.ts";
import type { Button, View } from "../../../src/core/view.ts";

const reader = { language: "en", zone: "Europe/Berlin", platform: "test" } as const;
const can: Capabilities = {
  text: 1000,
  title: 60,
  fields: 3,
  fieldValue: 100,
  buttonLabel: 12,
  buttonsPerRow: 3,
  buttonRows: 4,
  buttonData: 64,
  ephemeral: false,
  selectOptions: 0,
  formFields: 0,
  costs: { characters: {}, marks: 0, times: 0 },
  edits: true,
  idempotentMs: 0,
  calendar: false,
  fileBytes: 0,
};
/** One that writes `\\*` for "*" and `&amp;` for "&", and counts marks, addresses and instants as it writes them. */
const costly: Capabilities = {
  ...can,
  text: 1200,
  costs: { characters: { "*": 2, "&": 5, a: 3 }, marks: 4, links: 4, times: 70 },
  selectOptions: 3,
  formFields: 2,
};
const messagesOf = (view: View, on = can) => fitView(view, reader, on, (call) => call.action);
const textsOf = (block: FittedBlock): Rich[] => {
  if ("paragraph" in block) return [block.paragraph];
  if ("quote" in block) return [block.quote];
  return "code" in block ? [[block.code]] : [...block.list];
};
const length = (message: Fitted, costs: Costs) =>
  [
    message.title ?? [],
    message.footer ?? [],
    ...message.body.flatMap(textsOf),
    ...message.fields.flatMap((f) => [f.name, f.value]),
  ]
    .map((text) => lengthOf(text, { reader, costs }))
    .reduce((sum, part) => sum + part, 0);
const said = (messages: readonly Fitted[]) =>
  messages.flatMap((message) => message.body.flatMap(textsOf).map((text) => plain(text, reader))).join("");

const hostile = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 3000 }),
  fc.constantFrom("@everyone", "<b>", "‏שלום", "\u200b\u200b", "👩‍👩‍👧‍👦".repeat(300), "a".repeat(10_000)),
);
const rich = hostile.map(
  (text) =>
    md`**${text}** and *${text.slice(0, 5)}* at ${time(0)} ${{ link: [text], url: `https://a.example/${text.length}` }}`,
);
const press = (label: string): Button => ({ label, call: { action: "x", input: {} } });
const views: fc.Arbitrary<View> = fc.record(
  {
    title: hostile,
    body: fc.array(
      fc.oneof(
        rich.map((paragraph) => ({ paragraph })),
        hostile.map((quote) => ({ quote })),
        hostile.map((code) => ({ code })),
        fc.array(hostile, { maxLength: 5 }).map((list) => ({ list })),
      ),
      { maxLength: 6 },
    ),
    fields: fc.array(fc.record({ name: hostile, value: rich }), { maxLength: 5 }),
    footer: hostile,
    buttons: fc.array(fc.array(hostile.map(press), { maxLength: 9 }), { maxLength: 9 }),
    live: fc.constant({ card: "event", id: "1", rev: 1 }),
  },
  { requiredKeys: [] },
);

describe("fit", () => {
  it.each([
    ["plain", can],
    ["one that counts what it escapes", costly],
  ])("never exceeds a limit of a platform, %s, whatever the view", (_, on) => {
    fc.assert(
      fc.property(views, (view) => {
        const messages = messagesOf(view, on);
        expect(messages.length).toBeGreaterThan(0);
        if (view.live) expect(messages.length).toBe(1);
        for (const message of messages) {
          expect(length(message, on.costs)).toBeLessThanOrEqual(on.text);
          expect(lengthOf(message.title ?? [], { reader, costs: on.costs })).toBeLessThanOrEqual(can.title);
          expect(message.fields.length).toBeLessThanOrEqual(can.fields);
          expect(message.buttons.length).toBeLessThanOrEqual(can.buttonRows);
          for (const row of message.buttons) {
            expect(row.length).toBeLessThanOrEqual(can.buttonsPerRow);
            for (const { label } of row) expect(label.length).toBeLessThanOrEqual(can.buttonLabel);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it("splits a long answer without losing a word", () => {
    const text = Array.from({ length: 1500 }, (_, n) => `w${n}`).join(" ");
    const messages = messagesOf({ body: [{ paragraph: text }], buttons: [[press("Ok")]] });
    expect(messages.length).toBeGreaterThan(5);
    expect(said(messages)).toBe(text);
    expect(messages.map((message) => message.buttons.length)).toEqual([...messages.slice(1).map(() => 0), 1]);
  });

  it("marks what had to be left out of a message that is edited later", () => {
    const [only, more] = messagesOf({
      body: [{ paragraph: "a ".repeat(400) }, { paragraph: "b ".repeat(400) }],
      live: { card: "c", id: "1", rev: 1 },
    });
    expect(more).toBeUndefined();
    expect(said([only!]).endsWith("…")).toBe(true);
  });

  it("does not cut a character in two", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (shift) => {
        const [message] = messagesOf({ title: "x".repeat(shift) + "👍".repeat(60), body: [] });
        expect(plain(message!.title!, reader).isWellFormed()).toBe(true);
      }),
    );
  });

  it("splits by what a text costs, without losing a word", () => {
    const text = Array.from({ length: 300 }, (_, n) => `**a&${n}**`).join(" ");
    const messages = messagesOf({ body: [{ paragraph: text }] }, costly);
    expect(said(messages)).toBe(text);
    for (const message of messages) expect(length(message, costly.costs)).toBeLessThanOrEqual(costly.text);
  });

  it("keeps the words of a link whose address has no room", () => {
    const link = { link: ["the notes"], url: `https://a.example/${"x".repeat(3000)}` };
    expect(said(messagesOf({ body: [{ paragraph: [link] }] }, costly))).toContain("the notes");
  });

  it("offers a select where the platform has one, cut to what it takes", () => {
    const options = Array.from({ length: 5 }, (_, n) => ({ label: `${n}`, call: { action: `x.${n}`, input: {} } }));
    const [message] = messagesOf({ select: { placeholder: "Which?", options }, buttons: [[press("None")]] }, costly);
    expect(message!.select).toMatchObject({ placeholder: "Which?", options: [{ data: "x.0" }, {}, { data: "x.2" }] });
    expect(message!.buttons.flat().map(({ label }) => label)).toEqual(["None"]);
    expect(said([message!])).toContain("…");
  });

  it("asks in a form no more than the platform takes at once", () => {
    const field = (name: string) => ({ name, label: () => md`**${name}**?`, kind: "text", required: true }) as const;
    const form = { call: { action: "x.y", input: {} }, title: "T", fields: ["a", "b", "c"].map(field) };
    expect(messagesOf({ form }, costly)[0]!.form).toEqual({
      title: "T",
      data: "x.y",
      fields: ["a", "b"].map((name) => ({ name, label: `${name}?`, kind: "text", required: true, choices: [] })),
    });
  });

  it("offers a select as buttons", () => {
    const options = ["Algebra", "Botany"].map((label) => ({
      label,
      call: { action: "pod.info", input: { pod: label } },
    }));
    const [message] = messagesOf({ select: { placeholder: "Which?", options }, buttons: [[press("None")]] });
    expect(message!.buttons.map((row) => row.map(({ label }) => label))).toEqual([["Algebra"], ["Botany"], ["None"]]);
  });
});
