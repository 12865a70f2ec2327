// Shows a view where it belongs: to the caller alone, in the channel, in place of a pressed message, or as a notice.
import { AppError } from "../../core/errors.ts";
import { keepCurrent } from "../../core/kernel/card.ts";
import type { ActionContext } from "../../core/kernel/house.ts";
import type { MessageRef, Place, Platform, Reply, Update } from "../../core/ports/platform.ts";
import { plain, type Reader } from "../../core/text.ts";
import { type Call, note, type View } from "../../core/view.ts";
import { storeCall } from "./button-data.ts";
import { fitted } from "./messenger.ts";
import { chatTexts } from "./texts.ts";

export interface Showing {
  readonly ctx: ActionContext;
  readonly platform: Platform;
  readonly update: Update;
  /** What was called, so that it can be called again in private. */
  readonly call?: Call;
}

export async function show(showing: Showing, view: View, reader: Reader = showing.ctx.reader): Promise<void> {
  const { update, platform, ctx } = showing;
  const pressed = update.deed.kind === "press";
  try {
    if (pressed && view.brief) return await update.reply.notice(firstWords(view, reader));
    const messages = await fitted(ctx, platform, view, reader);
    for (const write of waysFor(showing, view)) {
      let ref: MessageRef | undefined;
      for (const message of messages) ref = await write(message);
      if (view.live && ref && platform.capabilities.edits)
        await keepCurrent(ctx, view.live, ref, reader).catch((error) => ctx.log.warn({}, "a card is behind", error));
    }
  } catch (error) {
    if (!isUnreachable(error) || update.place.kind === "direct") throw error;
    await sayHowToReach(showing);
  }
}

type Write = Reply["show"];

/** What is for everybody and was asked for elsewhere is shown there, and here to who asked. */
function waysFor({ ctx: { place }, platform, update }: Showing, view: View): readonly Write[] {
  const { reply, deed } = update;
  const here: Write = deed.kind === "press" && view.replaces ? reply.replace : reply.show;
  const elsewhere = view.audience === "channel" && place && !isSame(place, update.place);
  return elsewhere ? [(message) => platform.send(place, message), here] : [here];
}

const isSame = (one: Place, other: Place) => one.channel === other.channel && one.thread === other.thread;

const isUnreachable = (error: unknown) =>
  error instanceof AppError && ["blocked", "unreachable"].includes(error.detail.reason ?? "");

function firstWords(view: View, reader: Reader): string {
  const first = view.body?.[0];
  return plain(view.title ?? (first && "paragraph" in first ? first.paragraph : ""), reader);
}

/** The private answer could not be written: says so in the place, with a link that opens it in private. */
async function sayHowToReach({ ctx, platform, update, call }: Showing): Promise<void> {
  const t = chatTexts(ctx.reader);
  const payload = call && `open-${await storeCall(ctx, call, update.place)}`;
  const url = platform.openPrivately(payload ?? "hello");
  const view: View = url
    ? { ...note(t.answerPrivately), audience: "channel", buttons: [[{ label: t.openPrivately as string, url }]] }
    : { ...note(t.cannotReach), audience: "channel" };
  for (const message of await fitted(ctx, platform, view, ctx.reader)) await update.reply.show(message);
}
