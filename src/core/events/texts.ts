// What is said about events.
import { defineTexts, md, type Text, time } from "../text.ts";
import type { EventStatus } from "./event.ts";
import type { RsvpStatus } from "./rsvp.ts";

interface Named {
  readonly title: string;
  readonly code: string;
}
interface Answered {
  readonly title: string;
  readonly startTime: number;
  /** In the waitlist, from 1. */
  readonly place: number;
}
const listed = (events: readonly Named[]) => events.map(({ title, code }) => `${title} (${code})`).join(", ");

const lengths = {
  en: (minutes: number) => lengthOf(minutes, ["minute", "minutes"], ["hour", "hours"], ["day", "days"]),
  de: (minutes: number) => lengthOf(minutes, ["Minute", "Minuten"], ["Stunde", "Stunden"], ["Tag", "Tage"]),
  deAfterIn: (minutes: number) => lengthOf(minutes, ["Minute", "Minuten"], ["Stunde", "Stunden"], ["Tag", "Tagen"]),
} as const;

type Plural = readonly [one: string, many: string];
/** Whole days from two on, so that a day before is "24 hours". */
function lengthOf(minutes: number, ...[min, hour, day]: readonly [Plural, Plural, Plural]): string {
  const days = minutes >= 2880 ? Math.floor(minutes / 1440) : 0;
  const hours = Math.floor((minutes - days * 1440) / 60);
  const rest = minutes - days * 1440 - hours * 60;
  const parts = [counted(days, day), counted(hours, hour), counted(rest, min)].filter(Boolean);
  return parts.join(" ") || `0 ${min[1]}`;
}
const counted = (count: number, [one, many]: Plural) => (count ? `${count} ${count === 1 ? one : many}` : "");

