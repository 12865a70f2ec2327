// A shortcut on somebody's message: its text fills a field, and the person is asked for what the text can't be trusted to say.

import type { ActionContext } from "../../core/kernel/house.ts";
import { formFor, furtherOf } from "../../core/kernel/perform.ts";
import { cutTo } from "../../core/text.ts";
import type { Call, Form } from "../../core/view.ts";

/** Undefined for an action that has no shortcut. */
export async function formFromMessage(ctx: ActionContext, call: Call): Promise<Form | undefined> {
  const action = ctx.house.actions.get(call.action);
  if (!action?.shortcut) return undefined;
  const { field, asks } = action.shortcut;
  const { [field]: said, ...given } = call.input;
  // A message may be longer than the field takes: the rest is left out, visibly.
  const most = action.fields.find(({ name }) => name === field)?.maxLength ?? Number.POSITIVE_INFINITY;
  const text = cutTo(typeof said === "string" ? said.trim() : "", most);
  const asked = action.fields.filter(({ name }) => name === asks || (name === field && !text));
  const input = text && asks !== field ? { ...given, [field]: text } : given;
  const form = await formFor(ctx, action, { action: action.name, input }, asked);
  const filled = (name: string) => (name === field && text ? { value: text } : {});
  return {
    ...form,
    further: furtherOf(ctx.reader, action, { action: action.name, input }).filter(
      ({ name }) => !asked.some((one) => one.name === name),
    ),
    fields: form.fields.map((one) => ({ ...one, ...filled(one.name), required: true })),
  };
}
