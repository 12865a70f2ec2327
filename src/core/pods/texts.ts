// What is said about pods.
import { defineTexts, md } from "../text.ts";
import type { PodRole } from "./membership.ts";

interface Named {
  readonly name: string;
  readonly code: string;
}
const listed = (pods: readonly Named[]) => pods.map(({ name, code }) => `${name} (${code})`).join(", ");
const roleNames: Record<"en" | "de", Record<PodRole, string>> = {
  en: { member: "member", moderator: "moderator", admin: "admin", owner: "owner" },
  de: { member: "Mitglied", moderator: "Moderation", admin: "Verwaltung", owner: "Leitung" },
};

export const podTexts = defineTexts({
  en: {
    area: "Pods",
    noSuchPod: (named: string) => md`I find no pod “${named}” that you can see. /pod find lists those you can join.`,
    severalPods: (pods: readonly Named[]) =>
      md`Several pods go by that name: ${listed(pods)}. Use the code instead, please.`,
    notIn: ({ name, code }: Named) => md`You are not in ${name}. Join it first: /pod join ${code}`,
    membersOnly: "Only members of this pod can do that. Ask one of them for an invitation.",
    roleNeeded: ({ pod, role }: { pod: string; role: PodRole }) =>
      md`In ${pod} that takes the role “${roleNames.en[role]}” or a higher one. /pod members shows whom you can ask.`,
    roleName: (role: PodRole) => roleNames.en[role],
  },
  de: {
    area: "Pods",
    noSuchPod: (named) =>
      md`Ich finde keinen Pod „${named}“, den du sehen kannst. /pod find zeigt, wo du beitreten kannst.`,
    severalPods: (pods) => md`So heißen mehrere Pods: ${listed(pods)}. Nimm bitte den Code.`,
    notIn: ({ name, code }) => md`Du bist nicht in ${name}. Tritt zuerst bei: /pod join ${code}`,
    membersOnly: "Das können nur Mitglieder dieses Pods. Bitte jemanden von ihnen um eine Einladung.",
    roleNeeded: ({ pod, role }) =>
      md`In ${pod} braucht das die Rolle „${roleNames.de[role]}“ oder eine höhere. /pod members zeigt, wen du fragen kannst.`,
    roleName: (role) => roleNames.de[role],
  },
});
