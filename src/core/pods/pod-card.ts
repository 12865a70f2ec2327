// The card of a pod: what it is, how full, and what to do next. It stays current where everybody may see the pod.
import { button } from "../kernel/action.ts";
import type { Card } from "../kernel/house.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { podArchived, podChanged, podJoined, podLeft } from "./facts.ts";
import { joinButtons } from "./join-pod.ts";
import { listPodMembers } from "./list-members.ts";
import { type Pod, pods } from "./pod.ts";
import { podTexts } from "./texts.ts";

export const podCard: Card<Pod> = {
  name: "pod",
  load: ({ store }, id) => store.get(pods, id),
  view: podView,
  isOver: ({ isActive }) => !isActive,
  changedBy: [podJoined, podLeft, podChanged, podArchived],
};

export function podView(pod: Pod, reader: Reader): View {
  const t = podTexts(reader);
  const { id, rev } = pod;
  if (!pod.isActive) return note(t.archived(pod.name));
  return {
    title: pod.name,
    ...(pod.description && { body: [{ paragraph: pod.description }] }),
    fields: [
      { name: t.members, value: t.count(pod) },
      { name: t.category, value: pod.category },
      ...(pod.subject ? [{ name: t.subject, value: pod.subject }] : []),
      ...(pod.tags.length ? [{ name: t.tags, value: pod.tags.join(", ") }] : []),
      { name: t.howToJoin, value: pod.privacy === "public" ? t.policy(pod.joinPolicy) : t.hidden },
      ...(pod.bridge ? [{ name: t.bridge, value: t.bridgeOn }] : []),
      { name: t.code, value: pod.code },
    ],
    buttons: [[...joinButtons(pod, reader), button(t.members, listPodMembers, { pod: id })]],
    ...(pod.privacy === "public" && { live: { card: podCard.name, id, rev } }),
  };
}
