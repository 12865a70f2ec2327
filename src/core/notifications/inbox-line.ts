// A notification as one line: its title, what it says in short, and when it came.
import { callOf } from "../kernel/action.ts";
import type { AnyTelling } from "../kernel/house.ts";
import { cutTo, plain, type Reader, type Rich, rich } from "../text.ts";
import type { View } from "../view.ts";
import { deliveryTexts } from "./delivery-texts.ts";
import type { GatheredItem } from "./gathered.ts";
import { openNotification } from "./open-notification.ts";
import { notificationTexts } from "./texts.ts";

export interface Item {
  readonly told: GatheredItem;
  /** What says how it looks; undefined for what no feature knows any more. */
  readonly kind: AnyTelling | undefined;
  /** When it is told (epoch ms); absent where it is listed as it was. */
  readonly now?: number | undefined;
}

const viewOf = ({ told, kind, now }: Item, reader: Reader): View | undefined => kind?.view(told.data, reader, now);

const titleOf = (item: Item, reader: Reader): Rich => rich(viewOf(item, reader)?.title ?? item.told.type);

function gistOf(item: Item, reader: Reader): Rich {
  const { told, kind } = item;
  if (kind?.gist) return rich(kind.gist(told.data, reader));
  const first = viewOf(item, reader)?.body?.find((block) => "paragraph" in block);
  return rich(first?.paragraph ?? "");
}

/** What was not read yet says once why it came by no message. Buttons, and what is said about them, belong to the message itself. */
export function lineOf(item: Item, reader: Reader, unread = false): Rich {
  const gist = gistOf(item, reader);
  return [
    ...(unread ? ["● "] : []),
    { bold: titleOf(item, reader) },
    ...(gist.length ? [" · ", ...gist] : []),
    " · ",
    ...rich(notificationTexts(reader).at(item.told.createdAt)),
    ...(unread && item.told.left ? [" · ", ...rich(deliveryTexts(reader).left(item.told.left))] : []),
  ];
}

const longestOption = 60;

function labelOf(item: Item, reader: Reader): string {
  const words = [titleOf(item, reader), gistOf(item, reader)].map((text) => plain(text, reader));
  return words.filter(Boolean).join(" · ");
}

/** A choice of those that have something to press. */
export function openSelect(items: readonly Item[], reader: Reader): Pick<View, "select"> {
  const options = items
    .filter((item) => viewOf(item, reader)?.buttons?.length)
    .map((item) => ({
      label: cutTo(labelOf(item, reader), longestOption),
      call: callOf(openNotification, { notification: item.told.id }),
    }));
  return options.length ? { select: { placeholder: notificationTexts(reader).pick, options } } : {};
}
