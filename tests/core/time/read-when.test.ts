// The time in a line, as people write it, in both languages.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { AppError } from "../../../src/core/errors.ts";
import { type Language, plain, type Sentence } from "../../../src/core/text.ts";
import { remarksOn } from "../../../src/core/time/place-in-time.ts";
import { readWhen, UnusableTime } from "../../../src/core/time/read-when.ts";
import { type TimeLine, timeLines, timelessLines } from "./lines.ts";

const zone = "Europe/Berlin";
const at = (wall: string, where = zone) => Temporal.PlainDateTime.from(wall).toZonedDateTime(where).epochMilliseconds;
const now = at("2026-11-25T09:00");
function worded(sentence: Sentence, language: Language = "en"): string {
  const reader = { language, zone, platform: "test" };
  return plain(sentence(reader), reader);
}
const asked = { now, zone, language: "en" } as const;
const refusal = async (line: string, language: "en" | "de" = "en") =>
  readWhen(line, { now, zone, language }).then(
    ({ when }) => `read as ${when?.understood}`,
    (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      return `${error.code}: ${worded(error.sentence, language)}`;
    },
  );
const refused = async (line: string, language: "en" | "de" = "en") => {
  const error = await readWhen(line, { now, zone, language }).catch((thrown: unknown) => thrown);
  return error instanceof AppError ? error.message : undefined;
};

describe("a line with a time", () => {
  it.each(timeLines)("%s: %s", async (...[language, line, rest, start, end, assumed]: TimeLine) => {
    const read = await readWhen(line, { now, zone, language });
    expect(read.rest).toBe(rest);
    expect(read.when).toMatchObject({
      start: at(start),
      zone,
      allDay: start.length === 10,
      understood: Temporal.PlainDateTime.from(start).toString({ smallestUnit: "minute" }),
    });
    expect(read.when?.end).toBe(end ? at(end) : undefined);
    expect(read.when?.assumed).toBe(assumed);
  });

  it("is understood by its own zone, not the machine's", async () => {
    const { when } = await readWhen("tomorrow 6pm", { ...asked, now: at("2026-11-25T23:30"), zone: "Asia/Kolkata" });
    expect(when?.understood).toBe("2026-11-27T18:00");
    expect(when?.start).toBe(at("2026-11-27T18:00", "Asia/Kolkata"));
  });

  it("at a quarter past seven in the evening means tomorrow morning by 'at 7'", async () => {
    const { when } = await readWhen("at 7", { ...asked, now: at("2026-11-25T19:15") });
    expect(when).toMatchObject({ start: at("2026-11-26T07:00"), assumed: "nextDay" });
    expect(remarksOn(when!).map((remark) => worded(remark))).toEqual([
      "That time is over for today: I took 07:00 tomorrow.",
    ]);
  });

  it("without a year takes the next such day", async () => {
    const { when } = await readWhen("24.11. 18 Uhr", asked);
    expect(when?.start).toBe(at("2027-11-24T18:00"));
  });
});

describe("a repetition", () => {
  it("is one time, and says so in both languages", async () => {
    const { when } = await readWhen("swim every monday at 5pm", asked);
    const [once] = remarksOn(when!);
    expect(worded(once!)).toBe("I can't repeat things yet: this is once, on Mon, 30 Nov 2026.");
    expect(worded(once!, "de")).toBe("Wiederholen kann ich noch nicht: Das ist einmal, am Mo., 30. Nov. 2026.");
  });

  it("is none in the words of a title", async () => {
    const { when } = await readWhen("Every day counts tomorrow 6pm", asked);
    expect(remarksOn(when!)).toEqual([]);
  });
});

it("a half of the day that was assumed is told by its hour alone", async () => {
  const { when } = await readWhen("Study at 7", asked);
  expect(remarksOn(when!).map((remark) => worded(remark))).toEqual(["I took 19:00."]);
  expect(remarksOn(when!).map((remark) => worded(remark, "de"))).toEqual(["Ich habe 19:00 genommen."]);
});

