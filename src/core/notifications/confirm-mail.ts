// Entering the code that was mailed.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import { patch, untilSettled } from "../kernel/change.ts";
import type { ActionContext, NotificationGroup } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { just } from "../plain-shapes.ts";
import { plain, type Reader } from "../text.ts";
import { note } from "../view.ts";
import { mailAddresses, mailAddressOf } from "./mail-address.ts";
import { mailTexts } from "./mail-texts.ts";
import { preferenceTexts } from "./preference-texts.ts";
import { preferencesOf, settingsOf } from "./preferences.ts";
import { codeHashOf } from "./set-mail.ts";
import { byMail, showPreferences } from "./show-preferences.ts";

const mostTries = 5;

interface Confirmed {
  readonly address: string;
  /** That come by mail from now on. */
  readonly groups: readonly NotificationGroup[];
}

const namesOf = (groups: readonly NotificationGroup[], reader: Reader): string =>
  groups.map((group) => plain(preferenceTexts(reader).group(group), reader)).join("; ");

export const confirmMail = defineAction({
  name: "mail.confirm",
  command: "mail confirm",
  summary: mailTexts.say("confirmSummary"),
  title: mailTexts.say("confirmTitle"),
  examples: { en: ["/mail confirm 123456"], de: ["/mail confirm 123456"] },
  who: "member",
  input: z.object({ code: ask(mailTexts.say("askCode"), just.string.trim().min(1).max(20)) }),
  run: (ctx, { code }) => untilSettled(() => confirm(ctx, code.replace(/\D/g, ""))),
  view: ({ address, groups }, reader) => ({
    ...note(mailTexts(reader).confirmed({ address, groups: namesOf(groups, reader) })),
    buttons: [[button(preferenceTexts(reader).title, showPreferences, {}, "primary")]],
  }),
});

/** A try is counted before it is looked at, at the revision read: of many at once none is free. */
async function confirm(ctx: ActionContext, code: string): Promise<Confirmed> {
  const { store, clock, actor } = ctx;
  const row = await mailAddressOf(store, actor.id);
  if (!row?.pending || (row.expiresAt ?? 0) <= clock.now()) throw new AppError("invalid", mailTexts.say("noCode"));
  if (row.tries >= mostTries) throw new AppError("rate_limited", mailTexts.say("tooManyTries"));
  const over = { pending: undefined, hash: undefined, expiresAt: undefined, tries: 0 };
  if (row.hash === codeHashOf(ctx, code)) {
    await store.commit([patch(mailAddresses, row, { ...over, address: row.pending })]);
    return { address: row.pending, groups: byMail(settingsOf(await preferencesOf(store, actor.id))) };
  }
  await store.commit([patch(mailAddresses, row, { tries: row.tries + 1 })]);
  const left = mostTries - row.tries - 1;
  throw new AppError("invalid", left ? mailTexts.say("wrongCode", left) : mailTexts.say("tooManyTries"));
}
