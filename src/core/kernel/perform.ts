// The one way into an action: parse, ask for what is missing, resolve references, authorise, run.
import type { z } from "zod";
import { AppError, type ErrorCode } from "../errors.ts";
import type { Reader, Sentence, Text } from "../text.ts";
import type { Call, Form, FormField, View } from "../view.ts";
import { NeedsField } from "./ask-more.ts";
import type { ActionContext, AnyAction, InputField, Reference } from "./house.ts";
import { choiceMeant } from "./input.ts";
import { mostSuggested } from "./likeliest.ts";
import { calledIn } from "./names.ts";
import { kernelTexts } from "./texts.ts";

export type Performed =
  | { readonly kind: "done"; readonly outcome: unknown; readonly view: View }
  | { readonly kind: "incomplete"; readonly form: Form };

/** @throws AppError; nothing has changed then. */
export async function perform(ctx: ActionContext, call: Call): Promise<Performed> {
  const action = ctx.house.actions.get(call.action);
  if (!action) throw new AppError("not_found", kernelTexts.say("noAction"));
  try {
    return await attempt(ctx, action, call);
  } catch (error) {
    if (!(error instanceof NeedsField)) throw error;
    return { kind: "incomplete", form: await formForMore(ctx, action, call, error) };
  }
}

/** @throws NeedsField for what must be asked for once more, AppError for what no answer mends. */
async function attempt(ctx: ActionContext, action: AnyAction, call: Call): Promise<Performed> {
  const missing = action.fields.filter((field) => field.required && isBlank(call.input[field.name]));
  if (missing.length) {
    const known = await resolve(ctx, action, parseGiven(action, call.input, missing));
    const hindrance = await action.before?.(ctx, known);
    if (hindrance !== undefined) return { kind: "done", outcome: hindrance, view: action.view(hindrance, ctx.reader) };
    const form = await formFor(ctx, action, call, missing);
    return { kind: "incomplete", form: { ...form, further: furtherOf(ctx.reader, action, call) } };
  }
  const parsed = parse(action, call.input);
  const input = action.fields.length > 0 ? await resolve(ctx, action, parsed) : parsed;
  if (action.who !== "member") await action.who.check(ctx, input);
  const outcome = await action.run(ctx, input);
  return { kind: "done", outcome, view: action.view(outcome, ctx.reader) };
}

/** The form of a field that was given wrongly or that `run` asked for; its answer stays in the call, to be shown and said again. */
export async function formForMore(ctx: ActionContext, action: AnyAction, call: Call, { field, more }: NeedsField) {
  const wanted = action.fields.filter((candidate) => candidate.name === field);
  if (wanted.length === 0) throw new Error(`${action.name} needs ${field}, which is no field of its input`);
  const input = { ...call.input, ...more.given };
  const unusable = input[field];
  const form = await formFor(ctx, action, { action: call.action, input }, wanted);
  return {
    ...form,
    fields: form.fields.map((one) => ({
      ...one,
      required: !more.optional,
      label: more.question ?? one.label,
      ...(more.choices && { choices: more.choices, open: false }),
      ...(isBlank(unusable) ? {} : { value: String(unusable) }),
      problem: more.problem?.(ctx.reader),
    })),
  };
}

const isBlank = (value: unknown) => value === undefined || value === null || value === "";

/** Questions for the missing fields, each with the answers there are to pick from. @throws AppError where there are none. */
export async function formFor(
  ctx: ActionContext,
  action: AnyAction,
  call: Call,
  missing: readonly InputField[],
): Promise<Form> {
  const fields = missing.map(async (field) =>
    field.reference
      ? { ...asked(ctx.reader, field), ...(await answersTo(ctx, field.reference)) }
      : asked(ctx.reader, field),
  );
  return { call, title: (action.title ?? action.summary)?.(ctx.reader) ?? "", fields: await Promise.all(fields) };
}

const asked = ({ language }: Reader, field: InputField): FormField => ({
  name: field.name,
  label: field.ask ?? (() => field.name),
  ...(field.askBeside && { labelBeside: field.askBeside }),
  kind: field.kind,
  required: field.required,
  choices: field.choices.map((choice) => ({ value: choice, label: calledIn(language, "choices", choice) })),
  maxLength: field.kind === "integer" ? mostDigits : field.maxLength,
});

const mostDigits = 15;

/** What the call may say besides. Entities are not among it: they are asked for where they can't be told from the place. */
export const furtherOf = (reader: Reader, action: AnyAction, { input }: Call): FormField[] =>
  action.fields
    .filter(({ name, ask, required, reference }) => ask && !required && !reference && isBlank(input[name]))
    .map((field) => asked(reader, field));

async function answersTo(ctx: ActionContext, reference: Reference<unknown>) {
  const answers = await reference.suggest(ctx, "");
  if (reference.none && answers.length === 0) throw new AppError("not_found", reference.none);
  return { choices: answers, open: reference.open ?? answers.length >= mostSuggested };
}

