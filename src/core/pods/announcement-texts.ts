// What is said about announcements to a pod.
import { defineTexts, md } from "../text.ts";

export const announcementTexts = defineTexts({
  en: {
    summary: "Tell everybody in a pod something",
    title: "Tell everybody",
    askText: "What should everybody in the pod know?",
    preview: (pod: string) => md`Announcement to ${pod}`,
    goesTo: (count: number) =>
      md`${count === 1 ? "One member gets it" : `${count} members get it`}, each where and when they want to be told; the channels the pod is bound to show it too.`,
    send: (count: number) => (count === 1 ? "Send to 1 member" : `Send to ${count} members`),
    sent: (pod: string) => md`On its way to everybody in ${pod}.`,
    alone: (pod: string) => md`You are the only one in ${pod}. Invite people first: \`/pod invite\``,
    from: (name: string) => md`${name} to everybody in the pod`,
  },
  de: {
    summary: "Allen in einem Pod etwas mitteilen",
    title: "Allen etwas mitteilen",
    askText: "Was sollen alle im Pod wissen?",
    preview: (pod) => md`Ankündigung an ${pod}`,
    goesTo: (count) =>
      md`${count === 1 ? "Ein Mitglied bekommt sie" : `${count} Mitglieder bekommen sie`}, jedes dort und dann, wo und wann es möchte; die Kanäle des Pods zeigen sie auch.`,
    send: (count) => (count === 1 ? "An 1 Mitglied senden" : `An ${count} Mitglieder senden`),
    sent: (pod) => md`Unterwegs an alle in ${pod}.`,
    alone: (pod) => md`Du bist allein in ${pod}. Lade zuerst andere ein: \`/pod invite\``,
    from: (name) => md`${name} an alle im Pod`,
  },
});
