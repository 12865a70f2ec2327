// A form as Discord's modal: each question a label with a text input or a select inside.
import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  TextInputStyle,
} from "discord-api-types/v10";
import type { FittedField, FittedForm } from "../../../core/ports/platform.ts";
import { cutTo, cutToWord, type Reader } from "../../../core/text.ts";
import { chatTexts } from "../texts.ts";
import { isInvisible, labelled } from "./render.ts";

const most = {
  title: 45,
  label: 45,
  description: 100,
  placeholder: 100,
  input: 4_000,
  options: 25,
  option: 100,
} as const;
/** An answer that may be longer than this gets a box of several lines. */
const longLine = 500;

export function renderForm(form: FittedForm, reader: Reader): APIModalInteractionResponseCallbackData {
  return {
    custom_id: form.data,
    title: labelled(form.title, most.title),
    components: form.fields.map((field) => asked(field, reader)),
  };
}

/** What is wrong with the last answer stands under the question, else the whole question where it is too long, else its hint. */
function asked(field: FittedField, reader: Reader): APILabelComponent {
  const question = isInvisible(field.label) ? field.name : field.label;
  const input = inputOf(field, reader);
  const hint = input.type === ComponentType.TextInput && input.placeholder ? "" : (field.hint ?? "");
  const below = field.problem ?? (question.length > most.label ? question : hint);
  return {
    type: ComponentType.Label,
    label: labelled(cutToWord(question, most.label), most.label),
    ...(!isInvisible(below) && { description: labelled(cutToWord(below, most.description), most.description) }),
    component: input,
  };
}

function inputOf(field: FittedField, reader: Reader): APIComponentInLabel {
  const choices = choicesOf(field, reader);
  if (choices.length === 0 || choices.length > most.options) return textInput(field);
  return {
    type: ComponentType.StringSelect,
    custom_id: field.name,
    required: field.required,
    min_values: field.required ? 1 : 0,
    options: choices.map(({ value, label }) => ({
      value,
      label: labelled(label, most.option),
      ...(value === field.value && { default: true }),
    })),
  };
}

/** None where one of them can't be an option: it is asked for in words then. */
function choicesOf({ kind, choices }: FittedField, reader: Reader): FittedField["choices"] {
  const { yes, no } = chatTexts(reader);
  if (kind === "boolean")
    return [
      { value: "true", label: yes },
      { value: "false", label: no },
    ];
  const fit = choices.every(({ value }) => value.length <= most.option && isPlain(value));
  return fit ? choices : [];
}

/** Comes back as it went out. */
const isPlain = (value: string) =>
  !isInvisible(value) && value === value.trim() && value.isWellFormed() && !/\p{Cc}/u.test(value);

function textInput({ name, required, maxLength, value = "", hint = "", kind }: FittedField): APIComponentInLabel {
  const longest = Math.min(Math.max(1, maxLength ?? most.input), most.input);
  const before = cutTo(value.toWellFormed().replaceAll("\0", ""), longest);
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: kind === "text" && (maxLength ?? 0) > longLine ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    max_length: longest,
    ...(!isInvisible(hint) && { placeholder: labelled(cutToWord(hint, most.placeholder), most.placeholder) }),
    ...(!isInvisible(before) && { value: before }),
  };
}
