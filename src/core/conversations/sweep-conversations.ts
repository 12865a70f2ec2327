// Forgets what conversations no longer need: old update ids, questions nobody answered, calls of long-gone buttons, answers nobody opened.
import { z } from "zod";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { removeAll } from "../kernel/pages.ts";
import type { AnyCollection } from "../ports/store.ts";
import { asksToOpen } from "./ask-to-open.ts";
import { inboundUpdates } from "./inbound-update.ts";
import { keptViews } from "./kept-view.ts";
import { openQuestions } from "./question.ts";
import { storedCalls } from "./stored-call.ts";

const day = 24 * 3600_000;

export const sweepConversations = defineJob({
  name: "conversations.sweep",
  input: z.object({}),
  every: 3600_000,
  async run(ctx) {
    const now = ctx.clock.now();
    await forget(ctx, asksToOpen, "at", now - 2 * day);
    await forget(ctx, inboundUpdates, "at", now - 3 * day);
    await forget(ctx, openQuestions, "expiresAt", now);
    await forget(ctx, keptViews, "at", now - 30 * day);
    await forget(ctx, storedCalls, "at", now - 400 * day);
  },
});

const forget = ({ store }: Context, from: AnyCollection, field: string, before: number): Promise<void> =>
  removeAll(store, from, { where: { [field]: { lt: before } }, orderBy: { field } });
