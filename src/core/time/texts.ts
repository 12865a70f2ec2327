// What is said about time: what is wrong with it, and what was assumed.
import { defineTexts, md, time } from "../text.ts";

export const timeTexts = defineTexts({
  en: {
    past: ({ words, at }: { words: string; at: number }) =>
      md`“${words}” is in the past (${time(at)}). Please give a time still to come, such as “tomorrow 6pm”.`,
    pastDay: ({ words }: { words: string }) =>
      md`“${words}” is in the past. Please give a day still to come, such as “tomorrow 6pm”.`,
    tooFar: ({ words }: { words: string }) =>
      md`“${words}” is more than five years away. Please give an earlier time, such as “tomorrow 6pm”.`,
    noDate: (words: string) =>
      md`There is no “${words}” in the calendar. Please write the date again, such as “3 December 6pm” or “2027-03-15 18:00”.`,
    noClock: (words: string) =>
      md`There is no “${words}” on the clock. Please write the time again, such as “6pm” or “18:30”.`,
    otherWeekday: ({ words, weekday }: { words: string; weekday: number }) =>
      md`The day and the date in “${words}” do not match: that date is a ${weekdays.en[weekday]!}. Please give one of the two.`,
    noLength: (words: string) => md`“${words}” is not a length of time. Please give one such as “for 90 min”.`,
    tooLong: (words: string) =>
      md`“${words}” is too long: 14 days at most. Please give a length such as “for 2 hours”.`,
    endsFirst: (words: string) =>
      md`In “${words}” the end is not after the start. Please write it again, such as “tomorrow 6-8pm”.`,
    longLine: (most: number) => md`That is too long to read a time from: at most ${most} characters, please.`,
    gap: ({ zone, day, took }: { zone: string; day: string; took: string }) =>
      md`That time does not exist in ${zone} on ${day}, because the clocks go forward: I took ${took}.`,
    fold: ({ zone, day, took }: { zone: string; day: string; took: string }) =>
      md`${took} comes twice in ${zone} on ${day}, because the clocks go back: I took the first.`,
    afternoon: ({ took }: { took: string }) => md`I took ${took}.`,
    once: ({ at, zone }: { at: number; zone: string }) =>
      md`I can't repeat things yet: this is once, on ${time(at, "date", zone)}.`,
    notAhead: (words: string) => md`“${words}” is not ahead of us. Please write for example “in 5 minutes”.`,
    nextDay: ({ took }: { took: string }) => md`That time is over for today: I took ${took} tomorrow.`,
    noZone: (words: string) =>
      md`I don't know the time zone “${words}”. Please give a city or a zone, such as “Berlin” or “America/New_York”.`,
  },
  de: {
    past: ({ words, at }) =>
      md`„${words}“ liegt in der Vergangenheit (${time(at)}). Bitte gib eine Zeit an, die noch kommt, etwa „morgen 18 Uhr“.`,
    pastDay: ({ words }) =>
      md`„${words}“ liegt in der Vergangenheit. Bitte gib einen Tag an, der noch kommt, etwa „morgen 18 Uhr“.`,
    tooFar: ({ words }) =>
      md`„${words}“ ist mehr als fünf Jahre entfernt. Bitte gib eine frühere Zeit an, etwa „morgen 18 Uhr“.`,
    noDate: (words) =>
      md`„${words}“ gibt es im Kalender nicht. Bitte schreib das Datum noch einmal, etwa „3. Dezember 18 Uhr“ oder „15.03.2027 18:00“.`,
    noClock: (words) =>
      md`„${words}“ gibt es auf der Uhr nicht. Bitte schreib die Uhrzeit noch einmal, etwa „18 Uhr“ oder „18:30“.`,
    otherWeekday: ({ words, weekday }) =>
      md`Wochentag und Datum in „${words}“ passen nicht zusammen: Das Datum ist ein ${weekdays.de[weekday]!}. Bitte gib eines von beiden an.`,
    noLength: (words) => md`„${words}“ ist keine Dauer. Bitte gib eine an, etwa „für 90 min“.`,
    tooLong: (words) => md`„${words}“ ist zu lang: höchstens 14 Tage. Bitte gib eine Dauer an, etwa „für 2 Stunden“.`,
    endsFirst: (words) =>
      md`In „${words}“ liegt das Ende nicht nach dem Anfang. Bitte schreib es noch einmal, etwa „morgen 18-20 Uhr“.`,
    longLine: (most) => md`Das ist zu lang, um eine Zeit herauszulesen: bitte höchstens ${most} Zeichen.`,
    gap: ({ zone, day, took }) =>
      md`Diese Zeit gibt es am ${day} in ${zone} nicht, weil die Uhren vorgestellt werden: Ich habe ${took} genommen.`,
    fold: ({ zone, day, took }) =>
      md`${took} gibt es am ${day} in ${zone} zweimal, weil die Uhren zurückgestellt werden: Ich habe das erste Mal genommen.`,
    afternoon: ({ took }) => md`Ich habe ${took} genommen.`,
    once: ({ at, zone }) => md`Wiederholen kann ich noch nicht: Das ist einmal, am ${time(at, "date", zone)}.`,
    notAhead: (words) => md`„${words}“ liegt nicht vor uns. Bitte schreib zum Beispiel „in 5 Minuten“.`,
    nextDay: ({ took }) => md`Diese Zeit ist heute vorbei: Ich habe morgen ${took} genommen.`,
    noZone: (words) =>
      md`Die Zeitzone „${words}“ kenne ich nicht. Bitte gib eine Stadt oder eine Zone an, etwa „Berlin“ oder „Europe/Vienna“.`,
  },
});

/** By ISO weekday, Monday is 1. */
const weekdays = {
  en: ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
  de: ["", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
} as const;
