// Shows a view where it belongs: to the caller alone, in the channel, in place of a pressed message, or as a notice.
import { reasonOf } from "../../core/errors.ts";
import { keepCurrent } from "../../core/kernel/card.ts";
import type { ActionContext, Context } from "../../core/kernel/house.ts";
import type { Address, Fitted, MessageRef, Platform, Reply, Update } from "../../core/ports/platform.ts";
import { plain, type Reader } from "../../core/text.ts";
import { type Call, note, type View } from "../../core/view.ts";
import { askToOpen } from "./ask-to-open.ts";
import { withWhen } from "./asked.ts";
import { storeCall } from "./button-data.ts";
import { keepView } from "./kept-view.ts";
import { fitted, spelledFor } from "./messenger.ts";
import { chatTexts } from "./texts.ts";

/** Whoever reads it; not yet a member where even that could not be found out. */
type ShowContext = Context & Pick<ActionContext, "reader" | "place"> & Partial<Pick<ActionContext, "actor">>;

export interface Showing {
  readonly ctx: ShowContext;
  readonly platform: Platform;
  readonly update: Update;
  /** Opened in private when the answer can't be written there: the answer itself where something was done, else the call. */
  readonly reopens?: "answer" | Call;
  /** When it was asked for (epoch ms), where it had to wait. */
  readonly asked?: number | undefined;
}

/** @returns the message that the caller sees, where the platform tells it. */
export async function show(
  showing: Showing,
  shown: View,
  reader: Reader = showing.ctx.reader,
): Promise<MessageRef | undefined> {
  const { update, platform, ctx } = showing;
  const view = withWhen(shown, ctx.clock, showing.asked, reader);
  const pressed = update.deed.kind === "press";
  try {
    if (pressed && view.brief) {
      const [message] = platform.capabilities.ephemeral ? await fitted(ctx, platform, view, reader) : [];
      const words = firstWords(spelledFor(ctx, platform, view, reader), reader);
      await update.reply.notice(words, message, view.brief === "refusal");
      return undefined;
    }
    const messages = await fitted(ctx, platform, view, reader, placeApart(showing, view));
    const replaced = pressed && view.replaces;
    const write = replaced ? update.reply.replace : update.reply.show;
    try {
      return await writeAll(showing, view, reader, messages, write, replaced);
    } finally {
      await showElsewhere(showing, view, reader, messages);
    }
  } catch (error) {
    if (!isUnreachable(error) || update.place.kind === "direct") throw error;
    await sayHowToReach(showing, view);
    return undefined;
  }
}

type Write = Reply["show"];

/** The place that a private answer is about, where it is shown apart from it. */
function placeApart({ ctx, update, platform }: Showing, { audience }: View) {
  const { place } = ctx;
  if (place?.kind !== "channel" || audience === "channel") return undefined;
  return platform.capabilities.ephemeral && isSame(place, update.place) ? undefined : place;
}

async function writeAll(
  { ctx, platform }: Showing,
  { live }: View,
  reader: Reader,
  messages: readonly Fitted[],
  write: Write,
  replaced = false,
): Promise<MessageRef | undefined> {
  let ref: MessageRef | undefined;
  for (const message of messages) ref = await write(message);
  if (live && ref && platform.capabilities.edits)
    await keepCurrent(ctx, live, ref, reader, replaced).catch((error) => ctx.log.warn({}, "a card is behind", error));
  return ref;
}

/** What is for everybody and was asked for elsewhere is shown there too. The deed is done and answered, should that fail. */
async function showElsewhere(showing: Showing, view: View, reader: Reader, messages: readonly Fitted[]): Promise<void> {
  const { ctx, platform, update } = showing;
  const { place } = ctx;
  if (view.audience !== "channel" || !place || isSame(place, update.place)) return;
  await writeAll(showing, view, reader, messages, (message) => platform.send(place, message)).catch((error) =>
    ctx.log.warn({ channel: place.channel }, "a view could not be shown where it was asked for", error),
  );
}

export const isSame = (one: Address, other: Address) => one.channel === other.channel && one.thread === other.thread;

const isUnreachable = (error: unknown) => ["blocked", "unreachable"].includes(reasonOf(error));

function firstWords(view: View, reader: Reader): string {
  const first = view.body?.[0];
  return plain(view.title ?? (first && "paragraph" in first ? first.paragraph : ""), reader);
}

/** The private answer could not be written: says so in the place, with a link that opens it in private. */
async function sayHowToReach(showing: Showing, unread: View): Promise<void> {
  const { ctx, platform, update } = showing;
  const t = chatTexts(ctx.reader);
  const url = platform.openPrivately(await payloadFor(showing, unread));
  const view: View = url
    ? { ...note(t.answerPrivately), audience: "channel", buttons: [[{ label: t.openPrivately, url }]] }
    : {
        ...note(showing.reopens === "answer" ? t.doneUnread(platform.name) : t.notDone(platform.name)),
        audience: "channel",
      };
  for (const message of await fitted(ctx, platform, view, ctx.reader))
    await (url ? askToOpen(ctx, platform, update, message) : update.reply.show(message));
}

async function payloadFor({ ctx, update, reopens }: Showing, unread: View): Promise<string> {
  const { actor } = ctx;
  if (reopens === "answer") return actor ? `open-${await keepView({ ...ctx, actor }, unread)}` : "hello";
  return reopens ? `open-${await storeCall(ctx, reopens, update.place)}` : "hello";
}
