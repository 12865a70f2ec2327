// What an update that has passed the gate becomes: a call, whose outcome is shown, or a word to whoever sent it.
import { AppError, isStoreAway } from "../../core/errors.ts";
import { NeedsField } from "../../core/kernel/ask-more.ts";
import type { ActionContext, Context } from "../../core/kernel/house.ts";
import { formForMore, type Performed, perform, sentenceOf } from "../../core/kernel/perform.ts";
import { accountKept, meet, nearestLanguage, type Profile } from "../../core/members/read.ts";
import { reopenKept } from "../../core/notifications/read.ts";
import { bindingAt, pods, podsAtHome, readerThere } from "../../core/pods/read.ts";
import type { Account, Place, Platform, Update } from "../../core/ports/platform.ts";
import { noteJoined, noteLeft, noteMoved, spaceIdOf, spaces } from "../../core/spaces/read.ts";
import { helloAgainView, installedView, welcomeView } from "../../core/spaces/views.ts";
import type { Reader } from "../../core/text.ts";
import { type Call, type Form, note, type View } from "../../core/view.ts";
import { type Acquaintances, readerBefore } from "./acquaintances.ts";
import { opened } from "./ask-to-open.ts";
import { backdated, isOldNews } from "./asked.ts";
import type { CommandTable } from "./commands.ts";
import { AlreadyHandled, type Passage } from "./gate.ts";
import { interpret, isKnown } from "./interpret.ts";
import { mentioning } from "./mentions.ts";
import { carry, isTalk } from "./overhear.ts";
import { askedBy, askedOf, askFirst, closing } from "./questions.ts";
import { isSame, type Showing, show } from "./show.ts";
import { chatTexts } from "./texts.ts";

export interface Handling {
  /** Commits without a word of the update: what merely makes somebody known must not count as its deed. */
  readonly ctx: Context;
  readonly table: CommandTable;
  readonly known: Acquaintances;
  readonly platform: Platform;
  readonly update: Update;
  readonly passage: Passage;
  readonly asked: number | undefined;
}

export async function handle({
  ctx: outside,
  table,
  known,
  platform,
  update,
  passage,
  asked,
}: Handling): Promise<void> {
  const { deed, place, account } = update;
  const ctx: Context = { ...outside, store: passage.store };
  if (deed.kind === "left") return noteLeft(ctx, place);
  if (deed.kind === "moved") return noteMoved(ctx, place, deed.to, deed.behind);
  if (deed.kind === "joined" && !account) return welcome(ctx, update, readerAt(platform, deed.language));
  if (await isTalk(ctx, update, platform.capabilities)) return carry(ctx, update);
  if (!account) return answerUnseen(ctx, table, platform, update);
  const actor = await acquaint(outside, account, place).catch((error) =>
    answerUnknown(outside, platform, update, error),
  );
  if (!actor) return;
  const menu = account.language === undefined ? undefined : nearestLanguage(account.language);
  const reader: Reader = { language: actor.language, zone: actor.timezone, platform: platform.name, menu };
  known.met(account, reader);
  const asking: ActionContext = { ...ctx, actor, reader, place, account };
  if (deed.kind === "joined") return welcome(asking, update, reader, actor.id);
  if (deed.kind === "start") await opened(outside, platform, account);
  const showing: Showing = { ctx: asking, platform, update, asked };
  try {
    const then = { ...asking, clock: backdated(ctx.clock, asked) };
    const meaning = await interpret(then, table, update, platform.capabilities);
    if (meaning.kind === "say")
      await show({ ...showing, ctx: { ...asking, place: meaning.place ?? place } }, meaning.view);
    if (meaning.kind === "ask") return await showForm({ ...showing, ctx: asking, passage, outside }, meaning.form);
    if (meaning.kind !== "call") return;
    const { call, answers, question, place: there = place } = meaning;
    if (question) passage.ride([closing(question)]);
    await answerCall({ ...showing, ctx: { ...asking, place: there }, passage, outside }, call, answers);
  } catch (error) {
    await apologise({ ...showing, reopens: passage.changed() ? "answer" : undefined }, error);
  }
}

/** A command of somebody who can't be seen is answered with what to do, in the place's own language. */
async function answerUnseen(ctx: Context, table: CommandTable, platform: Platform, update: Update): Promise<void> {
  const { deed, place } = update;
  if (deed.kind !== "text" || !deed.addressed || !isKnown(table, deed)) return;
  const reader = await readerThere(ctx, { platform: platform.name, space: place.space?.id ?? "" }, { timezone: "UTC" });
  const view: View = { ...note(chatTexts(reader).unseen), audience: "channel" };
  await show({ ctx: { ...ctx, reader, place }, platform, update }, view);
}

async function acquaint(ctx: Context, account: Account, place: Place): Promise<Profile> {
  const kept = await accountKept(ctx, account);
  if (kept?.closedAt !== undefined) await reopenKept(ctx, kept, place);
  return meet(ctx, account, kept);
}

/** Somebody waits for a word of PeerSpark's. */
export const isMeant = ({ deed }: Update): boolean =>
  deed.kind === "text" ? deed.addressed : ["press", "start", "command", "submit"].includes(deed.kind);

