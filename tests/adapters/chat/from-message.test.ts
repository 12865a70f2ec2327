// Shortcuts on people's messages: whatever the message says, the person is asked, and nothing is refused for its length.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { commandEntries } from "../../../src/adapters/chat/commands.ts";
import { eventTexts } from "../../../src/core/events/texts.ts";
import { features } from "../../../src/core/features.ts";
import { houseOf } from "../../../src/core/kernel/feature.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { reminders } from "../../../src/core/reminders/reminder.ts";
import { languages } from "../../../src/core/text.ts";
import { type ChatEdge, chatEdge } from "./edge.ts";

let edge: ChatEdge;
beforeEach(async () => {
  edge = await chatEdge({ ephemeral: true, formFields: 5 });
});
afterEach(async () => {
  expect(edge.troubles).toEqual([]);
  await edge.close();
});

const chosen = async (action: string, what: string) => {
  const shown = await edge.does("ada", { kind: "command", call: { action, input: { what } }, shortcut: true });
  return shown.at(-1)!.form!;
};
const submits = async (data: string, answers: Readonly<Record<string, string>>) =>
  (await edge.does("ada", { kind: "submit", data, answers })).at(-1)!;
const kept = async () => (await edge.store.find(reminders, { limit: 9 })).rows;

describe("“Remind me of this”", () => {
  it("asks when, also where the message speaks of a time, and keeps the message whole", async () => {
    const said = "The exam is tomorrow at 10, room 5 when:never";
    const form = await chosen("reminder.create", said);
    expect(form.fields).toMatchObject([{ name: "when", required: true, maxLength: 500 }]);
    expect(await kept()).toEqual([]);
    expect((await submits(form.data, { when: "in 20 minutes" })).text).toContain("Reminder set");
    expect(await kept()).toMatchObject([{ text: said, dueAt: edge.clock.now() + 20 * 60_000 }]);
  });

  it("cuts a long message with a mark", async () => {
    const { data } = await chosen("reminder.create", "🎓".repeat(2000));
    await submits(data, { when: "in 20 minutes" });
    expect((await kept())[0]!.text).toBe(`${"🎓".repeat(249)}…`);
  });

  it("asks again when the time is none, with the message still there", async () => {
    const { data } = await chosen("reminder.create", "Read this");
    const again = (await submits(data, { when: "some day" })).form!;
    expect(again.fields).toMatchObject([{ name: "when", value: "some day", problem: expect.anything() }]);
    await submits(again.data, { when: "in 20 minutes" });
    expect(await kept()).toMatchObject([{ text: "Read this" }]);
  });

  it("of a message without words asks for both", async () => {
    const { fields, data } = await chosen("reminder.create", " \n");
    expect(fields.map(({ name }) => name)).toEqual(["what", "when"]);
    await submits(data, { what: "look at the picture", when: "in 20 minutes" });
    expect(await kept()).toMatchObject([{ text: "look at the picture" }]);
  });
});

describe("“Plan an event from this”", () => {
  it("has the message gone over before it is read", async () => {
    await edge.says("ada", "/pod create Algebra");
    const form = await chosen("event.create", "Shall we meet on Friday? Maybe at 6pm, for Eigenvalues");
    expect(form.fields.slice(0, 2)).toMatchObject([
      {
        name: "what",
        label: "What is it called?",
        value: "Shall we meet on Friday? Maybe at 6pm, for Eigenvalues",
      },
      { name: "when", label: "When?", hint: "For example: tomorrow 6pm for 90 min", required: false },
    ]);
    const preview = await submits(form.data, { what: "Eigenvalues Friday 6pm" });
    expect(preview.text).toContain("Create this event?");
  });

  it("asks again, with what was written, when that is too long for a title", async () => {
    await edge.says("ada", "/pod create Algebra");
    const { data, fields } = await chosen("event.create", `${"x".repeat(4000)} tomorrow 6pm`);
    expect(fields[0]!.value).toBe(`${"x".repeat(499)}…`);
    const again = (await submits(data, { what: `${"x".repeat(300)} tomorrow 6pm` })).form!;
    expect(again.fields[0]).toMatchObject({ name: "what", problem: expect.stringContaining("at most 200") });
    expect((await submits(again.data, { what: "x tomorrow 6pm" })).text).toContain("Create this event?");
  });
});

describe("what can't be done whatever is answered", () => {
  it.each([
    ["event.create", {}],
    ["event.create", { what: "Knots tomorrow 6pm" }],
    ["pod.announce", {}],
    ["pod.announce", { text: "hello" }],
  ])("%s %j in no pod is not asked for, but leads to one", async (action, input) => {
    const shown = (await edge.does("ada", { kind: "command", call: { action, input } })).at(-1)!;
    expect(shown.form).toBeUndefined();
    expect(shown.text).toContain("You are in no pod yet");
    expect(shown.buttons.map(({ label }) => label)).toEqual(["Look for a pod", "Start a pod"]);
  });
});

describe("a bare command", () => {
  const opens = async (action: string) =>
    (await edge.does("ada", { kind: "command", call: { action, input: {} } })).at(-1)!.form!;

  it("to edit the profile shows what there is, and sets what was changed alone", async () => {
    const form = await opens("profile.edit");
    expect(form.fields).toMatchObject([
      { name: "name", value: "ada", required: false },
      { name: "zone", value: "UTC", required: false },
      { name: "language", value: "en", required: false },
    ]);
    const saved = await submits(form.data, { name: "Ada L", zone: "UTC", language: "en" });
    expect(saved.text).toContain("Ada L");
    const { displayName, zoneFrom, languageFrom } = (await edge.store.find(profiles, { limit: 1 })).rows[0]!;
    expect([displayName, zoneFrom, languageFrom]).toEqual(["Ada L", undefined, undefined]);
  });

  it("to edit the profile shows a button for each where there are no forms", async () => {
    await edge.close();
    edge = await chatEdge();
    const [shown] = await edge.says("ada", "/profile edit");
    expect(shown!.form).toBeUndefined();
    expect(shown!.buttons.map(({ label }) => label)).toEqual(["Name: ada", "Time zone: UTC", "Language: English"]);
    await edge.does("ada", { kind: "press", data: shown!.buttons[0]!.data });
    expect((await edge.says("ada", "Ada L")).at(-1)!.text).toContain("Ada L");
  });

  it("to join a pod takes a code as well as a name", async () => {
    await edge.says("bob", "/pod create Algebra");
    expect((await opens("pod.join")).fields).toMatchObject([{ name: "pod", choices: [] }]);
  });
});

describe("any message", () => {
  it("opens a form", () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 6000 }), async (text) => {
        for (const action of ["reminder.create", "event.create"]) {
          const { fields } = await chosen(action, text);
          expect(fields.length).toBeGreaterThan(0);
          for (const { value = "" } of fields) expect(value.length).toBeLessThanOrEqual(500);
        }
      }),
      { seed: 5, numRuns: 40 },
    ));
});

describe("the labels of shortcuts", () => {
  it("are short enough for every app, in every language", () => {
    const entries = commandEntries(houseOf(features)).filter(({ shortcut }) => shortcut);
    expect(entries.map(({ path }) => path).sort()).toEqual(["event create", "remind me"]);
    for (const language of languages)
      for (const { shortcut } of entries) {
        const label = shortcut!.label({ language, zone: "UTC", platform: "town" });
        expect(label.length).toBeGreaterThan(3);
        expect(label.length).toBeLessThanOrEqual(24);
      }
    expect(eventTexts({ language: "de", zone: "UTC", platform: "town" }).shortcut).toBe("Termin daraus machen");
  });
});
