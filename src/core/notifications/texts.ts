// What is said about notifications themselves.
import { defineTexts, md, type Text, time } from "../text.ts";

/** The type of the notifications that are several told as one. */
export const digestType = "digest";

export const notificationTexts = defineTexts({
  en: {
    area: "Inbox",
    showSummary: "What you were told, newest first",
    title: "Inbox",
    unread: (count: number) => md`Inbox (${count} unread)`,
    empty: "Nothing here yet. Reminders and news of your pods and events arrive in this inbox.",
    noMore: "That was all.",
    more: "More",
    allRead: "All read",
    readDone: (count: number) => (count === 0 ? "Everything was read already." : md`Marked as read: ${count}.`),
    at: (instant: number) => md`*${time(instant)}*`,
    late: (instant: number) => md`This comes late: it is from ${time(instant)}.`,
    noSuch: md`That is not in your inbox any more. \`/inbox\` shows what is.`,
    pick: "Open one",
    openInbox: "Open inbox",
    digestTitle: (count: number) => md`News for you (${count})`,
    moreInInbox: (count: number) => md`${count} more in your inbox`,
    lateTitle: (count: number) => md`${count} things that come late`,
    allLate: "I could not bring them in time.",
    alike: ({ title, others }: { title: Text; others: number }) => md`${title} and ${others} more like it`,
    andMore: (count: number) => md`… and ${count} more.`,
    closedTitle: "Direct messages closed",
    closed: (platform: string) =>
      md`I can't write to you on ${platform} any more. What I would have sent there is in your \`/inbox\`. Write to me there to open it again.`,
  },
  de: {
    area: "Posteingang",
    showSummary: "Was dir mitgeteilt wurde, das Neueste zuerst",
    title: "Posteingang",
    unread: (count) => md`Posteingang (${count} ungelesen)`,
    empty: "Noch nichts da. Erinnerungen und Neues aus deinen Pods und Terminen kommen in diesen Posteingang.",
    noMore: "Das war alles.",
    more: "Mehr",
    allRead: "Alles gelesen",
    readDone: (count) => (count === 0 ? "Es war schon alles gelesen." : md`Als gelesen markiert: ${count}.`),
    at: (instant) => md`*${time(instant)}*`,
    late: (instant) => md`Das kommt spät: Es ist von ${time(instant)}.`,
    noSuch: md`Das ist nicht mehr in deinem Posteingang. \`/inbox\` zeigt, was darin ist.`,
    pick: "Eine öffnen",
    openInbox: "Posteingang öffnen",
    digestTitle: (count) => md`Neues für dich (${count})`,
    moreInInbox: (count) => md`${count} weitere im Posteingang`,
    lateTitle: (count) => md`${count} Mitteilungen, die spät kommen`,
    allLate: "Ich konnte sie nicht rechtzeitig bringen.",
    alike: ({ title, others }) => md`${title} und ${others} ähnliche`,
    andMore: (count) => md`… und ${count} weitere.`,
    closedTitle: "Direktnachrichten geschlossen",
    closed: (platform) =>
      md`Auf ${platform} kann ich dir nicht mehr schreiben. Was ich dort geschickt hätte, steht in deinem \`/inbox\`. Schreib mir dort, dann geht es wieder.`,
  },
});