describe("a line without a time", () => {
  it.each(timelessLines)("%s: %s", async (language, line) => {
    expect(await readWhen(line, { now, zone, language })).toEqual({ rest: line });
  });
});

describe("a time that cannot be", () => {
  it.each([
    ["en", "yesterday 6pm", "yesterday 6pm", "past"],
    ["en", "last friday 6pm", "last friday 6pm", "past"],
    ["en", "2020-01-01", "2020-01-01", "past"],
    ["en", "2 hours ago", "2 hours ago", "past"],
    ["en", "today 8am", "today 8am", "past"],
    ["de", "gestern 18 Uhr", "gestern 18 Uhr", "past"],
    ["en", "31 February 6pm", "31 February", "calendar"],
    ["en", "February 30 at 6pm", "February 30", "calendar"],
    ["en", "30.02.", "30.02.", "calendar"],
    ["de", "am 30.2. um 18 Uhr", "30.2.", "calendar"],
    ["en", "2026-13-01", "2026-13-01", "calendar"],
    ["en", "2026-02-30 18:00", "2026-02-30", "calendar"],
    ["en", "32 December", "32 December", "calendar"],
    ["de", "31. April 12 Uhr", "31. April", "calendar"],
    ["en", "29 February 2027", "29 February 2027", "calendar"],
    ["en", "25:00", "25:00", "clock"],
    ["en", "18:75", "18:75", "clock"],
    ["en", "Eigenvalues tomorrow 24:30", "24:30", "clock"],
    ["de", "morgen 25 Uhr", "25 Uhr", "clock"],
    ["en", "2032-12-01 18:00", "2032-12-01 18:00", "five years"],
    ["en", "in 999999999 days", "in 999999999 days", "five years"],
    ["en", "tomorrow 6pm for 0 minutes", "for 0 minutes", "length"],
    ["en", "tomorrow 6pm for 15 days", "for 15 days", "14 days"],
    ["en", "tomorrow 18:00-17:00", "tomorrow 18:00-17:00", "not after the start"],
    ["en", "in 0 minutes", "in 0 minutes", "not ahead"],
    ["en", "now", "now", "not ahead"],
    ["en", "to swim in -5 minutes", "in -5 minutes", "not ahead"],
    ["de", "in 0 Minuten", "in 0 Minuten", "not ahead"],
    ["de", "jetzt", "jetzt", "not ahead"],
    ["en", "Friday 28.11. 18:30", "Friday 28.11. 18:30", "Saturday"],
    ["en", "Dance friday 13th at 6pm", "friday 13th at 6pm", "Sunday"],
    ["de", "Tanz am Freitag, den 13. um 18 Uhr", "am Freitag, den 13. um 18 Uhr", "Sunday"],
  ] as const)("%s: %s", async (language, line, words, about) => {
    const message = await refused(line, language);
    expect(message).toContain(`“${words}”`);
    expect(message).toContain(about);
  });

  it("is refused in the reader's language, with an example", async () => {
    expect(await refusal("30.02.", "de")).toBe(
      "invalid: „30.02.“ gibt es im Kalender nicht. Bitte schreib das Datum noch einmal, etwa „3. Dezember 18 Uhr“ oder „15.03.2027 18:00“.",
    );
  });

  it("leaves the rest of the line, and the day beside an impossible time of day", async () => {
    const past = await readWhen("Eigenvalues yesterday 6pm", asked).catch((thrown: unknown) => thrown);
    expect(past).toBeInstanceOf(UnusableTime);
    expect(past).toMatchObject({ rest: "Eigenvalues", day: undefined });
    const late = await readWhen("Eigenvalues tomorrow 25:00", asked).catch((thrown: unknown) => thrown);
    expect(late).toMatchObject({ rest: "Eigenvalues", day: "2026-11-26" });
  });

  it.each([
    ["tomorrow 6pm for 0 min", { day: "2026-11-26", clock: "18:00" }],
    ["tomorrow 6pm EST for 20 days", { day: "2026-11-27", clock: "00:00" }],
    ["tomorrow for 0 min", { day: "2026-11-26" }],
    ["tomorrow 25:00 for 0 min", { day: "2026-11-26" }],
    ["yesterday 6pm for 0 min", {}],
  ])("leaves of “%s” what is sound", async (words, sound) => {
    const thrown = await readWhen(`Eigenvalues ${words}`, asked).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(UnusableTime);
    expect(thrown).toMatchObject({ rest: "Eigenvalues", day: undefined, clock: undefined, ...sound });
  });

  it("does not matter where the line has a better one", async () => {
    const { rest, when } = await readWhen("Why 30.02. is no day, tomorrow 6pm", asked);
    expect(when?.start).toBe(at("2026-11-26T18:00"));
    expect(rest).toBe("Why 30.02. is no day");
  });
});

