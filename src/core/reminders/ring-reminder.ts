// A reminder's time has come: one commit marks it rung and says so, so that it rings once.
import { z } from "zod";
import { patch, untilSettled } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { just } from "../plain-shapes.ts";
import type { JobRequest } from "../ports/queue.ts";
import { reminderRang } from "./facts.ts";
import { type Reminder, reminders } from "./reminder.ts";

export const ringReminder = defineJob({
  name: "reminder.ring",
  input: z.object({ reminder: just.string, dueAt: just.int }),
  /** A turn for a time that was moved, for one cancelled or rung already, does nothing. */
  run: (ctx, { reminder: id, dueAt }) =>
    untilSettled(async () => {
      const reminder = await ctx.store.get(reminders, id);
      if (reminder?.status !== "pending" || reminder.dueAt !== dueAt) return;
      const at = ctx.clock.now();
      if (at < dueAt) return tooEarly(ctx, reminder, at);
      await ctx.store.commit([
        patch(reminders, reminder, { status: "rung", rungAt: at, slot: undefined }),
        reminderRang(ctx, { reminder: id, dueAt, at }),
      ]);
    }),
});

export const keyOf = ({ id, dueAt }: Pick<Reminder, "id" | "dueAt">): string => `reminder:${id}:${dueAt}`;

/** A turn at its due time; a second request for the same is ignored by its key. */
export const ringing = ({ id, dueAt }: Pick<Reminder, "id" | "dueAt">, correlation?: string): JobRequest =>
  ringReminder.request({ reminder: id, dueAt }, { key: keyOf({ id, dueAt }), runAt: dueAt, correlation });

/** The clock was set back after the turn was given. This turn still holds the key, so the next has another. */
const tooEarly = ({ queue }: Context, reminder: Reminder, at: number): Promise<void> =>
  queue.enqueue([{ ...ringing(reminder), key: `${keyOf(reminder)}:${at}` }]);
