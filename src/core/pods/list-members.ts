// Who is in a pod, page by page.
import { z } from "zod";
import { button, defineAction } from "../kernel/action.ts";
import { ask } from "../kernel/input.ts";
import { type Profile, profiles } from "../members/read.ts";
import { just } from "../plain-shapes.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { memberships } from "./membership.ts";
import type { Pod } from "./pod.ts";
import { whichPod } from "./pod-here.ts";
import { podRef } from "./pod-ref.ts";
import type { PodRole } from "./pod-role.ts";
import { podTexts } from "./texts.ts";

const pageSize = 20;

interface MembersPage {
  readonly pod: Pod;
  readonly people: readonly { readonly name: string; readonly role: PodRole }[];
  readonly next?: string;
}

export const listPodMembers = defineAction({
  name: "pod.members",
  summary: podTexts.say("membersSummary"),
  title: podTexts.say("membersFormTitle"),
  examples: {
    en: ["/pod members", "/pod members Linear Algebra"],
    de: ["/pod members", "/pod members Lineare Algebra"],
  },
  who: "member",
  input: z.object({
    pod: ask(podTexts.say("askPod"), podRef).optional(),
    after: just.string.max(500).optional(),
  }),
  async run(ctx, { pod: given, after }): Promise<MembersPage> {
    const pod = await whichPod(ctx, given);
    const { rows, next } = await ctx.store.find(memberships, {
      where: { podId: pod.id },
      orderBy: { field: "joinedAt" },
      limit: pageSize,
      after,
    });
    const known = await ctx.store.getMany(
      profiles,
      rows.map((row) => row.memberId),
    );
    const names = namesOf(known);
    return { pod, people: rows.map(({ memberId, role }) => ({ name: names.get(memberId) ?? "…", role })), next };
  },
  view: membersView,
});

/** By id; two of one name are told apart by their usernames. */
function namesOf(known: readonly Profile[]): ReadonlyMap<string, string> {
  const alike = Map.groupBy(known, ({ displayName }) => displayName);
  const nameOf = ({ displayName, username }: Profile) =>
    alike.get(displayName)!.length > 1 ? `${displayName} (${username})` : displayName;
  return new Map(known.map((profile) => [profile.id, nameOf(profile)]));
}

function membersView({ pod, people, next }: MembersPage, reader: Reader): View {
  const t = podTexts(reader);
  return {
    title: t.membersTitle(pod),
    body: [{ list: people.map(({ name, role }) => (role === "member" ? name : `${name} · ${t.roleName(role)}`)) }],
    ...(next && { buttons: [[button(t.more, listPodMembers, { pod: pod.id, after: next })]] }),
  };
}
