// What somebody did, as the call it makes or the word it deserves.
import type { OpenQuestion } from "../../core/conversations/read.ts";
import { greetingView, nearestCommand } from "../../core/help/read.ts";
import type { ActionContext } from "../../core/kernel/house.ts";
import { lacksZone } from "../../core/members/read.ts";
import type { Capabilities, Deed, Place, Update } from "../../core/ports/platform.ts";
import { type Call, type Form, note, type View } from "../../core/view.ts";
import { callBehind, isOfForm, storedCall } from "./button-data.ts";
import { type CommandTable, isOurs, type Understood, understand } from "./commands.ts";
import { formFromMessage } from "./from-message.ts";
import { keptView } from "./kept-view.ts";
import { askedOf, callAnswering, closing, isAskedBy, isAskedHere, openQuestion } from "./questions.ts";
import { chatTexts } from "./texts.ts";

export type Meaning =
  | {
      readonly kind: "call";
      readonly call: Call;
      /** The fields that were asked for: what is wrong with one of them is asked again. */
      readonly answers?: readonly string[];
      /** Where it was asked for, if not here. */
      readonly place?: Place;
      /** The open question that is over with it. */
      readonly question?: OpenQuestion;
    }
  | { readonly kind: "ask"; readonly form: Form }
  | {
      readonly kind: "say";
      readonly view: View;
      /** Where it was asked for, if not here. */
      readonly place?: Place;
    }
  | { readonly kind: "nothing" };

const nothing: Meaning = { kind: "nothing" };

type Can = Pick<Capabilities, "ephemeral">;

export async function interpret(ctx: ActionContext, table: CommandTable, update: Update, can: Can): Promise<Meaning> {
  const { deed } = update;
  if (deed.kind === "text") return interpretText(ctx, table, update, can, deed);
  if (deed.kind === "command") {
    const form = deed.shortcut && (await formFromMessage(ctx, deed.call));
    return form ? { kind: "ask", form } : { kind: "call", call: deed.call };
  }
  if (deed.kind === "submit") return interpretSubmit(ctx, deed.data, deed.answers);
  if (deed.kind === "start") return interpretStart(ctx, deed.payload);
  if (deed.kind !== "press") return nothing;
  const behind = await callBehind(ctx, deed.data);
  if (behind) {
    const { call, place } = behind;
    const question = await superseded(ctx, update, can, call);
    const asked = question && isAskedBy(question, update.reply.source);
    const answers = isOfForm(deed.data) ? Object.keys(call.input) : undefined;
    return { kind: "call", call, answers, question, place: asked ? question.place : place };
  }
  return say({ ...note(chatTexts(ctx.reader).staleButton), brief: "refusal" });
}

async function interpretSubmit(ctx: ActionContext, data: string, answers: Readonly<Record<string, string>>) {
  const behind = await callBehind(ctx, data);
  if (!behind) return say(note(chatTexts(ctx.reader).staleButton));
  const { call, place } = behind;
  // What was left blank is not said, in the place of what the call came with.
  const input = Object.entries({ ...call.input, ...answers }).filter(([, value]) => !isBlank(value));
  return {
    kind: "call",
    call: { ...call, input: Object.fromEntries(input) },
    place,
    answers: Object.keys(answers),
  } as const;
}

/** A question is answered by its button too, and left when the same command is given anew. */
async function superseded(ctx: ActionContext, update: Update, can: Can, call: Call) {
  const question = await openQuestion(ctx, askedOf(update, can));
  return question?.action === call.action ? question : undefined;
}

const say = (view: View): Meaning => ({ kind: "say", view });

/** What people write who don't know that it begins with a slash. */
const leaving = /^(?:cancel|stop|quit|abbrechen|abbruch)[.!]?$/i;

async function left(ctx: ActionContext, question: OpenQuestion): Promise<Meaning> {
  await ctx.store.commit([closing(question)]);
  return say(note(chatTexts(ctx.reader).cancelled));
}

