// Who brought a pod into a space is told when its events can't be listed in the calendar there.
import type { NotificationKind } from "../kernel/house.ts";
import { bindings } from "../pods/read.ts";
import { spaces } from "../spaces/read.ts";
import { calendarShut } from "./facts.ts";
import { listingTexts } from "./texts.ts";

const mostTold = 20;

export const calendarShutNotification: NotificationKind<typeof calendarShut.payload, { space: string }> = {
  type: "calendar_shut",
  group: "pods",
  urgency: "plain",
  late: "newest",
  subject: ({ space }) => space,
  fact: calendarShut,
  /** They administered the place when they bound the pod, so they can give the right, or know who can. */
  async prepare({ store }, { platform, space, pod: podId }) {
    const known = await store.getBy(spaces, { platform, externalId: space });
    const { rows } = await store.find(bindings, { where: { podId, platform, space }, limit: mostTold });
    return { to: rows.map((row) => row.boundBy), data: { space: known?.title ?? platform } };
  },
  view({ space }, reader) {
    const t = listingTexts(reader);
    return { title: t.shutTitle(space), body: [{ paragraph: t.shutRemedy(space) }] };
  },
};
