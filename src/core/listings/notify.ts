// Who brought a pod into a space is told when its events can't be listed in the calendar there.
import type { NotificationKind } from "../kernel/house.ts";
import { bindings } from "../pods/read.ts";
import { type CalendarShut, spaces } from "../spaces/read.ts";
import { calendarShut } from "./facts.ts";
import { listingTexts } from "./texts.ts";

const mostTold = 20;

interface Told {
  readonly [key: string]: unknown;
  /** What tells it from others: spaces may be called alike. */
  readonly calendar: string;
  readonly space: string;
  readonly why?: CalendarShut | undefined;
}

export const calendarShutNotification: NotificationKind<typeof calendarShut.payload, Told> = {
  type: "calendar_shut",
  group: "pods",
  urgency: "plain",
  late: "newest",
  subject: ({ calendar }) => calendar,
  fact: calendarShut,
  /** They administered the place when they bound the pod, so they can give the right, or know who can. */
  async prepare({ store }, { platform, space, pod: podId, why }) {
    const known = await store.getBy(spaces, { platform, externalId: space });
    const { rows } = await store.find(bindings, { where: { podId, platform, space }, limit: mostTold });
    const data = { calendar: `${platform} ${space}`, space: known?.title ?? platform, why };
    return { to: rows.map((row) => row.boundBy), data };
  },
  view({ space, why }, reader) {
    const t = listingTexts(reader);
    if (why === "full") return { title: t.fullTitle(space), body: [{ paragraph: t.fullRemedy(space) }] };
    return { title: t.shutTitle(space), body: [{ paragraph: t.shutRemedy(space) }] };
  },
};
