// What is said about bridges.
import { defineTexts, md } from "../text.ts";

interface Left {
  readonly name: string;
  readonly bytes: number;
  /** The app it was sent in. */
  readonly from: string;
}
interface Linked {
  readonly name: string;
  readonly bytes: number;
  readonly url: string;
}
interface Where {
  readonly pod: string;
  readonly where: string;
}

const megabyte = 1024 * 1024;
/** In the unit that leaves a whole number of at most three digits. */
const sizeOf = (bytes: number): string =>
  bytes >= megabyte
    ? `${Math.round(bytes / megabyte)} MB`
    : bytes >= 1024
      ? `${Math.round(bytes / 1024)} kB`
      : `${bytes} B`;

export const bridgeTexts = defineTexts({
  en: {
    area: "Bridge",
    summary: "Carry what is written in one of a pod's channels to the others",
    formTitle: "The bridge of a pod",
    askState: "On or off? Leave it out to see which channels take part",
    askPod: "Which pod? The one of this place if you leave it out",

    title: (pod: string) => md`The bridge of ${pod}`,
    isOff: "It is off. When its owner turns it on, what is written in one of the pod's channels appears in the others.",
    isOn: "It is on. What is written in a channel that takes part appears in the others that do, under its author's name.",
    private: "This pod is private, but everybody in these channels reads what is carried, pod member or not.",
    noChannels: md`The pod has no channels yet: \`/pod bind\` brings it to one.`,
    turnOn: "Turn on",
    turnOff: "Turn off",
    takesPart: "takes part",
    waits: "waits for somebody who administers it",
    declines: "does not take part",
    closed: "waits: I may not write there",
    here: (where: string) => md`${where} (here)`,

    ask: (pod: string) => md`Connect this channel with the others of **${pod}**?`,
    askWhat:
      "What is written here would appear there, and the other way round: messages, replies, edits, files and reactions, under their authors' names.",
    askWho: "Somebody who administers this channel decides. Until then nothing is carried.",
    yes: "Take part",
    no: "Don't take part",
    leave: "Leave the bridge",
    joined: (pod: string) => md`This channel takes part in the bridge of **${pod}** now.`,
    declined: (pod: string) =>
      md`This channel does not take part in the bridge of **${pod}**. \`/pod bridge\` changes that.`,

    noBridge: md`That bridge is over. \`/pod bridge\` shows how it is now.`,
    wrongPlace: "That can only be decided in the channel itself.",
    notYours: "Only somebody who administers this channel can decide that.",
    full: (most: number) => md`A bridge connects at most ${most} channels. One of the others has to leave it first.`,

    fileLeft: ({ name, bytes, from }: Left) =>
      `📎 ${name} (${sizeOf(bytes)}) is on ${from} only: it could not be sent here.`,
    fileLinked: ({ name, bytes, url }: Linked) => `📎 ${name} (${sizeOf(bytes)}) can be downloaded for a week: ${url}`,
    skipped: (count: number) =>
      md`*${count === 1 ? "1 message from the pod's other channels was" : `${count} messages from the pod's other channels were`} left out here: I could not bring ${count === 1 ? "it" : "them"}.*`,
    closedTitle: (pod: string) => md`The bridge of ${pod} waits`,
    closedThere: ({ pod, where }: Where) =>
      md`I may not write in ${where} at the moment, so it waits: what is written in the other channels of ${pod} is brought there when I may again, up to an hour later. Somebody who administers it can allow me to.`,
    lostTitle: (pod: string) => md`The bridge of ${pod} lost a channel`,
    lost: ({ pod, where }: Where) =>
      md`${where} is gone, or I was thrown out of it. It is no longer part of the bridge of ${pod}; after \`/pod bind\` there it can take part again.`,
  },
  de: {
    area: "Brücke",
    summary: "Was in einem Kanal eines Pods geschrieben wird, in die anderen bringen",
    formTitle: "Die Brücke eines Pods",
    askState: "On oder off? Ohne Angabe siehst du, welche Kanäle teilnehmen",
    askPod: "Welcher Pod? Ohne Angabe der von diesem Ort",

    title: (pod) => md`Die Brücke von ${pod}`,
    isOff:
      "Sie ist aus. Schaltet die Eigentümerin oder der Eigentümer sie ein, erscheint in den anderen Kanälen des Pods, was in einem geschrieben wird.",
    isOn: "Sie ist an. Was in einem teilnehmenden Kanal geschrieben wird, erscheint in den anderen, unter dem Namen der Person.",
    private: "Dieser Pod ist privat, aber alle in diesen Kanälen lesen, was übertragen wird, ob im Pod oder nicht.",
    noChannels: md`Der Pod hat noch keine Kanäle: \`/pod bind\` bringt ihn in einen.`,
    turnOn: "Einschalten",
    turnOff: "Ausschalten",
    takesPart: "nimmt teil",
    waits: "wartet auf jemanden, der ihn verwaltet",
    declines: "nimmt nicht teil",
    closed: "wartet: Ich darf dort nicht schreiben",
    here: (where) => md`${where} (hier)`,

    ask: (pod) => md`Diesen Kanal mit den anderen von **${pod}** verbinden?`,
    askWhat:
      "Was hier geschrieben wird, erschiene dort, und umgekehrt: Nachrichten, Antworten, Änderungen, Dateien und Reaktionen, unter den Namen der Leute.",
    askWho: "Das entscheidet jemand, der diesen Kanal verwaltet. Bis dahin wird nichts übertragen.",
    yes: "Teilnehmen",
    no: "Nicht teilnehmen",
    leave: "Brücke verlassen",
    joined: (pod) => md`Dieser Kanal nimmt jetzt an der Brücke von **${pod}** teil.`,
    declined: (pod) =>
      md`Dieser Kanal nimmt nicht an der Brücke von **${pod}** teil. Mit \`/pod bridge\` lässt sich das ändern.`,

    noBridge: md`Diese Brücke gibt es nicht mehr. \`/pod bridge\` zeigt, wie es jetzt ist.`,
    wrongPlace: "Das lässt sich nur im Kanal selbst entscheiden.",
    notYours: "Das kann nur entscheiden, wer diesen Kanal verwaltet.",
    full: (most) => md`Eine Brücke verbindet höchstens ${most} Kanäle. Erst muss ein anderer sie verlassen.`,

    fileLeft: ({ name, bytes, from }) =>
      `📎 ${name} (${sizeOf(bytes)}) gibt es nur auf ${from}: Die Datei ließ sich nicht hierher schicken.`,
    fileLinked: ({ name, bytes, url }) =>
      `📎 ${name} (${sizeOf(bytes)}) lässt sich eine Woche lang herunterladen: ${url}`,
    skipped: (count) =>
      md`*${count === 1 ? "1 Nachricht aus den anderen Kanälen des Pods fehlt" : `${count} Nachrichten aus den anderen Kanälen des Pods fehlen`} hier: Ich konnte sie nicht bringen.*`,
    closedTitle: (pod) => md`Die Brücke von ${pod} wartet`,
    closedThere: ({ pod, where }) =>
      md`In ${where} darf ich gerade nicht schreiben, darum wartet dieser Kanal: Was in den anderen Kanälen von ${pod} geschrieben wird, bringe ich dorthin, sobald ich wieder darf, bis zu einer Stunde später. Wer ihn verwaltet, kann es mir erlauben.`,
    lostTitle: (pod) => md`Die Brücke von ${pod} hat einen Kanal verloren`,
    lost: ({ pod, where }) =>
      md`${where} ist weg, oder ich wurde dort hinausgeworfen. Dieser Ort gehört nicht mehr zur Brücke von ${pod}; nach \`/pod bind\` dort kann er wieder teilnehmen.`,
  },
});