async function interpretText(
  ctx: ActionContext,
  table: CommandTable,
  update: Update,
  can: Can,
  deed: Extract<Deed, { kind: "text" }>,
): Promise<Meaning> {
  const text = deed.text.trim();
  const { addressed } = deed;
  const t = chatTexts(ctx.reader);
  const asked = askedOf(update, can);
  const typed = addressed && text.startsWith("/");
  if (typed && /^\/cancel\b/i.test(text)) {
    const question = await openQuestion(ctx, asked);
    return question ? left(ctx, question) : say(note(t.nothingOpen));
  }
  if (typed && !isKnown(table, deed)) return nothing;
  if (typed) {
    const meaning = meaningOf(ctx, understand(table, text.slice(1), update.named));
    if (meaning.kind === "say" && isAskedHere(update, can) && (await openQuestion(ctx, asked)))
      return say({ ...meaning.view, footer: t.stillOpen });
    if (meaning.kind !== "call") return meaning;
    return { ...meaning, question: await superseded(ctx, update, can, meaning.call) };
  }
  const question = isAskedHere(update, can) ? await openQuestion(ctx, asked) : undefined;
  if (question && leaving.test(text)) return left(ctx, question);
  if (question && text) {
    const { field, place } = question;
    return { kind: "call", call: callAnswering(question, text), answers: [field], place, question };
  }
  if (!addressed) return nothing;
  if (!text && isCalledByName(update)) return say(greetingTo(ctx));
  if (!text) return update.place.kind === "direct" ? say(note(t.hint)) : nothing;
  const understood = understand(table, text, update.named);
  if (understood.kind !== "unknown") return meaningOf(ctx, understood);
  return say(note(t.hint));
}

const greetingTo = ({ reader, actor, account }: ActionContext): View =>
  greetingView(reader, actor.displayName, account?.zone === undefined && lacksZone(actor));

/** Where another bot may be meant, it begins with a word of ours. */
export const isKnown = (table: CommandTable, { text, unnamed }: Extract<Deed, { kind: "text" }>): boolean =>
  !unnamed || isOurs(table, text.trim().slice(1));

/** And nothing said: a reply, or a file in a direct chat, may have no words either. */
const isCalledByName = ({ place, deed }: Update) => place.kind === "channel" && deed.kind === "text" && !deed.talk;

function meaningOf(ctx: ActionContext, understood: Understood): Meaning {
  const t = chatTexts(ctx.reader);
  if (understood.kind === "area")
    return { kind: "call", call: { action: "help.show", input: { area: understood.area } } };
  if (understood.kind === "call")
    return understood.spare
      ? say(note(t.spare(understood.spare.slice(0, 100))))
      : { kind: "call", call: understood.call };
  const nearest = nearestCommand(ctx.house, understood.typed);
  const typed = understood.typed.slice(0, 60);
  if (!nearest) return say(note(t.unknown(typed)));
  const buttons = [[{ label: t.showMe, call: { action: "help.show", input: { area: nearest } } }]];
  return say({ body: [{ paragraph: t.unknown(typed) }, { paragraph: t.didYouMean(nearest) }], buttons });
}

/** `join-CODE` follows an invitation, `open-ID` opens in private what was asked in a channel; anything else is a greeting. */
async function interpretStart(ctx: ActionContext, payload: string): Promise<Meaning> {
  const [kind, ...rest] = payload.split("-");
  if (kind === "join" && rest[0]) return { kind: "call", call: { action: "pod.join", input: { pod: rest.join("-") } } };
  if (kind !== "open") return say(greetingTo(ctx));
  const kept = await keptView(ctx, rest.join("-"));
  if (kept) return { kind: "say", ...kept };
  const stored = await storedCall(ctx, rest.join("-"));
  return stored ? { kind: "call", ...stored } : say(greetingTo(ctx));
}

const isBlank = (value: unknown): boolean => typeof value === "string" && value.trim() === "";