describe("the changing clocks", () => {
  // Zone, line, now, what is understood, its UTC, what happened.
  it.each([
    ["Europe/Berlin", "29.3.2026 02:30", "2026-03-01T12:00", "2026-03-29T03:30", "2026-03-29T01:30Z", "gap"],
    ["Europe/Berlin", "25.10.2026 02:30", "2026-10-01T12:00", "2026-10-25T02:30", "2026-10-25T00:30Z", "fold"],
    ["America/New_York", "2026-03-08 02:15", "2026-03-01T12:00", "2026-03-08T03:15", "2026-03-08T07:15Z", "gap"],
    ["America/New_York", "2026-11-01 01:30", "2026-10-01T12:00", "2026-11-01T01:30", "2026-11-01T05:30Z", "fold"],
    ["Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-01T12:00", "2026-10-04T02:45", "2026-10-03T15:45Z", "gap"],
    ["Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-01T12:00", "2026-04-05T01:45", "2026-04-04T14:45Z", "fold"],
    ["Africa/Casablanca", "2026-03-22 02:30", "2026-03-01T12:00", "2026-03-22T03:30", "2026-03-22T02:30Z", "gap"],
    ["Africa/Casablanca", "2026-02-15 02:30", "2026-02-01T12:00", "2026-02-15T02:30", "2026-02-15T01:30Z", "fold"],
    ["Asia/Kolkata", "2026-03-29 02:30", "2026-03-01T12:00", "2026-03-29T02:30", "2026-03-28T21:00Z", undefined],
    ["Asia/Kolkata", "2026-10-25 02:30", "2026-10-01T12:00", "2026-10-25T02:30", "2026-10-24T21:00Z", undefined],
  ] as const)("%s: %s", async (where, line, from, understood, utc, shift) => {
    const { when } = await readWhen(line, { now: at(from, where), zone: where, language: "en" });
    expect(when?.understood).toBe(understood);
    expect(when?.start).toBe(Temporal.Instant.from(utc).epochMilliseconds);
    expect(when?.shift).toBe(shift);
    expect(remarksOn(when!)).toHaveLength(shift ? 1 : 0);
  });

  it.each([
    ["31.10.2027 2:30 CET for 90 min", "2027-10-31T01:30Z", "2027-10-31T03:00Z"],
    ["31.10.2027 2:30 MESZ", "2027-10-31T00:30Z", undefined],
    ["2027-11-07 1:30 EST", "2027-11-07T06:30Z", undefined],
    ["2027-11-07 1:30 EDT", "2027-11-07T05:30Z", undefined],
    ["1.7.2027 18:00 CET", "2027-07-01T16:00Z", undefined],
  ])("leave no doubt where summer or winter time is said: %s", async (line, utc, end) => {
    const { when } = await readWhen(line, asked);
    expect(when?.start).toBe(Date.parse(utc));
    expect(when?.end).toBe(end && Date.parse(end));
    expect(remarksOn(when!)).toEqual([]);
  });

  it("are told in a sentence", async () => {
    const { when } = await readWhen("29.3.2027 02:30", { ...asked, now: at("2026-12-01T12:00") });
    expect(when?.shift).toBeUndefined();
    const shifted = await readWhen("28.3.2027 02:30", { ...asked, now: at("2026-12-01T12:00") });
    const say = remarksOn(shifted.when!)[0]!;
    expect(worded(say)).toBe(
      "That time does not exist in Europe/Berlin on 28 March, because the clocks go forward: I took 03:30.",
    );
    expect(worded(say, "de")).toBe(
      "Diese Zeit gibt es am 28. März in Europe/Berlin nicht, weil die Uhren vorgestellt werden: Ich habe 03:30 genommen.",
    );
  });

  it("do not stretch exact lengths, but keep the time of day over days", async () => {
    const saturday = { ...asked, now: at("2026-10-24T12:00") };
    const hours = await readWhen("in 20 hours", saturday);
    expect(hours.when!.start - saturday.now).toBe(20 * 3_600_000);
    const days = await readWhen("today 6pm for 1 day", saturday);
    expect(days.when!.end! - days.when!.start).toBe(25 * 3_600_000);
    const night = await readWhen("25.10. 01:00 for 3 hours", saturday);
    expect(night.when!.end! - night.when!.start).toBe(3 * 3_600_000);
  });
});

