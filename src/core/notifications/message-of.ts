// What a direct message says: the kind's own view, and what there is to say about its coming.
import { button } from "../kernel/action.ts";
import type { AnyTelling, Context } from "../kernel/house.ts";
import type { Reader } from "../text.ts";
import type { Block, View } from "../view.ts";
import { deliveryTexts, nameOfWay } from "./delivery-texts.ts";
import { overdueAfter } from "./late.ts";
import type { Notification } from "./notification.ts";
import { notificationTexts } from "./texts.ts";
import { explainNotification } from "./why.ts";

interface Said {
  readonly told: Notification;
  readonly kind: AnyTelling;
  /** "telegram: rate_limited" */
  readonly instead?: string;
}

/** For its reader as it is now: late, by another way than the usual, with a button that says why it came. */
export function messageOf(
  { clock, messenger }: Pick<Context, "clock" | "messenger">,
  { told, kind, instead }: Said,
  reader: Reader,
): View {
  const t = notificationTexts(reader);
  const view = kind.view(told.data, reader, clock.now());
  const said: Block[] = [
    ...(clock.now() - (told.dueAt ?? told.createdAt) > overdueAfter ? [{ paragraph: t.late(told.createdAt) }] : []),
    ...(instead ? insteadOf(instead, reader) : []),
  ];
  const buttons =
    kind.urgency !== "asked" && messenger.has(reader.platform) ? withWhy(view, told, reader) : view.buttons;
  return {
    ...view,
    ...(said.length && { body: [...(view.body ?? []), ...said] }),
    ...(buttons && { buttons }),
  };
}

/** In the last row, so that it takes no room from what there is to press; whoever asked for it knows why it came. */
function withWhy({ buttons = [] }: View, { id }: Notification, reader: Reader): NonNullable<View["buttons"]> {
  const why = button(deliveryTexts(reader).why, explainNotification, { notification: id });
  return [...buttons.slice(0, -1), [...(buttons.at(-1) ?? []), why]];
}

/** Why it does not go by the way that failed it, as its row keeps it. */
export const insteadFor = (channel: string, reason: string): string => `${channel}: ${reason}`;

/** Of a closed way a notification of its own tells, once. */
const closed = new Set(["blocked", "unreachable", "gone"]);

function insteadOf(kept: string, reader: Reader): Block[] {
  const [channel = "", reason = ""] = kept.split(": ");
  if (closed.has(reason)) return [];
  const way = nameOfWay(channel.split(".")[0]!);
  return [{ paragraph: deliveryTexts(reader).instead({ way, refused: reason === "invalid" }) }];
}
