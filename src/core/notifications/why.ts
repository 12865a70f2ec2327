// Why a member was told something, here and then: the kind, the settings that let it through, the way it took, how to stop it.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import type { AnyTelling, House, NotificationGroup } from "../kernel/house.ts";
import { just } from "../plain-shapes.ts";
import { plain, type Reader } from "../text.ts";
import type { Block, View } from "../view.ts";
import type { Delivery } from "./delivery.ts";
import { deliveries } from "./delivery.ts";
import { deliveryTexts, nameOfWay } from "./delivery-texts.ts";
import type { Gathered } from "./gathered.ts";
import { type Notification, notifications } from "./notification.ts";
import { preferenceTexts } from "./preference-texts.ts";
import { digestType } from "./texts.ts";

interface Reasons {
  readonly told: Notification;
  readonly kind: AnyTelling | undefined;
  /** What it was told in, with others. */
  readonly within: Notification | undefined;
  /** Those of what is told in it, where it is several. */
  readonly groups: readonly NotificationGroup[];
  readonly rows: readonly Delivery[];
}

export const explainNotification = defineAction({
  name: "notification.why",
  command: "why",
  summary: deliveryTexts.say("whySummary"),
  examples: { en: ["/why"], de: ["/why"] },
  who: "member",
  main: false,
  input: z.object({ notification: just.string.max(36).optional() }),
  /** The last one, where none is named. @throws AppError `not_found` for somebody else's too. */
  async run({ store, actor, house }, { notification: id }): Promise<Reasons> {
    const orderBy = { field: "createdAt", direction: "desc" } as const;
    const told = id
      ? await store.get(notifications, id)
      : (await store.find(notifications, { where: { memberId: actor.id }, orderBy, limit: 1 })).rows[0];
    if (told?.memberId !== actor.id) throw new AppError("not_found", deliveryTexts.say("whyNone"));
    const within = told.inDigest ? await store.get(notifications, told.inDigest) : undefined;
    const ids = [told.id, ...(within ? [within.id] : [])];
    const { rows } = await store.find(deliveries, { where: { notificationId: { in: ids } }, limit: 50 });
    const kind = house.notifications.get(told.type);
    return { told, kind, within, groups: groupsOf(house, told), rows };
  },
  view: whyView,
});

/** One by itself is of its kind's group; what tells several as one, of all of theirs. */
function groupsOf({ notifications: kinds }: House, { type, data }: Notification): readonly NotificationGroup[] {
  const types = type === digestType ? typesIn(data as Gathered) : [type];
  return [...new Set(types.map((one) => kinds.get(one)?.group ?? "always"))];
}

const typesIn = ({ items, types }: Gathered) => types ?? items.map(({ type }) => type);

function whyView({ told, kind, within, groups, rows }: Reasons, reader: Reader): View {
  const t = deliveryTexts(reader);
  const p = preferenceTexts(reader);
  const ways = told.via.map((channel) => plain(p.channel(channel), reader)).join(", ");
  const group = groups.map((one) => plain(p.group(one), reader)).join(", ");
  const title = plain(kind?.view(told.data, reader).title ?? told.type, reader);
  const asOne = told.type === digestType ? (told.data as Gathered) : undefined;
  return {
    title: t.whyTitle,
    body: [
      ...(asOne ? [{ paragraph: t.whyAsOne({ count: asOne.items.length + asOne.more, why: asOne.why }) }] : []),
      { paragraph: asOne ? t.whyGroups(group) : t.whyKind({ title, group }) },
      { paragraph: asOne ? t.whyWays(ways) : told.via.length ? t.whySettings(ways) : t.whyOff },
      ...(rows.length ? [{ list: rows.map((row) => t.whyTried(triedIn(row))) }] : []),
      ...heldOf(told, within, reader),
      { paragraph: t.whyWhen(told.createdAt) },
      { paragraph: groups.every((one) => one === "always") ? t.whyAlways : t.whyStop },
    ],
    // By its name: the preferences lead here, by way of the inbox.
    buttons: [[{ label: p.title, style: "primary", call: { action: "notifications.show", input: {} } }]],
  };
}

function heldOf({ held }: Notification, within: Notification | undefined, reader: Reader): Block[] {
  const t = deliveryTexts(reader);
  if (within) return [{ paragraph: t.whyWithOthers((within.data as Gathered).why) }];
  return held ? [{ paragraph: t.whyHeld(held) }] : [];
}

const triedIn = ({ channel, status, reason, instead, sentAt, resent }: Delivery) => ({
  way: nameOfWay(channel.split(".")[0]!),
  status,
  ...(reason && { reason }),
  ...(instead && { instead }),
  ...(sentAt !== undefined && { sentAt }),
  resent,
});