/** It failed before it was known whose it is. What was not meant for PeerSpark gets no word even so. */
export async function answerUnknown(ctx: Context, platform: Platform, update: Update, error: unknown): Promise<void> {
  const { account, place } = update;
  if (!account || !isMeant(update)) throw error;
  await apologise({ ctx: { ...ctx, reader: readerBefore(account), place }, platform, update }, error);
}

interface Answering extends Showing {
  readonly ctx: ActionContext;
  readonly passage: Passage;
  readonly outside: Context;
}

/** Where nobody is named who brought PeerSpark in, the place's own language is what they read. */
const readerAt = ({ name }: Platform, language: string | undefined): Reader => ({
  language: nearestLanguage(language),
  zone: "UTC",
  platform: name,
});

/** In the language of the space, which is that of who put PeerSpark there first. */
async function welcome(ctx: Context, { place }: Update, by: Reader, member?: string): Promise<void> {
  const known = await noteJoined(ctx, place, by.language, member);
  if (place.kind === "channel") {
    const reader = { ...by, language: known?.language ?? by.language };
    const atHome = await podsAtHome(ctx, place, known?.goneAt !== undefined);
    const hello = atHome.length ? helloAgainView(atHome, reader) : welcomeView(reader);
    await ctx.messenger.send(place, { ...hello, audience: "channel" }, reader);
  } else if (place.space && !known) await ctx.messenger.send(place, installedView(by, place.space.title), by);
}

async function answerCall(answering: Answering, given: Call, answers: readonly string[] = []): Promise<void> {
  const { ctx, passage, asked, update, outside } = answering;
  let call = given;
  let performed: Performed;
  try {
    call = await mentioning({ ...ctx, store: outside.store }, given, update.named);
    performed = await perform({ ...ctx, clock: backdated(ctx.clock, asked) }, call);
  } catch (error) {
    const field = error instanceof AppError ? error.detail.key : undefined;
    if (!field || !answers.includes(field)) throw error;
    return askAgain(answering, call, field, error as AppError);
  }
  if (performed.kind === "incomplete") return showForm(answering, performed.form);
  if (!passage.changed() && isOldNews(ctx.clock, asked)) return;
  const showing: Showing = { ...answering, reopens: passage.changed() ? "answer" : call };
  if (performed.view.audience !== "channel") return void (await show(showing, performed.view));
  const reader = await channelReader(ctx);
  await show(showing, ctx.house.actions.get(call.action)!.view(performed.outcome, reader), reader);
}

/** What everybody in a channel sees is in the language of its space and in its pod's time zone. */
async function channelReader({ store, place, reader }: ActionContext): Promise<Reader> {
  if (place?.kind !== "channel") return reader;
  const [space, binding] = await Promise.all([
    store.getBy(spaces, { platform: place.platform, externalId: spaceIdOf(place) }),
    bindingAt(store, place),
  ]);
  const pod = binding && (await store.get(pods, binding.podId));
  return { ...reader, ...(space && { language: space.language }), ...(pod && { zone: pod.timezone }) };
}

async function showForm(answering: Answering, form: Form): Promise<void> {
  const { ctx, platform, update, passage } = answering;
  const showing: Showing = { ...answering, reopens: form.call };
  if (platform.capabilities.formFields > 0) return void (await show(showing, viewOf(form, ctx.reader)));
  passage.ride([]);
  const asked = askedOf(update, platform.capabilities);
  const ref = await show(showing, await askFirst(ctx, asked, form, form.fields[0]?.problem));
  if (ref && ctx.place && !isSame(ref, ctx.place)) await askedBy(ctx, asked, ref);
}

/** What is asked, and what is wrong with an answer, is said beside the form too, for where it has to be offered by a button. */
function viewOf(form: Form, reader: Reader): View {
  const problems = form.fields.flatMap(({ problem, label }) =>
    problem === undefined ? [] : [{ paragraph: problem }, { paragraph: label(reader) }],
  );
  const asked = form.fields.map(({ label }) => ({ paragraph: label(reader) }));
  return { title: form.title, body: problems.length ? problems : asked, form };
}

/** The answer to a question was no good: says why and asks the same again. What had to be asked for can't be left out now. */
async function askAgain(answering: Answering, call: Call, field: string, { sentence }: AppError): Promise<void> {
  const { ctx } = answering;
  const action = ctx.house.actions.get(call.action)!;
  const form = await formForMore(ctx, action, call, new NeedsField(field, { problem: sentence }));
  await showForm(answering, form);
}

/** Every failure ends in a private sentence that says what to do next; an unexpected one is logged with its number. */
async function apologise(showing: Showing, error: unknown): Promise<void> {
  const { ctx } = showing;
  if (error instanceof AlreadyHandled || isStoreAway(error)) throw error;
  if (!(error instanceof AppError)) {
    ctx.log.error({}, "an action failed", error);
  } else if (error.code === "unavailable") ctx.log.warn({}, "an action could not be finished", error);
  await show(showing, { ...note(sentenceOf(error, ctx)), brief: "refusal" });
}