type Input = Readonly<Record<string, unknown>>;

function parse(action: AnyAction, raw: Input): Record<string, unknown> {
  const result = action.input.safeParse(givenIn(action, raw));
  if (result.success) return result.data as Record<string, unknown>;
  throw invalid(action, result.error.issues[0]!);
}

/** What is given must be right before the rest is asked for: an answer is found wrong at once, not after the last. */
function parseGiven(action: AnyAction, raw: Input, missing: readonly InputField[]): Record<string, unknown> {
  const given = givenIn(action, raw);
  const lacking = new Set<unknown>(missing.map(({ name }) => name));
  const issues: readonly z.core.$ZodIssue[] = action.input.safeParse(given).error?.issues ?? [];
  const issue = issues.find(({ path }) => !lacking.has(path[0]));
  if (issue) throw invalid(action, issue);
  return given;
}

function givenIn(action: AnyAction, raw: Input): Record<string, unknown> {
  const given = action.fields.filter(({ name }) => !isBlank(raw[name]));
  return Object.fromEntries(given.map((field) => [field.name, coerce(field, raw[field.name])]));
}

/** What a person can be asked for is asked for again; it stands beside its question, so the sentence does not name it. */
function invalid(action: AnyAction, issue: z.core.$ZodIssue): NeedsField | AppError {
  const key = String(issue.path[0] ?? "");
  const field = action.fields.find(({ name }) => name === key);
  if (field?.ask) return new NeedsField(key, { problem: problem(field, issue), optional: !field.required });
  return new AppError("invalid", problem(field, issue, key), { detail: { key } });
}

/** Text from a chat becomes the number, the truth or the choice that the field takes. */
function coerce(field: InputField, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (field.kind === "integer" && /^\s*-?\d{1,15}\s*$/.test(value)) return Number(value);
  if (field.kind === "boolean" && /^(yes|true|on|ja|an|1)$/i.test(value.trim())) return true;
  if (field.kind === "boolean" && /^(no|false|off|nein|aus|0)$/i.test(value.trim())) return false;
  if (field.kind === "choice") return choiceMeant(field, value) ?? value;
  return value;
}

const namesOf = ({ choices }: InputField, { language }: Reader) =>
  choices.map((choice) => calledIn(language, "choices", choice));

/** @param name of the field, where nothing else says which it is. */
function problem(field: InputField | undefined, issue: z.core.$ZodIssue, name?: string): Sentence {
  const say = kernelTexts.say;
  if (issue.code === "custom" && typeof issue.params?.sentence === "function") return issue.params.sentence as Sentence;
  if (field?.kind === "choice")
    return (reader) => kernelTexts(reader).oneOf({ field: name, choices: namesOf(field, reader).join(", ") });
  if (field?.kind === "integer" && issue.code === "invalid_type") return say("number", name);
  if (issue.code === "too_big") {
    const most = Number(issue.maximum) - (issue.inclusive === false ? 1 : 0);
    return field?.kind === "integer" ? say("tooBig", { field: name, most }) : say("tooLong", { field: name, most });
  }
  if (issue.code === "too_small") {
    const least = Number(issue.minimum) + (issue.inclusive === false ? 1 : 0);
    if (field?.kind === "integer") return say("tooSmall", { field: name, least });
    return least <= 1 ? say("required", name) : say("tooShort", { field: name, least });
  }
  return say("malformed", name);
}

/** Puts entities in the place of what names them. */
async function resolve(ctx: ActionContext, action: AnyAction, parsed: Record<string, unknown>) {
  for (const field of action.fields) {
    const named = parsed[field.name];
    if (!field.reference || typeof named !== "string") continue;
    parsed[field.name] = await field.reference.find(ctx, named).catch((error) => refuse(ctx, error, field, named));
  }
  return parsed;
}

/** Another answer may help against these. */
const answerable: ReadonlySet<ErrorCode> = new Set(["invalid", "not_found", "conflict"]);

/** Of several that are meant as well one can be picked; else it is said which field it was, so that a form can ask again. */
async function refuse(ctx: ActionContext, error: unknown, field: InputField, named: string): Promise<never> {
  if (!(error instanceof AppError) || !answerable.has(error.code)) throw error;
  const key = field.name;
  const choices = error.code === "conflict" && field.ask ? await field.reference!.suggest(ctx, named) : [];
  if (choices.length > 1) throw new NeedsField(key, { problem: error.sentence, choices });
  throw new AppError(error.code, error.sentence, { cause: error, detail: { ...error.detail, key } });
}

/** The sentence of an error for its reader; what was not expected is told by the number of its log lines. */
export function sentenceOf(error: unknown, ctx: Pick<ActionContext, "reader" | "correlation">): Text {
  const say = error instanceof AppError ? error.sentence : kernelTexts.say("failed", ctx.correlation);
  return say(ctx.reader);
}
