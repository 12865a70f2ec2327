// What is said about how a notification came, and about the ways it can come by.
import { defineTexts, type Inline, md, type Text, time } from "../text.ts";
import type { Held } from "./channel.ts";

interface Tried {
  readonly way: string;
  readonly status: "queued" | "sending" | "sent" | "failed" | "suppressed";
  readonly reason?: string;
  /** "telegram: blocked" */
  readonly instead?: string;
  readonly sentAt?: number;
  readonly resent: number;
}

const reasons = {
  en: {
    blocked: "direct messages are refused there",
    unreachable: "it can't be reached",
    gone: "it is no more",
    rate_limited: "it took no more messages",
    unavailable: "it did not answer",
    unknown: "nobody knows whether it came",
    invalid: "it did not take the message",
    token: "it does not let me in",
    error: "something went wrong",
    gave_up: "I tried too often",
    closed: "no app takes direct messages",
    no_channel: "no way was open, so it is in your inbox",
    no_member: "there was nobody to tell",
    no_kind: "there was nothing to say any more",
    untrue: "it was no longer true",
    late: "it was too late for it",
    off: "you have turned this group off",
    muted: "you have blocked its author",
    digest: "it came with others in one message",
  },
  de: {
    blocked: "dort werden Direktnachrichten abgelehnt",
    unreachable: "es ist nicht zu erreichen",
    gone: "es gibt es nicht mehr",
    rate_limited: "es nahm keine Nachrichten mehr an",
    unavailable: "es hat nicht geantwortet",
    unknown: "niemand weiß, ob es ankam",
    invalid: "es hat die Nachricht nicht angenommen",
    token: "es lässt mich nicht hinein",
    error: "etwas ging schief",
    gave_up: "ich habe es zu oft versucht",
    closed: "keine App nimmt Direktnachrichten an",
    no_channel: "kein Weg war offen, darum steht es in deinem Posteingang",
    no_member: "es war niemand da, dem es zu sagen war",
    no_kind: "es gab nichts mehr zu sagen",
    untrue: "es stimmte nicht mehr",
    late: "es war zu spät dafür",
    off: "du hast diese Gruppe ausgeschaltet",
    muted: "du hast den Urheber blockiert",
    digest: "es kam mit anderem in einer Nachricht",
  },
} as const;

/** Why a way did not bring something: each has its words. */
export type Reason = keyof typeof reasons.en & keyof typeof reasons.de;

const heldWords = {
  en: {
    off: "you have turned this group off",
    blocked: "you have blocked its author",
    quiet: "you have quiet hours",
    digest: "you wanted a digest",
    bundle: "there was much of its kind",
    budget: "your messages of that day were used up",
    late: "it came too late to tell",
    untrue: "it was no longer true",
  },
  de: {
    off: "du hast diese Gruppe ausgeschaltet",
    blocked: "du hast ihren Urheber blockiert",
    quiet: "du hast Ruhezeiten",
    digest: "du wolltest eine Zusammenfassung",
    bundle: "es gab viel von dieser Art",
    budget: "deine Nachrichten an dem Tag waren aufgebraucht",
    late: "es kam zu spät, um es zu sagen",
    untrue: "es stimmte nicht mehr",
  },
} as const satisfies Record<string, Record<Held, string>>;

/** Of what came as one: it was not too late to tell. */
const gatheredWords = {
  en: { ...heldWords.en, late: "I could not bring it in time" },
  de: { ...heldWords.de, late: "ich konnte es nicht rechtzeitig bringen" },
} as const;

interface AsOne {
  readonly count: number;
  readonly why: Held;
}

const states = {
  en: { queued: "waits", sending: "is being sent", failed: "not sent", suppressed: "not sent" },
  de: { queued: "wartet", sending: "wird geschickt", failed: "nicht geschickt", suppressed: "nicht geschickt" },
} as const;

function tried(language: "en" | "de", { way, status, reason, instead, sentAt, resent }: Tried): Text {
  const of = (code: string) => (reasons[language] as Record<string, string>)[code] ?? code;
  const [missed = "", why = ""] = instead?.split(": ") ?? [];
  const words = language === "en" ? { sent: "sent", not: "not by" } : { sent: "geschickt", not: "nicht über" };
  const other = missed ? ` (${words.not} ${nameOfWay(missed.split(".")[0]!)}: ${of(why)})` : "";
  if (status === "sent") return md`${way}: ${words.sent} ${time(sentAt ?? 0)}${other}${resent ? " ×2" : ""}`;
  return md`${way}: ${states[language][status]}${reason ? `, ${of(reason)}` : ""}${other}`;
}

function left(language: "en" | "de", kept: string): Text {
  const [way, code] = kept.includes(": ") ? kept.split(": ") : [undefined, kept];
  const why = (reasons[language] as Record<string, string>)[code === "no_channel" ? "closed" : code!] ?? code!;
  const words = { en: "only here", de: "nur hier" }[language];
  return md`*${words}: ${way ? `${nameOfWay(way.split(".")[0]!)}, ${why}` : why}*`;
}

