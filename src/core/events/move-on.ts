// An event begins and ends by itself: at its turn the row follows what the clock says already.
import { z } from "zod";
import { patch, untilSettled } from "../kernel/change.ts";
import { defineJob } from "../kernel/job.ts";
import { just } from "../plain-shapes.ts";
import { type EventRow, events, stateOf } from "./event.ts";
import { eventBegan, eventEnded } from "./facts.ts";

export const moveEventOn = defineJob({
  name: "event.move-on",
  input: z.object({ event: just.string }),
  /** Does nothing twice, nor for an event that was cancelled. */
  run: (ctx, { event: id }) =>
    untilSettled(async () => {
      const event = await ctx.store.get(events, id);
      const state = event && stateOf(event, ctx.clock.now());
      if (!event || event.status === state) return;
      if (state === "ongoing")
        await ctx.store.commit([patch(events, event, { status: state }), eventBegan(ctx, { subject: id })]);
      if (state === "completed")
        await ctx.store.commit([
          patch(events, event, { status: state, nextReminderAt: undefined }),
          eventEnded(ctx, { subject: id }),
        ]);
    }),
});

/** A turn at an instant at which the event begins or ends; a second request for the same is ignored by its key. */
export const turnToMoveOn = ({ id }: Pick<EventRow, "id">, runAt: number, correlation?: string) =>
  moveEventOn.request({ event: id }, { key: `event.move-on:${id}:${runAt}`, runAt, correlation });
