// How a member names one of their reminders: by its code, or by words of its text.
import { AppError } from "../errors.ts";
import { foldedName } from "../kernel/folded-name.ts";
import type { ActionContext, Reference } from "../kernel/house.ts";
import { refTo } from "../kernel/input.ts";
import { likeliest, suggestionLabel } from "../kernel/likeliest.ts";
import { byIdOrCode } from "../kernel/short-code.ts";
import { formatTime } from "../text.ts";
import { openReminders, type Reminder, reminders, rungReminders } from "./reminder.ts";
import { reminderTexts } from "./texts.ts";

type Listing = (store: ActionContext["store"], memberId: string) => Promise<readonly Reminder[]>;

/** One's own alone: somebody else's is not found, whatever it is named by. `offers` is what there is to choose from. */
const referenceTo = (offers: Listing): Reference<Reminder> => ({
  async find(ctx, named) {
    const exact = await byIdOrCode(ctx.store, reminders, named);
    if (exact?.memberId === ctx.actor.id) return exact;
    const fitting = fittingBest(await openReminders(ctx.store, ctx.actor.id), named);
    if (fitting.length === 1) return fitting[0]!;
    if (fitting.length === 0) throw new AppError("not_found", reminderTexts.say("notFound"));
    const codes = fitting.slice(0, 5).map((reminder) => reminder.code);
    throw new AppError("conflict", reminderTexts.say("severalFit", codes.join(", ")));
  },
  async suggest(ctx, typed) {
    const offered = await offers(ctx.store, ctx.actor.id);
    return likeliest(offered, typed, ({ text, code }) => [text, code]).map(({ code, text, dueAt }) => ({
      value: code,
      label: suggestionLabel(text, formatTime({ time: dueAt, style: "full" }, ctx.reader)),
    }));
  },
});

export const reminderRef = refTo({ ...referenceTo(openReminders), none: reminderTexts.say("listEmpty") });
/** Where those that have rung are meant. */
export const rungReminderRef = refTo(referenceTo(rungReminders));

/** The whole text before its beginning, its beginning before any part of it. */
function fittingBest(open: readonly Reminder[], named: string): readonly Reminder[] {
  const words = foldedName(named);
  const ways = [
    (text: string) => text === words,
    (text: string) => text.startsWith(words),
    (text: string) => text.includes(words),
  ];
  for (const fits of ways) {
    const found = open.filter(({ text }) => fits(foldedName(text)));
    if (found.length) return found;
  }
  return [];
}
