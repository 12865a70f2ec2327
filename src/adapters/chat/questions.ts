// Forms where there are no modals: one question at a time, kept in the store, answered by the next line.
import { type OpenQuestion, openQuestions, questionLifetime } from "../../core/conversations/read.ts";
import { patch, remove, upsert } from "../../core/kernel/change.ts";
import type { ActionContext } from "../../core/kernel/house.ts";
import type { Capabilities, MessageRef, Update } from "../../core/ports/platform.ts";
import { rich, type Text } from "../../core/text.ts";
import type { Button, Call, Form, FormField, View } from "../../core/view.ts";
import { chatTexts } from "./texts.ts";

type Can = Pick<Capabilities, "ephemeral">;

/** Private questions are asked, and answered, in the direct chat where a channel has no private answers. */
export const isAskedHere = ({ place }: Update, { ephemeral }: Can): boolean => place.kind === "direct" || ephemeral;

/** Whose question it is: one person's in the conversation that they are asked in. */
export function askedOf({ place, conversation, account }: Update, can: Can): string {
  const where = place.kind === "channel" && can.ephemeral ? conversation : "";
  return `${place.platform}:${where}:${account?.workspace ?? ""}:${account?.userId ?? ""}`;
}

/** Asks the first of the form's questions; the others come when the call is made again with its answer. */
export async function askFirst(ctx: ActionContext, asked: string, form: Form, problem?: Text): Promise<View> {
  const field = form.fields[0]!;
  const state = {
    action: form.call.action,
    input: { ...form.call.input },
    field: field.name,
    place: ctx.place,
    message: undefined,
    expiresAt: ctx.clock.now() + questionLifetime,
  };
  await ctx.store.commit([upsert(openQuestions, { asked }, { id: ctx.secrets.id(), asked, ...state }, state)]);
  return questionView(ctx, form, field, problem);
}

/** Keeps in mind which message asks: only its own buttons lead back to where the call was made. */
export async function askedBy(ctx: ActionContext, asked: string, { channel, message }: MessageRef): Promise<void> {
  const question = await openQuestion(ctx, asked);
  if (question) await ctx.store.commit([patch(openQuestions, question, { message: { channel, message } })]);
}

export const isAskedBy = ({ message: asking }: OpenQuestion, pressed: MessageRef | undefined): boolean =>
  asking !== undefined && asking.channel === pressed?.channel && asking.message === pressed.message;

/** More buttons under one another than this are no help: the answer can be written. */
const mostChoices = 10;

function questionView(ctx: ActionContext, form: Form, field: FormField, problem?: Text): View {
  const t = chatTexts(ctx.reader);
  const answering = (label: string, value: unknown): Button => ({
    label,
    call: answered(form.call, field.name, value),
  });
  const choices =
    field.kind === "boolean"
      ? [answering(t.yes, true), answering(t.no, false)]
      : (field.choices ?? []).slice(0, mostChoices).map(({ label, value }) => answering(label, value));
  return {
    title: form.title,
    body: [...(problem ? [{ paragraph: rich(problem) }] : []), { paragraph: field.label(ctx.reader) }],
    footer: t.howToLeave,
    buttons: [...choices, ...(field.required ? [] : [answering(t.leaveOut, "")])].map((choice) => [choice]),
  };
}

const answered = (call: Call, field: string, value: unknown): Call => ({
  action: call.action,
  input: { ...call.input, [field]: value },
});

export async function openQuestion(
  ctx: Pick<ActionContext, "store" | "clock">,
  asked: string,
): Promise<OpenQuestion | undefined> {
  const question = await ctx.store.getBy(openQuestions, { asked });
  return question && question.expiresAt > ctx.clock.now() ? question : undefined;
}

/** The call that an answer to the question makes. */
export const callAnswering = (question: OpenQuestion, answer: string): Call =>
  answered({ action: question.action, input: question.input }, question.field, answer);

export const closing = (question: OpenQuestion) => remove(openQuestions, question.id);
