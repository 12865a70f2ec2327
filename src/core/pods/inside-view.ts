// A pod as one of its members reads it alone: where it is at home, and what members do. Not kept current: what it offers
// depends on the reader, and where the pod is at home moves no revision of it.
import { button } from "../kernel/action.ts";
import type { Context } from "../kernel/house.ts";
import { type Inline, md, type Reader, type Text } from "../text.ts";
import type { View } from "../view.ts";
import { type Binding, bindings } from "./binding.ts";
import { inviteToPod } from "./invite-to-pod.ts";
import { leavePod } from "./leave-pod.ts";
import { listPodMembers } from "./list-members.ts";
import { placeName } from "./place-name.ts";
import type { Pod } from "./pod.ts";
import { podView } from "./pod-card.ts";
import { type PodRole, rank } from "./pod-role.ts";
import { podTexts } from "./texts.ts";

export interface Inside {
  readonly pod: Pod;
  /** The lost ones too. */
  readonly homes: readonly Binding[];
  /** The reader's. */
  readonly role: PodRole;
}

const mostHomes = 10;

export async function insideOf({ store }: Pick<Context, "store">, pod: Pod, role: PodRole): Promise<Inside> {
  const query = { where: { podId: pod.id }, orderBy: { field: "boundAt" }, limit: mostHomes } as const;
  return { pod, homes: (await store.find(bindings, query)).rows, role };
}

export function insideView({ pod, homes, role }: Inside, reader: Reader): View {
  const t = podTexts(reader);
  const { live, ...view } = podView(pod, reader);
  if (!pod.isActive) return view;
  const { id, privacy, joinPolicy } = pod;
  const mayInvite = (privacy === "public" && joinPolicy === "open") || rank(role) >= rank("moderator");
  return {
    ...view,
    fields: [...(view.fields ?? []), { name: t.homes, value: homesIn(pod, homes, reader) }],
    buttons: [
      [
        ...(mayInvite ? [button(t.invitePeople, inviteToPod, { pod: id }, "primary")] : []),
        button(t.members, listPodMembers, { pod: id }),
        button(t.leave, leavePod, { pod: id }),
      ],
    ],
  };
}

function homesIn({ code }: Pod, homes: readonly Binding[], reader: Reader): Text {
  const t = podTexts(reader);
  if (homes.length === 0) return t.homeNowhere(code);
  return homes.flatMap((home, index): Inline[] => {
    const place = placeName(home);
    const said =
      home.goneAt !== undefined ? t.homeLost(place) : home.closedAt !== undefined ? t.homeClosed(place) : place;
    return [...(index ? [", "] : []), ...md`${said}`];
  });
}
