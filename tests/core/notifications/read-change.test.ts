// What a member writes to have notifications otherwise, and what is answered to what can't be read.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { AppError } from "../../../src/core/errors.ts";
import type { groups } from "../../../src/core/notifications/groups.ts";
import { isSwitchedOn, settingsOf } from "../../../src/core/notifications/preferences.ts";
import { clockOf, readChange } from "../../../src/core/notifications/read-change.ts";
import { plain, type Sentence } from "../../../src/core/text.ts";

const reads = (words: string, chosen = {}) => readChange(words)(settingsOf(chosen));
const reader = { language: "en", zone: "UTC", platform: "terminal" } as const;
const answers = (words: string) => {
  try {
    return reads(words);
  } catch (error) {
    return plain(((error as AppError).sentence as Sentence)(reader), reader);
  }
};

describe("quiet hours", () => {
  it.each([
    ["quiet 22:00-07:30", 1320, 450],
    ["quiet 22-7", 1320, 420],
    ["quiet 10pm - 7am", 1320, 420],
    ["Quiet from 22:00 to 7.30", 1320, 450],
    ["quiet 22:00 07:30", 1320, 450],
    ["quiet 24:00–6", 0, 360],
    ["ruhe 22:00 bis 7:30 uhr", 1320, 450],
    ["quiet on", 1320, 450],
  ])("%s", (words, quietFrom, quietTo) => {
    expect(reads(words)).toEqual({ quietFrom, quietTo });
  });

  it.each(["quiet off", "ruhe aus"])("none: %s", (words) => {
    expect(reads(words)).toEqual({ quietFrom: undefined, quietTo: undefined });
  });

  it.each(["quiet", "quiet 22", "quiet 25-7", "quiet 22:00-07:60", "quiet a-b", "quiet 1-2-3", "quiet 13pm-7"])(
    "asks for both times: %s",
    (words) => expect(answers(words)).toMatch(/^From when until when\?.*22:00-07:30/),
  );

  it("says that nothing would be quiet from a time to the same", () => {
    expect(answers("quiet 7-07:00")).toMatch(/^From and until are the same time/);
  });
});

describe("the digest", () => {
  it.each([
    ["digest daily", "daily", 1080, 1],
    ["digest daily 7:30", "daily", 450, 1],
    ["digest weekly fri at 18", "weekly", 1080, 5],
    ["digest weekly", "weekly", 1080, 1],
    ["digest sunday 9am", "weekly", 540, 7],
    ["digest 8:00", "daily", 480, 1],
    ["digest so 9", "weekly", 540, 7],
    ["digest sa 9", "weekly", 540, 6],
    ["zusammenfassung wöchentlich donnerstag 20:15", "weekly", 1215, 4],
    ["zusammenfassung täglich um 6 uhr", "daily", 360, 1],
  ])("%s", (words, digest, digestAt, digestDay) => {
    expect(reads(words)).toEqual({ digest, digestAt, digestDay });
  });

  it("keeps the hour chosen before", () => {
    expect(reads("digest weekly", { digest: "daily", digestAt: 400, digestDay: 3 })).toEqual({
      digest: "weekly",
      digestAt: 400,
      digestDay: 3,
    });
    expect(reads("digest off")).toEqual({ digest: "off" });
  });

  it.each([
    "digest",
    "digest often",
    "digest sometimes",
    "digest m",
    "digest daily 25",
    "digest daily monday",
    "digest weekly fri 18:00 19:00",
  ])("asks how often and when: %s", (words) => expect(answers(words)).toMatch(/^How often and when\?/));
});

describe("what comes where", () => {
  const on = (words: string, chosen = {}) => {
    const settings = settingsOf({ ...chosen, ...reads(words, chosen) });
    return (group: (typeof groups)[number]) =>
      (["chat", "mail", "push"] as const).filter((channel) => isSwitchedOn(settings, group, channel)).join();
  };

  it("by group, by channel, by both", () => {
    expect(on("events mail on")("events")).toBe("chat,mail,push");
    expect(on("events mail on")("pods")).toBe("chat,push");
    expect(on("events off")("events")).toBe("");
    expect(on("push off")("pods")).toBe("chat");
    expect(on("mail on")("always")).toBe("chat,mail,push");
    expect(on("termine und pods mail an".replace(" und", ""))("pods")).toBe("chat,mail,push");
  });

  it("what always comes can't be turned off, only left as it is", () => {
    expect(on("chat off")("always")).toBe("chat,push");
    expect(on("chat off")("social")).toBe("push");
    for (const words of ["always off", "always chat off", "immer push aus"])
      expect(answers(words)).toMatch(/always reach you/);
    expect(on("always mail off", { switches: { "always.mail": true } })("always")).toBe("chat,push");
  });

  it("is kept only where it is otherwise than usual", () => {
    expect(reads("events mail off", { switches: { "events.mail": true, "pods.chat": false } })).toEqual({
      switches: { "pods.chat": false },
    });
  });

  it.each(["", "on", "events", "events maybe", "everything off", "events mail on please", "__proto__ off"])(
    "says what can be changed: “%s”",
    (words) => expect(answers(words)).toMatch(/^I don't know what to change\./),
  );
});

it("a budget is a number, reminders are lengths that can be chosen", () => {
  expect(reads("budget 8")).toEqual({ budget: 8 });
  for (const words of ["budget", "budget many", "budget 101", "budget -1", "budget 1 2"])
    expect(answers(words)).toMatch(/^How many a day/);
  expect(reads("reminders 1h 1d 10 min, 24h")).toEqual({ reminders: [1440, 60, 10] });
  expect(reads("erinnerungen 2tage")).toEqual({ reminders: [2880] });
  expect(reads("reminders off")).toEqual({ reminders: [] });
  expect(reads("reminders usual")).toEqual({ reminders: undefined });
  for (const words of ["reminders", "reminders soon", "reminders 7min", "reminders 0h"])
    expect(answers(words)).toMatch(/^Before events I can remind you/);
});

it("whatever is written is read, or answered by a sentence", () => {
  const words = fc.oneof(
    fc.string(),
    fc.stringMatching(/^(quiet|digest|budget|reminders|events|mail) [\d:a-z -]{0,20}$/),
  );
  fc.assert(
    fc.property(words, (line) => {
      try {
        const set = reads(line);
        for (const minute of [set.quietFrom, set.quietTo, set.digestAt])
          expect((minute ?? 0) >= 0 && (minute ?? 0) < 1440).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
        expect((error as AppError).code).toBe("invalid");
      }
    }),
  );
});

it("a time of day is read in every way it is written", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
      const [h, m] = [Math.floor(minute / 60), String(minute % 60).padStart(2, "0")];
      const half = `${h % 12 || 12}:${m}${h < 12 ? "am" : "pm"}`;
      for (const word of [`${h}:${m}`, `${String(h).padStart(2, "0")}.${m}`, `${h}h${m}`, half])
        expect(clockOf(word)).toBe(minute);
    }),
  );
});
