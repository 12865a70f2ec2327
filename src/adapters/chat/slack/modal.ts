// A form as Slack's modal, what it keeps in mind while it is open, and its button where it can't be opened.
import type { InputBlock, KnownBlock, ModalView } from "@slack/types";
import { z } from "zod";
import { just, maybe } from "../../../core/plain-shapes.ts";
import type { Fitted, FittedField, FittedForm } from "../../../core/ports/platform.ts";
import { cutTo, cutToWord, type Reader } from "../../../core/text.ts";
import { label } from "./render.ts";
import { clean } from "./rich-text.ts";
import { slackTexts } from "./texts.ts";

const modalLimits = {
  title: 24,
  label: 2000,
  hint: 2000,
  input: 3000,
  option: 75,
  value: 150,
  options: 100,
};

/** Where the answer to a form belongs: a modal knows of no channel itself. Kept by Slack, seen by nobody. */
export const Origin = z.object({
  /** The form's own data. */
  data: just.string,
  channel: maybe.string,
  thread: maybe.string,
  direct: maybe.boolean,
  /** It was opened in the App Home, and is answered there. */
  home: maybe.boolean,
  title: maybe.string,
  /** Answers to the caller alone can be posted there, until then (epoch ms). */
  respond: maybe.string,
  until: z.number().optional(),
});
export type Origin = z.infer<typeof Origin>;

const callbackOfForms = "form";

export function modalOf(form: FittedForm, reader: Reader, origin: Omit<Origin, "data">): ModalView {
  const t = slackTexts(reader);
  return {
    type: "modal",
    callback_id: callbackOfForms,
    private_metadata: JSON.stringify({ ...origin, data: form.data } satisfies Origin),
    title: label(cutToWord(form.title, modalLimits.title), modalLimits.title),
    submit: label(t.send, modalLimits.title),
    close: label(t.cancel, modalLimits.title),
    blocks: form.fields.flatMap((field) => [...problemOf(field), inputOf(field, reader)]),
  };
}

/** What was wrong with the last answer stands above its question. */
function problemOf({ problem }: FittedField): KnownBlock[] {
  if (problem === undefined) return [];
  return [{ type: "section", text: label(`⚠️ ${problem}`, modalLimits.label) }];
}

function inputOf(field: FittedField, reader: Reader): InputBlock {
  const choices = distinct(field.kind === "boolean" ? truths(reader) : field.choices);
  return {
    type: "input",
    block_id: field.name,
    optional: !field.required,
    label: label(field.label, modalLimits.label),
    ...(field.hint && { hint: label(field.hint, modalLimits.hint) }),
    element: choices.length ? selectOf(field, choices) : textOf(field),
  };
}

const truths = (reader: Reader) => {
  const t = slackTexts(reader);
  return [
    { value: "yes", label: t.yes },
    { value: "no", label: t.no },
  ];
};

function selectOf({ name, value }: FittedField, choices: FittedField["choices"]): InputBlock["element"] {
  const options = choices
    .slice(0, modalLimits.options)
    .map((choice) => ({ text: label(choice.label, modalLimits.option), value: choice.value }));
  const chosen = options.find((option) => option.value === value);
  return { type: "static_select", action_id: name, options, ...(chosen && { initial_option: chosen }) };
}

/** Values that Slack takes; one that is too long can't be chosen. */
function distinct(choices: FittedField["choices"]): FittedField["choices"] {
  const seen = new Set<string>();
  return choices.filter(({ value }) => {
    const fits = value.length > 0 && value.length <= modalLimits.value && clean(value) === value && !seen.has(value);
    seen.add(value);
    return fits;
  });
}

function textOf({ name, value, kind, maxLength = modalLimits.input }: FittedField): InputBlock["element"] {
  const most = Math.min(Math.max(1, maxLength), modalLimits.input);
  const before = value === undefined ? "" : cutTo(clean(value), most);
  return {
    type: "plain_text_input",
    action_id: name,
    max_length: most,
    ...(kind === "text" && most > 500 && { multiline: true }),
    ...(before !== "" && { initial_value: before }),
  };
}

/** The form behind a button, for who can't be shown it now. */
export function offered(view: Fitted): Fitted {
  const { form, ...rest } = view;
  if (!form) return view;
  const button = { label: slackTexts(view.reader).open, data: form.data, style: "primary" } as const;
  return { ...rest, buttons: [[button], ...view.buttons] };
}
