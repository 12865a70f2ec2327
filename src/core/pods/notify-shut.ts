// Who brought a pod to a place is told when its events can't come there any more, or for now.
import type { Context, NotificationKind } from "../kernel/house.ts";
import { bindings } from "./binding.ts";
import { podPlaceShut } from "./facts.ts";
import { membershipOf, ownerIdsOf } from "./membership.ts";
import { placeName } from "./place-name.ts";
import { pods } from "./pod.ts";
import type { Shut } from "./shut-place.ts";
import { podTexts } from "./texts.ts";

interface Told {
  readonly [key: string]: unknown;
  readonly pod: string;
  readonly place: string;
  readonly binding: string;
  readonly why: Shut;
}

export const podPlaceShutNotification: NotificationKind<typeof podPlaceShut.payload, Told> = {
  type: "pod_place_shut",
  group: "pods",
  urgency: "plain",
  late: "newest",
  /** Pods and places may be called alike. */
  subject: ({ binding }) => binding,
  fact: podPlaceShut,
  async prepare(ctx, { subject, binding: id, why }) {
    const [pod, binding] = await Promise.all([ctx.store.get(pods, subject), ctx.store.get(bindings, id)]);
    if (!pod?.isActive || binding?.podId !== subject) return undefined;
    return {
      to: await whoLooksAfter(ctx, subject, binding.boundBy),
      data: { pod: pod.name, place: placeName(binding), binding: id, why },
    };
  },
  view({ pod, place, why }, reader) {
    const t = podTexts(reader);
    return {
      title: t.shutTitle(place),
      body: [{ paragraph: why === "gone" ? t.shutForGood(pod) : t.shutForNow(pod) }],
    };
  },
};

/** They administered the place when they bound the pod, so they can open it, or know who can; the owner where they have left. */
async function whoLooksAfter({ store }: Context, podId: string, boundBy: string): Promise<readonly string[]> {
  if (await membershipOf(store, podId, boundBy)) return [boundBy];
  return ownerIdsOf(store, podId);
}
