// What people say to each other: carried where their channel is part of a bridge, and otherwise not even noted.
import { hearTalk, spotAt } from "../../core/bridge/read.ts";
import { isStoreAway } from "../../core/errors.ts";
import type { Context } from "../../core/kernel/house.ts";
import { reopen } from "../../core/notifications/read.ts";
import type { Capabilities, Deed, Update } from "../../core/ports/platform.ts";
import type { Acquaintances } from "./acquaintances.ts";
import { askedOf, isAskedHere, openQuestion } from "./questions.ts";

type Can = Pick<Capabilities, "ephemeral" | "formFields">;

const amongThem: ReadonlySet<Deed["kind"]> = new Set(["edited", "deleted", "reacted", "cleared"]);

/** Whether it is for each other, and none of PeerSpark's business: no command, no answer to its question. */
export async function isTalk(ctx: Context, update: Update, can: Can): Promise<boolean> {
  const { deed, place } = update;
  if (place.kind === "direct") return false;
  if (amongThem.has(deed.kind)) return true;
  if (deed.kind !== "text" || /^\s*\//.test(deed.text)) return false;
  if (deed.addressed) return false;
  return !(await isAnswer(ctx, update, can));
}

/** Questions are asked one at a time only where there are no forms. */
const isAnswer = async (ctx: Context, update: Update, can: Can): Promise<boolean> =>
  can.formFields === 0 && isAskedHere(update, can) && (await openQuestion(ctx, askedOf(update, can))) !== undefined;

/** Nobody spoke to PeerSpark, though it may wait for an answer. */
export const isOverheard = ({ deed }: Update): boolean =>
  amongThem.has(deed.kind) || (deed.kind === "text" && !deed.addressed);

/** Whether what is overheard is talk in a place without a bridge: it costs cached reads, and nothing is kept of it. */
async function isUnheard(ctx: Context, update: Update, can: Can): Promise<boolean> {
  const { place, account } = update;
  if ((await spotAt(ctx.store, place)) || !(await isTalk(ctx, update, can))) return false;
  if (account) await reopen(ctx, account, place);
  return true;
}

/** The same while the store can't be asked, as it was there when it could. @param update overheard. */
export async function isUnheardAt(known: Acquaintances, ctx: Context, update: Update, can: Can): Promise<boolean> {
  try {
    const unheard = await isUnheard(ctx, update, can);
    known.noteSilence(update.place, unheard);
    return unheard;
  } catch (error) {
    if (isStoreAway(error) && known.isSilent(update.place)) return true;
    throw error;
  }
}

export async function carry(ctx: Context, { deed, place, account }: Update): Promise<void> {
  if (account) await reopen(ctx, account, place);
  const spot = await spotAt(ctx.store, place);
  if (spot) await hearTalk(ctx, spot, deed, account);
}
