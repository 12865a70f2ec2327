// A notification as one line: its title, what it says in short, and when it came.
import { callOf } from "../kernel/action.ts";
import type { AnyNotificationKind } from "../kernel/house.ts";
import { cutTo, plain, type Reader, type Rich, rich } from "../text.ts";
import type { View } from "../view.ts";
import type { Notification } from "./notification.ts";
import { openNotification } from "./open-notification.ts";
import { notificationTexts } from "./texts.ts";

export type Line = Pick<Notification, "id" | "type" | "data" | "createdAt">;
export interface Item {
  readonly told: Line;
  /** What says how it looks; undefined for what no feature knows any more. */
  readonly kind: AnyNotificationKind | undefined;
}

const titleOf = ({ told, kind }: Item, reader: Reader) => rich(kind?.view(told.data, reader).title ?? told.type);

/** Buttons, and what is said about them, belong to the message itself. */
export function lineOf({ told, kind }: Item, reader: Reader, unread = false): Rich {
  const view = kind?.view(told.data, reader);
  const first = view?.body?.find((block) => "paragraph" in block);
  const gist = rich(kind?.gist ? kind.gist(told.data, reader) : (first?.paragraph ?? ""));
  const at = rich(notificationTexts(reader).at(told.createdAt));
  return [
    ...(unread ? ["● "] : []),
    { bold: titleOf({ told, kind }, reader) },
    ...(gist.length ? [" · ", ...gist] : []),
    " · ",
    ...at,
  ];
}

const longestOption = 60;

/** A choice of those that have something to press. */
export function openSelect(items: readonly Item[], reader: Reader): Pick<View, "select"> {
  const options = items
    .filter(({ told, kind }) => kind?.view(told.data, reader).buttons?.length)
    .map((item) => ({
      label: cutTo(plain(titleOf(item, reader), reader), longestOption),
      call: callOf(openNotification, { notification: item.told.id }),
    }));
  return options.length ? { select: { placeholder: notificationTexts(reader).pick, options } } : {};
}
