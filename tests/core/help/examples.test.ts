// The examples of /help and of the greeting, typed by somebody who copies them: read as they are meant, in each language.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { createEvent } from "../../../src/core/events/create-event.ts";
import { greetingView } from "../../../src/core/help/read.ts";
import { settingsOf } from "../../../src/core/notifications/preferences.ts";
import { readChange } from "../../../src/core/notifications/read-change.ts";
import { showPreferences } from "../../../src/core/notifications/show-preferences.ts";
import { cancelReminder } from "../../../src/core/reminders/cancel-reminder.ts";
import { moveReminder } from "../../../src/core/reminders/move-reminder.ts";
import { remindMe } from "../../../src/core/reminders/remind-me.ts";
import type { Language } from "../../../src/core/text.ts";
import { codesIn } from "../../support/codes-in.ts";
import { type World, world } from "../../support/world.ts";

let w: World;
beforeEach(async () => {
  w = await world({ now: "2026-03-04T09:00:00Z" });
});
afterEach(() => w.close());

const zone = "Europe/Berlin";

/** What is seen when these lines are typed on Wednesday 4 March 2026 at 10:00 in Berlin. */
async function seenOf(language: Language, lines: readonly string[]): Promise<string[]> {
  const ada = w.terminal("ada", { zone, language });
  await ada.says("/pod create Geometry");
  const seen: string[] = [];
  for (const line of lines) seen.push(await ada.says(line));
  return seen;
}

const tried = (language: Language) => codesIn(greetingView({ language, zone, platform: "terminal" }, "Ada"));

describe("with times", () => {
  it("in English", async () => {
    const events = await seenOf("en", [...createEvent.examples!.en, tried("en")[1]!]);
    expect(events).toEqual([
      expect.stringMatching(/Eigenvalues\nWhen: Thu, 5 Mar 2026, 18:00 CET – 19:30 CET/),
      expect.stringMatching(/Exam\nWhen: Mon, 9 Mar 2026, 09:00 CET – 10:00 CET[\s\S]*7 days, 24 hours, 1 hour/),
      expect.stringMatching(/Sheet 3\nWhen: Fri, 6 Mar 2026, 16:00 CET – 18:00 CET[\s\S]*Seats: 8\nWhere: Room 5/),
      expect.stringMatching(/Revision\nWhen: Thu, 5 Mar 2026, 18:00 CET – 19:30 CET/),
    ]);
  });

  it("in German", async () => {
    const events = await seenOf("de", [...createEvent.examples!.de, tried("de")[1]!]);
    expect(events).toEqual([
      expect.stringMatching(/Eigenwerte\nWann: Do., 5. März 2026, 18:00 MEZ – 19:30 MEZ/),
      expect.stringMatching(
        /Klausur\nWann: Mo., 9. März 2026, 09:00 MEZ – 10:00 MEZ[\s\S]*7 Tage, 24 Stunden, 1 Stunde/,
      ),
      expect.stringMatching(/Blatt 3\nWann: Fr., 6. März 2026, 16:00 MEZ – 18:00 MEZ[\s\S]*Plätze: 8\nWo: Raum 5/),
      expect.stringMatching(/Wiederholung\nWann: Do., 5. März 2026, 18:00 MEZ – 19:30 MEZ/),
    ]);
  });

  it.each([
    ["en", "revise", "revise chapter 3", "call Grace", /5 Mar 2026, 07:00/, /4 Mar 2026, 10:20/, /6 Mar 2026, 18:00/],
    [
      "de",
      "wiederholen",
      "Kapitel 3 wiederholen",
      "Grace anrufen",
      /5\. März 2026, 07:00/,
      /4\. März 2026, 10:20/,
      /6\. März 2026, 18:00/,
    ],
  ] as const)("of reminders, in %s", async (language, named, first, second, tomorrow, soon, friday) => {
    const [move] = moveReminder.examples![language];
    const cancel = cancelReminder.examples![language][1]!;
    const seen = await seenOf(language, [...remindMe.examples![language], move!.replace("K7M2QX", named), cancel]);
    const expected = [[first, tomorrow], [second, soon], [first, friday], [first]] as const;
    for (const [index, parts] of expected.entries()) for (const part of parts) expect(seen[index]).toMatch(part);
  });
});

it("change the same preferences in every language", () => {
  const changes = (language: Language) =>
    showPreferences
      .examples![language].slice(1)
      .map((line) => readChange(line.replace("/notifications ", ""))(settingsOf({})));
  expect(changes("de")).toEqual(changes("en"));
});