/** How an app, or another way, is called. */
export const nameOfWay = (way: string): string => way.charAt(0).toUpperCase() + way.slice(1);

export const deliveryTexts = defineTexts({
  en: {
    instead: ({ way, refused }: { way: string; refused: boolean }) =>
      refused
        ? md`*It comes here because ${way} did not take it.*`
        : md`*It comes here because ${way} can't be reached.*`,
    calls: (name: Text | Inline) => md`${name}: there is news for you about this pod. Open your inbox: \`/inbox\``,
    left: (kept: string) => left("en", kept),
    mailEnded: "No more mail",
    mailEndedBody: md`Your mailbox refuses my mail, so I have forgotten the address. Give me another by \`/mail set\`.`,
    pushEnded: "Push messages have ended",
    pushEndedBody: md`One of your browsers takes no push messages any more. Send \`/push\` to turn them on again.`,
    why: "Why?",
    whySummary: "Why you were told the last thing",
    whyNone: "There is nothing to explain: I have told you nothing like that.",
    whyTitle: "Why did I get this?",
    whyKind: ({ title, group }: { title: string; group: string }) => md`“${title}” belongs to **${group}**.`,
    whySettings: (ways: string) => md`You have this group on by: ${ways}.`,
    whyAsOne: ({ count, why }: AsOne) =>
      count === 1
        ? md`It has waited: ${gatheredWords.en[why]}.`
        : md`It is ${count} things in one message: ${gatheredWords.en[why]}.`,
    whyGroups: (groups: string) => md`It holds what belongs to: **${groups}**.`,
    whyWays: (ways: string) => md`It comes by: ${ways}.`,
    whyWithOthers: (why: Held) => md`It came with others in one message: ${gatheredWords.en[why]}.`,
    whyOff: "You have this group off, so it is in your inbox alone.",
    whyTried: (one: Tried) => tried("en", one),
    whyHeld: (held: Held) => md`It waited, or was left to the inbox: ${heldWords.en[held]}.`,
    whyWhen: (instant: number) => md`It is from ${time(instant)}.`,
    whyStop: md`Turn the group off, or move it, in \`/notifications\`. Whoever you don't want to hear from: \`/block\`.`,
    whyAlways: "This group is always on: you asked for it, or it is about your account.",
  },
  de: {
    instead: ({ way, refused }) =>
      refused
        ? md`*Es kommt hier, weil ${way} es nicht angenommen hat.*`
        : md`*Es kommt hier, weil ${way} nicht zu erreichen ist.*`,
    calls: (name) => md`${name}: Es gibt Neues für dich zu diesem Pod. Öffne deinen Posteingang: \`/inbox\``,
    left: (kept) => left("de", kept),
    mailEnded: "Keine Mails mehr",
    mailEndedBody: md`Dein Postfach nimmt meine Mails nicht an, darum habe ich die Adresse vergessen. Mit \`/mail set\` bekomme ich eine andere.`,
    pushEnded: "Push-Nachrichten sind zu Ende",
    pushEndedBody: md`Einer deiner Browser nimmt keine Push-Nachrichten mehr an. Mit \`/push\` geht es wieder.`,
    why: "Warum?",
    whySummary: "Warum du das Letzte mitgeteilt bekamst",
    whyNone: "Da gibt es nichts zu erklären: So etwas habe ich dir nicht mitgeteilt.",
    whyTitle: "Warum habe ich das bekommen?",
    whyKind: ({ title, group }) => md`„${title}“ gehört zu **${group}**.`,
    whySettings: (ways) => md`Diese Gruppe kommt bei dir per: ${ways}.`,
    whyAsOne: ({ count, why }) =>
      count === 1
        ? md`Es hat gewartet: ${gatheredWords.de[why]}.`
        : md`Das sind ${count} Mitteilungen in einer Nachricht: ${gatheredWords.de[why]}.`,
    whyGroups: (groups) => md`Darin ist, was hierzu gehört: **${groups}**.`,
    whyWays: (ways) => md`Es kommt per: ${ways}.`,
    whyWithOthers: (why) => md`Es kam mit anderem in einer Nachricht: ${gatheredWords.de[why]}.`,
    whyOff: "Du hast diese Gruppe ausgeschaltet, darum steht es nur im Posteingang.",
    whyTried: (one) => tried("de", one),
    whyHeld: (held) => md`Es hat gewartet, oder blieb im Posteingang: ${heldWords.de[held]}.`,
    whyWhen: (instant) => md`Es ist von ${time(instant)}.`,
    whyStop: md`In \`/notifications\` schaltest du die Gruppe aus oder um. Von wem du nichts hören willst: \`/block\`.`,
    whyAlways: "Diese Gruppe ist immer an: Du hast darum gebeten, oder es geht um dein Konto.",
  },
});
