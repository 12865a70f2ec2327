// A member's open reminders, page by page.
import { z } from "zod";
import { button, callOf, defineAction } from "../kernel/action.ts";
import { just } from "../plain-shapes.ts";
import type { Page } from "../ports/store.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { cancelReminder } from "./cancel-reminder.ts";
import { type Reminder, reminders } from "./reminder.ts";
import { reminderTexts } from "./texts.ts";

const pageSize = 8;

export const listReminders = defineAction({
  name: "reminder.list",
  command: "remind list",
  summary: reminderTexts.say("listSummary"),
  examples: { en: ["/remind list"], de: ["/remind list"] },
  who: "member",
  input: z.object({ after: just.string.max(500).optional() }),
  main: false,
  run: ({ store, actor }, { after }) =>
    store.find(reminders, {
      where: { memberId: actor.id, status: "pending" },
      orderBy: { field: "dueAt" },
      limit: pageSize,
      after,
    }),
  view: listView,
});

function listView({ rows, next }: Page<Reminder>, reader: Reader): View {
  const t = reminderTexts(reader);
  if (rows.length === 0) return note(t.listEmpty);
  return {
    title: t.listTitle,
    body: [{ list: rows.map(t.item) }],
    select: {
      placeholder: t.pickToCancel,
      options: rows.map(({ id, text }) => ({
        label: t.cancelOne(text),
        call: callOf(cancelReminder, { reminder: id }),
      })),
    },
    ...(next && { buttons: [[button(t.more, listReminders, { after: next }, "primary")]] }),
  };
}
