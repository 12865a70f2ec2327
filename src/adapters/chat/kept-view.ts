// Answers that could not be written in private, kept until their reader opens the link to them.
import { keptViews } from "../../core/conversations/read.ts";
import { insert } from "../../core/kernel/change.ts";
import type { ActionContext, Context } from "../../core/kernel/house.ts";
import { isId } from "../../core/kernel/short-code.ts";
import type { Place } from "../../core/ports/platform.ts";
import type { View } from "../../core/view.ts";

/** @returns the id that a link carries. A view with a form can't be kept, since its questions are functions. */
export async function keepView(
  {
    store,
    secrets,
    clock,
    actor,
    place,
  }: Pick<Context, "store" | "secrets" | "clock"> & Pick<ActionContext, "actor" | "place">,
  view: View,
): Promise<string> {
  const id = secrets.id();
  await store.commit([insert(keptViews, { id, memberId: actor.id, view: { ...view }, place, at: clock.now() })]);
  return id;
}

/** Undefined for everybody but whose answer it is: the link stands where others can press it too. */
export async function keptView(
  { store, actor }: Pick<ActionContext, "store" | "actor">,
  id: string,
): Promise<{ readonly view: View; readonly place?: Place } | undefined> {
  const row = isId(id) ? await store.get(keptViews, id) : undefined;
  return row?.memberId === actor.id ? { view: row.view as View, place: row.place } : undefined;
}
