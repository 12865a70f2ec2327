// Several notifications told as one message: a digest, what was too much for a day, many of a kind, what comes late.
import { button } from "../kernel/action.ts";
import type { AnyTelling, Telling } from "../kernel/house.ts";
import type { Reader, Text } from "../text.ts";
import type { View } from "../view.ts";
import type { Held } from "./channel.ts";
import type { Gathered } from "./gathered.ts";
import { type Item, lineOf, openSelect } from "./inbox-line.ts";
import { showInbox } from "./show-inbox.ts";
import { digestType, notificationTexts } from "./texts.ts";

/** Knows how the others look; one alone looks as it would have. */
export const digestKind = (kinds: ReadonlyMap<string, AnyTelling>): Telling<Gathered> => ({
  type: digestType,
  group: "always",
  urgency: "soon",
  late: "tell",
  view({ why, items, more }, reader, now) {
    const shown = items.map((told): Item => ({ told, kind: kinds.get(told.type), now }));
    const [only] = shown;
    if (only && shown.length + more === 1)
      return only.kind?.view(only.told.data, reader, now) ?? { title: only.told.type };
    const t = notificationTexts(reader);
    const view: View = {
      title: titleOf(why, shown, more, reader),
      body: [
        { list: shown.map((item) => lineOf(item, reader)) },
        ...(more ? [{ paragraph: t.andMore(more) }] : []),
        ...(why === "late" ? [{ paragraph: t.allLate }] : []),
      ],
      buttons: [[button(t.openInbox, showInbox, {})]],
    };
    return { ...view, ...openSelect(shown, reader) };
  },
});

function titleOf(why: Held, items: readonly Item[], more: number, reader: Reader): Text {
  const t = notificationTexts(reader);
  const count = items.length + more;
  if (why === "budget") return t.moreInInbox(count);
  if (why === "late") return t.lateTitle(count);
  if (why !== "bundle") return t.digestTitle(count);
  const { told, kind, now } = items.at(-1)!;
  const many = kind?.many?.(told.data, count - 1, reader);
  return many ?? t.alike({ title: kind?.view(told.data, reader, now).title ?? told.type, others: count - 1 });
}
