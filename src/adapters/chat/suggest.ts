// Answers that fit what somebody is typing into an option of a command.
import { isStoreAway } from "../../core/errors.ts";
import type { ActionContext, Context } from "../../core/kernel/house.ts";
import { likeliest } from "../../core/kernel/likeliest.ts";
import { calledIn } from "../../core/kernel/names.ts";
import { meet, nearestLanguage } from "../../core/members/read.ts";
import type { Typing } from "../../core/ports/platform.ts";

export interface Suggestion {
  readonly value: string;
  readonly label: string;
}

/** None after a failure: the person can write it out, and what they write is looked up then. */
export async function suggest(house: Omit<Context, "correlation">, typing: Typing): Promise<readonly Suggestion[]> {
  const { account, place, action, field, typed } = typing;
  const asked = house.house.actions.get(action)?.fields.find(({ name }) => name === field);
  if (!asked) return [];
  const language = nearestLanguage(account.language);
  const called = (choice: string) => calledIn(language, "choices", choice);
  const choices = () => likeliest(asked.choices, typed, (choice) => [choice, called(choice)]);
  if (!asked.reference) return choices().map((choice) => ({ value: choice, label: called(choice) }));
  const ctx: Context = { ...house, correlation: house.secrets.id() };
  try {
    const actor = await meet(ctx, account);
    const reader = { language: actor.language, zone: actor.timezone, platform: place.platform };
    const asking: ActionContext = { ...ctx, actor, reader, place, account };
    return await asked.reference.suggest(asking, typed);
  } catch (error) {
    if (!isStoreAway(error)) house.log.warn({ action, field }, "nothing could be suggested", error);
    return [];
  }
}
