// What Home says.
import { defineTexts, md, time } from "../text.ts";

interface Listed {
  readonly title: string;
  readonly startTime: number;
}

export const homeTexts = defineTexts({
  en: {
    title: "Your PeerSpark",
    events: md`**Next events**`,
    event: ({ title, startTime }: Listed) => md`${title} · ${time(startTime)}`,
    noEvents: md`Nothing is planned in your pods. Plan something with \`/event create\`.`,
    pods: (count: number) => md`**Your pods** · ${count}`,
    noPods: md`You are in no pod yet. Look for one, or start your own with \`/pod create\`.`,
    unread: (count: number) =>
      count === 0 ? md`**Inbox** · nothing new` : md`**Inbox** · ${count} you have not read yet`,
    inbox: "Open inbox",
    allEvents: "All events",
    findPods: "Find pods",
  },
  de: {
    title: "Dein PeerSpark",
    events: md`**Nächste Termine**`,
    event: ({ title, startTime }) => md`${title}, ${time(startTime)}`,
    noEvents: md`In deinen Pods ist nichts geplant. Plane etwas mit \`/event create\`.`,
    pods: (count) => md`**Deine Pods** · ${count}`,
    noPods: md`Du bist noch in keinem Pod. Such dir einen oder gründe deinen eigenen mit \`/pod create\`.`,
    unread: (count) => (count === 0 ? md`**Posteingang** · nichts Neues` : md`**Posteingang** · ${count} ungelesen`),
    inbox: "Posteingang öffnen",
    allEvents: "Alle Termine",
    findPods: "Pods finden",
  },
});
