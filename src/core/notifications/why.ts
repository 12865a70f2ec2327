// Why a member was told something, here and then: the kind, the settings that let it through, the way it took, how to stop it.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { defineAction } from "../kernel/action.ts";
import type { AnyNotificationKind } from "../kernel/house.ts";
import { plain, type Reader } from "../text.ts";
import type { View } from "../view.ts";
import type { Delivery } from "./delivery.ts";
import { deliveries } from "./delivery.ts";
import { deliveryTexts, nameOfWay } from "./delivery-texts.ts";
import { type Notification, notifications } from "./notification.ts";
import { preferenceTexts } from "./preference-texts.ts";

interface Reasons {
  readonly told: Notification;
  readonly kind: AnyNotificationKind | undefined;
  readonly rows: readonly Delivery[];
}

export const explainNotification = defineAction({
  name: "notification.why",
  command: "why",
  summary: deliveryTexts.say("whySummary"),
  examples: ["/why"],
  who: "member",
  main: false,
  input: z.object({ notification: z.string().max(36).optional() }),
  /** The last one, where none is named. @throws AppError `not_found` for somebody else's too. */
  async run({ store, actor, house }, { notification: id }): Promise<Reasons> {
    const orderBy = { field: "createdAt", direction: "desc" } as const;
    const told = id
      ? await store.get(notifications, id)
      : (await store.find(notifications, { where: { memberId: actor.id }, orderBy, limit: 1 })).rows[0];
    if (told?.memberId !== actor.id) throw new AppError("not_found", deliveryTexts.say("whyNone"));
    const { rows } = await store.find(deliveries, { where: { notificationId: told.id }, limit: 50 });
    return { told, kind: house.notifications.get(told.type), rows };
  },
  view: whyView,
});

function whyView({ told, kind, rows }: Reasons, reader: Reader): View {
  const t = deliveryTexts(reader);
  const p = preferenceTexts(reader);
  const group = kind?.group ?? "always";
  const title = plain(kind?.view(told.data, reader).title ?? told.type, reader);
  const ways = told.via.map((channel) => plain(p.channel(channel), reader)).join(", ");
  return {
    title: t.whyTitle,
    body: [
      { paragraph: t.whyKind({ title, group: plain(p.group(group), reader) }) },
      { paragraph: told.via.length ? t.whySettings(ways) : t.whyOff },
      ...(rows.length ? [{ list: rows.map((row) => t.whyTried(triedIn(row))) }] : []),
      ...(told.held ? [{ paragraph: t.whyHeld(told.held) }] : []),
      { paragraph: t.whyWhen(told.createdAt) },
      { paragraph: group === "always" ? t.whyAlways : t.whyStop },
    ],
    // By its name: the preferences lead here, by way of the inbox.
    buttons: [[{ label: p.title, style: "primary", call: { action: "notifications.show", input: {} } }]],
  };
}

const triedIn = ({ channel, status, reason, instead, sentAt, resent }: Delivery) => ({
  way: nameOfWay(channel.split(".")[0]!),
  status,
  ...(reason && { reason }),
  ...(instead && { instead }),
  ...(sentAt !== undefined && { sentAt }),
  resent,
});