export const eventTexts = defineTexts({
  en: {
    area: "Events",
    createSummary: "Plan an event",
    shortcut: "Plan an event from this",
    listSummary: "Events coming up",
    infoSummary: "Show an event",
    rsvpSummary: "Say whether you are coming to an event",
    rsvpTitle: "Are you coming?",
    cancelSummary: "Cancel an event",

    askWhat: "What is it called, and when? For example: Eigenvalues tomorrow 6pm for 90 min",
    askTitle: "What is it called? For example: Eigenvalues",
    askWhen: "When? For example: tomorrow 6pm for 90 min",
    askPod: "In which pod?",
    askCapacity: "How many people can come? Leave it out if there is no limit",
    askPlace: "Where is it?",
    askLink: "What is the link of the call? Such as https://meet.example/abc",
    askDescription: "What is it about?",
    askReminders: "When are people reminded of it? Such as 1d 1h, or off; 24 h, 1 h and 10 min if you leave it out",
    badReminders:
      'I can remind people 1w, 2d, 1d, 12h, 3h, 1h, 30min, 10min and 5min before. For example: reminders:"1d 1h", or reminders:off for none',
    reminders: "Reminders before",
    noReminders: "none",
    askEvent: "Which event? Its code or the beginning of its title",
    askAnswer: "Are you coming? yes, maybe or no",
    askListPod: "Which pod's? All of yours if you leave it out",

    noTime: "I found no time in that.",
    askLength: "How long does it take? For example: 90 min",
    noTitle: "What is the event called?",
    atWhatTime: (day: string) => md`At what time on ${day}? For example: 6pm, or 18:00 for 90 min`,
    longTitle: (most: number) =>
      md`That title is too long: at most ${most} characters, please. Put the rest into description:"…".`,
    past: "That time has passed. Please create the event again with a time still to come.",
    badTimes: md`I can't use those times. Please create the event again with \`/event create\`.`,

    preview: "Create this event?",
    create: "Create",
    discard: "Discard",
    what: "What",
    when: "When",
    length: "Length",
    zone: "Time zone",
    pod: "Pod",
    where: "Where",
    link: "Link",
    seats: "Seats",
    noLimit: "no limit",
    lengthOf: lengths.en,
    zoneHint: "I read this in UTC, since I don't know your time zone. Set it first, then send this once more.",
    dismissed: "All right, nothing was changed.",
    created: (code: string) => md`Created. Its code is ${code}.`,
    postedIn: (places: string) => md`Posted in ${places}.`,
    notPostedIn: (places: string) => md`I may not write in ${places} at the moment, so it is not posted there yet.`,
    postedNowhere: (pod: string) =>
      md`No group or channel has it yet: \`/pod bind ${pod}\` in one brings the pod there, with its new events.`,

    state: (state: EventStatus) =>
      ({ scheduled: "", ongoing: "It is on now.", completed: "It is over.", cancelled: "It was cancelled." })[state],
    going: "Going",
    goingCounted: (count: number) => (count ? `Going (${count})` : "Going"),
    maybe: "Maybe",
    declined: "Can't",
    seatsTaken: ({ taken, of, waiting }: { taken: number; of?: number; waiting: number }) =>
      `${taken}${of === undefined ? "" : ` of ${of}`}${waiting ? `, ${waiting} on the waitlist` : ""}`,
    names: ({ names, more }: { names: readonly string[]; more: number }) =>
      `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    nobody: "nobody yet",
    yourPlace: (place: number) => md`You are on the waitlist at place ${place}.`,
    details: "Details",

    listTitle: "Coming up",
    listEmpty: md`Nothing is planned. For example: \`/event create Eigenvalues tomorrow 6pm for 90 min\``,
    item: ({ title, startTime, seats, code }: { title: string; startTime: number; seats: string; code: string }) =>
      md`**${title}** · ${time(startTime)} · Going: ${seats} · ${code}`,
    more: "More",
    pick: "Show one",

    noSuchEvent: md`I can't find such an event among those you may see. \`/event list\` shows what is coming up.`,
    severalEvents: (events: readonly Named[]) =>
      md`Several events go by that name: ${listed(events)}. Use the code instead, please.`,

    answered: ({ status, title, startTime, place }: Answered & { status: RsvpStatus }) =>
      ({
        going: md`You are going to ${title}. See you on ${time(startTime)}!`,
        maybe: md`Maybe then: ${title}, ${time(startTime)}. Press Going when you know.`,
        declined: md`You are not coming to ${title}. Thanks for letting me know.`,
        waitlisted: md`${title} is full. You are on the waitlist at place ${place}, and I will tell you when you get a seat.`,
      })[status],
    answeredAlready: ({ status, title, startTime, place }: Answered & { status: RsvpStatus }) =>
      ({
        going: md`You are going to ${title} already. See you on ${time(startTime)}!`,
        maybe: md`You said maybe already: ${title}, ${time(startTime)}.`,
        declined: md`You said already that you can't come to ${title}.`,
        waitlisted: md`You are on the waitlist of ${title} already, at place ${place}. I will tell you when you get a seat.`,
      })[status],
    joinedToo: ({ pod, answered }: { pod: string; answered: Text }) => md`You are in ${pod} now. ${answered}`,
    membersOnly: "This is for members of the pod. Ask its owner for an invitation.",
    closed: ({ title, state }: { title: string; state: EventStatus }) =>
      state === "cancelled"
        ? md`${title} was cancelled. \`/event list\` shows what else is coming up.`
        : state === "completed"
          ? md`${title} is over. \`/event list\` shows what is coming up.`
          : md`${title} has begun, so answers are closed. Just go there: \`/event info\` shows where.`,

    sure: ({ title, startTime, told }: { title: string; startTime: number; told: number }) =>
      told > 0
        ? md`Cancel ${title}, ${time(startTime)}? I will tell the ${told === 1 ? "one person" : `${told} people`} who answered.`
        : md`Cancel ${title}, ${time(startTime)}?`,
    cancelIt: "Cancel the event",
    keepIt: "Keep it",
    cancelled: (title: string) => md`${title} is cancelled. I will tell those who wanted to come.`,
    cancelledAlready: (title: string) => md`${title} was cancelled already.`,
    overAlready: (title: string) => md`${title} is over, so there is nothing left to cancel.`,
    notYours: (organizer: string) =>
      md`Only ${organizer}, who organises it, and the moderators of its pod can cancel that event.`,

    comesUp: ({ title, minutes }: { title: string; minutes: number }) => md`${title} starts in ${lengths.en(minutes)}`,
    hasBegun: (title: string) => md`${title} has begun`,
    beganAt: (startTime: number) => md`It began on ${time(startTime)}.`,
    late: "This reminder is late, because I was not running. Sorry.",
    wasCancelled: (title: string) => md`${title} was cancelled`,
    wasPlanned: (startTime: number) => md`It was planned for ${time(startTime)}.`,
    hasSeat: (title: string) => md`You have a seat now: ${title}`,
    cannotComeNow: "Can you no longer come? Then press Can't, and the next in line gets the seat.",
  },
  de: {
    area: "Termine",
    createSummary: "Einen Termin planen",
    shortcut: "Termin daraus machen",
    listSummary: "Kommende Termine",
    infoSummary: "Einen Termin zeigen",
    rsvpSummary: "Sagen, ob du zu einem Termin kommst",
    rsvpTitle: "Kommst du?",
    cancelSummary: "Einen Termin absagen",

    askWhat: "Wie heißt er, und wann ist er? Zum Beispiel: Eigenwerte morgen 18 Uhr für 90 min",
    askTitle: "Wie heißt er? Zum Beispiel: Eigenwerte",
    askWhen: "Wann? Zum Beispiel: morgen 18 Uhr für 90 min",
    askPod: "In welchem Pod?",
    askCapacity: "Wie viele können kommen? Ohne Angabe gibt es keine Grenze",
    askPlace: "Wo ist er?",
    askLink: "Welcher Link führt zum Gespräch? Etwa https://meet.example/abc",
    askDescription: "Worum geht es?",
    askReminders: "Wann davor soll erinnert werden? Etwa 1d 1h, oder aus; ohne Angabe 24 h, 1 h und 10 min",
    badReminders:
      'Erinnern kann ich 1w, 2d, 1d, 12h, 3h, 1h, 30min, 10min und 5min vorher. Zum Beispiel: erinnerungen:"1d 1h", oder erinnerungen:aus für keine',
    reminders: "Erinnerungen davor",
    noReminders: "keine",
    askEvent: "Welcher Termin? Sein Code oder der Anfang seines Titels",
    askAnswer: "Kommst du? ja, vielleicht oder nein",
    askListPod: "Von welchem Pod? Ohne Angabe von allen deinen",

    noTime: "Darin habe ich keine Zeit gefunden.",
    askLength: "Wie lange dauert es? Zum Beispiel: 90 min",
    noTitle: "Wie heißt der Termin?",
    atWhatTime: (day) => md`Um wie viel Uhr am ${day}? Zum Beispiel: 18 Uhr, oder 18:00 für 90 min`,
    longTitle: (most) =>
      md`Der Titel ist zu lang: bitte höchstens ${most} Zeichen. Der Rest passt in beschreibung:"…".`,
    past: "Diese Zeit ist vorbei. Bitte leg den Termin noch einmal an, mit einer Zeit, die noch kommt.",
    badTimes: md`Mit diesen Zeiten kann ich nichts anfangen. Bitte leg den Termin mit \`/event create\` noch einmal an.`,

    preview: "Diesen Termin anlegen?",
    create: "Anlegen",
    discard: "Verwerfen",
    what: "Was",
    when: "Wann",
    length: "Dauer",
    zone: "Zeitzone",
    pod: "Pod",
    where: "Wo",
    link: "Link",
    seats: "Plätze",
    noLimit: "keine Grenze",
    lengthOf: lengths.de,
    zoneHint:
      "Ich habe das in UTC gelesen, denn deine Zeitzone kenne ich nicht. Stell sie erst ein, dann schick das noch einmal.",
    dismissed: "In Ordnung, es wurde nichts geändert.",
    created: (code) => md`Angelegt. Der Code ist ${code}.`,
    postedIn: (places) => md`Der Termin steht in ${places}.`,
    notPostedIn: (places) => md`In ${places} darf ich gerade nicht schreiben, darum steht er dort noch nicht.`,
    postedNowhere: (pod) =>
      md`Noch steht er in keiner Gruppe und keinem Kanal: \`/pod bind ${pod}\` holt den Pod dorthin, mit seinen neuen Terminen.`,

    state: (state) =>
      ({ scheduled: "", ongoing: "Er läuft gerade.", completed: "Er ist vorbei.", cancelled: "Er wurde abgesagt." })[
        state
      ],
    going: "Komme",
    goingCounted: (count) => (count ? `Dabei (${count})` : "Dabei"),
    maybe: "Vielleicht",
    declined: "Kann nicht",
    seatsTaken: ({ taken, of, waiting }) =>
      `${taken}${of === undefined ? "" : ` von ${of}`}${waiting ? `, ${waiting} auf der Warteliste` : ""}`,
    names: ({ names, more }) => `${names.join(", ")}${more > 0 ? ` und ${more} weitere` : ""}`,
    nobody: "noch niemand",
    yourPlace: (place) => md`Du stehst auf der Warteliste an Stelle ${place}.`,
    details: "Einzelheiten",

    listTitle: "Was ansteht",
    listEmpty: md`Es ist nichts geplant. Zum Beispiel: \`/event create Eigenwerte morgen 18 Uhr für 90 min\``,
    item: ({ title, startTime, seats, code }) => md`**${title}** · ${time(startTime)} · Dabei: ${seats} · ${code}`,
    more: "Mehr",
    pick: "Einen zeigen",

    noSuchEvent: md`So einen Termin finde ich unter denen, die du sehen darfst, nicht. \`/event list\` zeigt, was ansteht.`,
    severalEvents: (events) => md`So heißen mehrere Termine: ${listed(events)}. Nimm bitte den Code.`,

    answered: ({ status, title, startTime, place }) =>
      ({
        going: md`Du kommst zu ${title}. Bis dann: ${time(startTime)}!`,
        maybe: md`Vielleicht also: ${title}, ${time(startTime)}. Drück „Komme“, wenn du es weißt.`,
        declined: md`Du kommst nicht zu ${title}. Danke, dass du es sagst.`,
        waitlisted: md`${title} ist voll. Du bist auf der Warteliste an Stelle ${place}; ich sage dir, wenn du einen Platz hast.`,
      })[status],
    answeredAlready: ({ status, title, startTime, place }) =>
      ({
        going: md`Du kommst schon zu ${title}. Bis dann: ${time(startTime)}!`,
        maybe: md`Du hast schon vielleicht gesagt: ${title}, ${time(startTime)}.`,
        declined: md`Du hast schon gesagt, dass du nicht zu ${title} kommen kannst.`,
        waitlisted: md`Du bist schon auf der Warteliste von ${title}, an Stelle ${place}. Ich sage dir, wenn du einen Platz hast.`,
      })[status],
    joinedToo: ({ pod, answered }) => md`Du bist jetzt in ${pod}. ${answered}`,
    membersOnly: "Das ist für die Mitglieder des Pods. Bitte die Leitung um eine Einladung.",
    closed: ({ title, state }) =>
      state === "cancelled"
        ? md`${title} wurde abgesagt. \`/event list\` zeigt, was sonst ansteht.`
        : state === "completed"
          ? md`${title} ist vorbei. \`/event list\` zeigt, was ansteht.`
          : md`${title} hat begonnen, darum nehme ich keine Antworten mehr an. Geh einfach hin: \`/event info\` zeigt, wo.`,

    sure: ({ title, startTime, told }) =>
      told > 0
        ? md`${title}, ${time(startTime)}, absagen? Ich sage es ${told === 1 ? "der einen Person, die geantwortet hat" : `den ${told} Leuten, die geantwortet haben`}.`
        : md`${title}, ${time(startTime)}, absagen?`,
    cancelIt: "Termin absagen",
    keepIt: "Behalten",
    cancelled: (title) => md`${title} ist abgesagt. Ich sage es denen, die kommen wollten.`,
    cancelledAlready: (title) => md`${title} wurde schon abgesagt.`,
    overAlready: (title) => md`${title} ist vorbei, da gibt es nichts mehr abzusagen.`,
    notYours: (organizer) =>
      md`Nur ${organizer} als Veranstalter und die Moderation des Pods können diesen Termin absagen.`,

    comesUp: ({ title, minutes }) => md`${title} beginnt in ${lengths.deAfterIn(minutes)}`,
    hasBegun: (title) => md`${title} hat begonnen`,
    beganAt: (startTime) => md`Beginn war ${time(startTime)}.`,
    late: "Diese Erinnerung kommt zu spät, weil ich nicht in Betrieb war. Entschuldige.",
    wasCancelled: (title) => md`${title} wurde abgesagt`,
    wasPlanned: (startTime) => md`Geplant war ${time(startTime)}.`,
    hasSeat: (title) => md`Du hast jetzt einen Platz: ${title}`,
    cannotComeNow: "Kannst du doch nicht? Dann drück „Kann nicht“, und der oder die Nächste bekommt den Platz.",
  },
});
