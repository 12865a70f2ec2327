// What a button carries: the call itself where it fits, else the id of a stored call that cannot be guessed.

import { storedCalls } from "../../core/conversations/read.ts";
import { isConflict } from "../../core/errors.ts";
import { insert, patch } from "../../core/kernel/change.ts";
import type { Context, House } from "../../core/kernel/house.ts";
import type { Place } from "../../core/ports/platform.ts";
import type { Call } from "../../core/view.ts";

type Needs = Pick<Context, "house" | "store" | "secrets" | "clock">;
const storedMark = "~";
/** In front of what a form carries: pressed, it is opened again, with what was answered and what is wrong with it. */
const formMark = "?";
export const isOfForm = (data: string): boolean => data.startsWith(formMark);

/** `event.rsvp|01j…|going`: the values in the order of the action's fields. Undefined when it takes more than `bytes`. */
function inline(house: House, call: Call, bytes: number): string | undefined {
  const fields = house.actions.get(call.action)?.fields ?? [];
  const values = fields.map((field) => call.input[field.name] ?? "");
  if (values.some((value) => typeof value === "object")) return undefined;
  const data = [call.action, ...values.map((value) => escaped(String(value)))].join("|").replace(/\|+$/, "");
  return data.length <= bytes && Buffer.byteLength(data) <= bytes ? data : undefined;
}

const escaped = (value: string) => value.replace(/[%|]/g, (mark) => (mark === "%" ? "%25" : "%7C"));
const unescaped = (value: string) => value.replace(/%25|%7C/g, (mark) => (mark === "%25" ? "%" : "|"));

/** Collects the calls of one view that have to be stored before it is shown. */
export interface ButtonData {
  /**
   * @param here whether it acts in the place that the view was asked for in
   * @param ofForm whether it opens a form
   */
  of(call: Call, here?: boolean, ofForm?: boolean): string;
  /** Resolves when every button handed out leads somewhere. */
  stored(): Promise<unknown> | undefined;
}

/** @param place where the view was asked for, if it may be shown elsewhere: buttons that act there carry it along. */
export function buttonData(ctx: Needs, bytes: number, place?: Place): ButtonData {
  const pending = new Map<string, { readonly call: Call; readonly place?: Place }>();
  return {
    of(call, here, ofForm) {
      const mark = ofForm ? formMark : "";
      const from = here ? place : undefined;
      const fits = from ? undefined : inline(ctx.house, call, bytes - mark.length);
      if (fits) return mark + fits;
      const id = storedCallId(ctx, call, from);
      pending.set(id, { call, ...(from && { place: from }) });
      return mark + storedMark + id;
    },
    stored: () =>
      pending.size > 0
        ? Promise.all([...pending].map(([id, { call, place: from }]) => keepCall(ctx, id, call, from)))
        : undefined,
  };
}

/** Once older than this (ms), a call that is shown again starts its life anew, long before the sweep would forget it. */
const freshFor = 200 * 24 * 3600_000;

/** The same call always has the same id, so showing a card again stores nothing new. */
const storedCallId = (ctx: Pick<Needs, "secrets">, call: Call, place?: Place) =>
  ctx.secrets.sign(
    `call:${call.action}:${JSON.stringify(call.input)}${place ? `:${JSON.stringify([place.platform, place.channel, place.thread])}` : ""}`,
    32,
  );

/** @param place where it was made: there it will be called again, from wherever. */
export async function storeCall(ctx: Needs, call: Call, place: Place): Promise<string> {
  const id = storedCallId(ctx, call, place);
  await keepCall(ctx, id, call, place);
  return id;
}

async function keepCall(ctx: Needs, id: string, { action, input }: Call, place?: Place): Promise<void> {
  const at = ctx.clock.now();
  const known = await ctx.store.get(storedCalls, id);
  if (known && known.at > at - freshFor) return;
  const keeping = known ? patch(storedCalls, known, { at }) : insert(storedCalls, { id, action, input, place, at });
  await ctx.store.commit([keeping]).catch((error) => {
    if (!isConflict(error)) throw error;
  });
}

export async function storedCall(
  ctx: Pick<Needs, "store">,
  id: string,
): Promise<{ readonly call: Call; readonly place?: Place } | undefined> {
  const row = /^[0-9a-f]{32}$/.test(id) ? await ctx.store.get(storedCalls, id) : undefined;
  return row && { call: { action: row.action, input: row.input }, place: row.place };
}

/** Undefined for what no button of ours ever carried. */
export async function callBehind(
  ctx: Pick<Needs, "house" | "store">,
  carried: string,
): Promise<Awaited<ReturnType<typeof storedCall>>> {
  const data = isOfForm(carried) ? carried.slice(formMark.length) : carried;
  if (data.startsWith(storedMark)) return storedCall(ctx, data.slice(storedMark.length));
  const [action = "", ...values] = data.split("|");
  const fields = ctx.house.actions.get(action)?.fields;
  if (!fields || values.length > fields.length) return undefined;
  const given = values.flatMap((value, index) => (value === "" ? [] : [[fields[index]!.name, unescaped(value)]]));
  return { call: { action, input: Object.fromEntries(given) } };
}