describe("hostile lines", () => {
  const isSubsequence = (part: string, whole: string) => {
    let at = 0;
    for (let index = 0; index < whole.length && at < part.length; index++) if (whole[index] === part[at]) at++;
    return at === part.length;
  };
  const readOrRefuse = (line: string, language: "en" | "de") =>
    readWhen(line, { now, zone, language }).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== "invalid") throw error;
      return undefined;
    });
  const word = fc.constantFrom(
    ..."tomorrow morgen 6pm 18:30 18:75 at um for für in next friday Freitag 27.11. 31.2. 2026-12-01 90 min 1h30 - to bis , ( ) half past halb 7 noon may 5 december yesterday now 999999999 months weeks from tonight Abend 👩‍👩‍👧 \u202e \u200b".split(
      " ",
    ),
  );
  const lines = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.array(word, { maxLength: 20 }).map((words) => words.join(" ")),
    fc.array(word, { maxLength: 20 }).map((words) => words.join("")),
  );

  it("never crash, and leave only the person's own characters in their order", async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom("en", "de"), async (line, language) => {
        const read = await readOrRefuse(line, language as "en" | "de");
        if (!read) return;
        expect(isSubsequence(read.rest, line)).toBe(true);
        if (!read.when) expect(read.rest).toBe(line.trim());
        if (read.when?.end !== undefined) expect(read.when.end).toBeGreaterThan(read.when.start);
        if (read.when && !read.when.allDay) expect(read.when.start).toBeGreaterThanOrEqual(now);
      }),
      { seed: 20261125, numRuns: 1500 },
    );
  });

  it("of 10 000 characters are refused with a sentence", async () => {
    expect(await refused("tomorrow 6pm ".repeat(800))).toContain("at most 1000");
  });

  it("made to trip patterns take no time to speak of", async () => {
    const pieces = [
      "a",
      " ",
      "1.",
      "1-",
      "at ",
      "in a ",
      "1h ",
      "for 1 h ",
      "6 to ",
      "next mon ",
      "12:",
      "( ",
      "a.a.",
      "0",
    ];
    for (const piece of pieces) await readOrRefuse(piece.repeat(1000).slice(0, 1000), "en");
    const took = [];
    for (const piece of pieces) {
      const line = piece.repeat(1000).slice(0, 1000);
      const begun = performance.now();
      await readOrRefuse(line, "en");
      took.push(performance.now() - begun);
    }
    expect(Math.max(...took)).toBeLessThan(250);
  });
});
