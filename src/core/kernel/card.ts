// Cards that stay current: which messages show what, and bringing them up to date when a fact changes it.
import { z } from "zod";
import { isClosed, isOutOfReach } from "../errors.ts";
import { just } from "../plain-shapes.ts";
import type { Address, MessageRef } from "../ports/platform.ts";
import type { Row, Store } from "../ports/store.ts";
import { type Language, languages, type Reader } from "../text.ts";
import type { Live, View } from "../view.ts";
import { asRaceFor, insert, patch, remove, untilSettled } from "./change.ts";
import { collection } from "./collection.ts";
import type { Card, Context, Listener } from "./house.ts";
import { pages, removeAll } from "./pages.ts";

/** A message that shows a card, and for whom it was worded. */
export const postedCards = collection(
  "posted_cards",
  z.object({
    card: just.string,
    subject: just.string,
    platform: just.string,
    channel: just.string,
    thread: just.string.default(""),
    message: just.string,
    language: z.enum(languages),
    zone: just.string,
    /** The revision of the subject that the message shows. */
    shown: just.int,
    /** The place is closed to us: it is not edited until that is over. */
    muted: just.boolean.default(false),
    /** The message stayed where nothing can be changed any more: what comes next is shown in a new one. */
    behind: just.boolean.default(false),
  }),
  { unique: [["platform", "channel", "message"]], indexes: [["card", "subject"]] },
);
type PostedCard = Row<typeof postedCards>;

const pageSize = 100;

/**
 * Keeps in mind that a message shows a card, and forgets older ones in the same place: the newest stays current.
 * True when the card may have moved on while the message was on its way.
 * @param replaced whether the message was there before, and may have shown it already.
 */
export async function rememberCard(
  ctx: Pick<Context, "store" | "secrets">,
  live: Live,
  ref: MessageRef,
  reader: Reader,
  replaced = false,
): Promise<boolean> {
  const { platform, channel, message, thread = "" } = ref;
  const state = {
    card: live.card,
    subject: live.id,
    thread,
    language: reader.language as Language,
    zone: reader.zone,
    shown: live.rev,
  };
  const key = { platform, channel, message };
  let look = replaced;
  const behind = await untilSettled(async () => {
    const known = look ? await ctx.store.getBy(postedCards, key) : undefined;
    look = true;
    const row = { id: ctx.secrets.id(), ...key, ...state };
    const change = known ? patch(postedCards, known, state) : insert(postedCards, row);
    await ctx.store.commit([change]).catch(asRaceFor(postedCards));
    return !known || known.shown > live.rev;
  });
  await forgetOlder(ctx.store, { card: live.card, subject: live.id, platform, channel, thread });
  return behind;
}

type Spot = Pick<PostedCard, "card" | "subject" | "platform" | "channel" | "thread">;

/** Ids go up with time, so two who post at once keep the same one. */
async function forgetOlder(store: Store, where: Spot): Promise<void> {
  const order = { field: "id", direction: "desc" } as const;
  const { rows } = await store.find(postedCards, { where, orderBy: order, limit: pageSize });
  if (rows.length > 1) await store.commit(rows.slice(1).map((row) => remove(postedCards, row.id)));
}

/** Lets go of the cards in a place whose subjects are among those that `leaves` picks. */
export async function forgetCards(
  store: Store,
  where: Omit<Spot, "subject">,
  leaves: (subjects: readonly string[]) => Promise<ReadonlySet<string>>,
): Promise<void> {
  for await (const rows of pages(store, postedCards, { where, limit: pageSize })) {
    const leaving = await leaves(rows.map((row) => row.subject));
    const changes = rows.filter((row) => leaving.has(row.subject)).map((row) => remove(postedCards, row.id));
    if (changes.length) await store.commit(changes);
  }
}

/** Lets go of every card in a channel, its threads included. */
export const forgetPlace = (store: Store, { platform, channel }: Pick<Spot, "platform" | "channel">): Promise<void> =>
  removeAll(store, postedCards, { where: { platform, channel } });

/** Keeps in mind that a message shows a card, and makes up for what changed while it was being written. */
export async function keepCurrent(
  ctx: Context,
  live: Live,
  ref: MessageRef,
  reader: Reader,
  replaced = false,
): Promise<void> {
  const card = ctx.house.cards.get(live.card);
  if (!(await rememberCard(ctx, live, ref, reader, replaced)) || !card) return;
  const loaded = await card.load(ctx, live.id);
  if (!loaded || (loaded.rev <= live.rev && !card.isOver?.(loaded))) return;
  const { platform, channel, message } = ref;
  const row = await ctx.store.getBy(postedCards, { platform, channel, message });
  if (row) await ctx.inTurn(`card:${row.id}`, () => refreshMessage(ctx, card, row.id));
}

/** Edits every message that shows the card and is behind. Safe to run twice and at once. */
export async function refreshCard(ctx: Context, card: Card, subject: string): Promise<void> {
  const failures: unknown[] = [];
  for await (const rows of pages(ctx.store, postedCards, { where: { card: card.name, subject }, limit: pageSize })) {
    const turns = rows.map((row) => ctx.inTurn(`card:${row.id}`, () => refreshMessage(ctx, card, row.id)));
    for (const outcome of await Promise.allSettled(turns))
      if (outcome.status === "rejected") failures.push(outcome.reason);
  }
  if (failures.length) throw failures[0];
}

/** Whoever edits notes what is shown at the revision it read; one who was overtaken meanwhile edits again. */
async function refreshMessage(ctx: Context, card: Card, id: string): Promise<void> {
  let overtaken = false;
  await untilSettled(async () => {
    const row = await ctx.store.get(postedCards, id);
    const loaded = row && (await card.load(ctx, row.subject));
    if (!row || row.muted || !loaded || !ctx.messenger.has(row.platform)) return;
    const over = card.isOver?.(loaded) ?? false;
    if (row.shown >= loaded.rev && !overtaken) return over ? ctx.store.commit([remove(postedCards, row)]) : undefined;
    const reader: Reader = { language: row.language, zone: row.zone, platform: row.platform };
    overtaken = true;
    try {
      if (row.behind) return await postAnew(ctx, row, card.view(loaded, reader), reader);
      await ctx.messenger.edit(refOf(row), card.view(loaded, reader), reader);
    } catch (error) {
      // It stays as it is until the next change, which may find the place open again.
      if (isClosed(error)) return;
      if (!isOutOfReach(error)) throw error;
      return ctx.store.commit([remove(postedCards, row.id)]);
    }
    await ctx.store.commit([over ? remove(postedCards, row) : patch(postedCards, row, { shown: loaded.rev })]);
  });
}

/** The new message is followed from then on, by a row of its own. */
async function postAnew({ messenger, store }: Context, row: PostedCard, view: View, reader: Reader): Promise<void> {
  await messenger.send(addressOf(row), view, reader, `anew:${row.id}:${row.shown}`);
  await store.commit([remove(postedCards, row.id)]);
}

const addressOf = ({ platform, channel, thread }: PostedCard): Address => ({
  platform,
  channel,
  ...(thread && { thread }),
});

const refOf = (row: PostedCard): MessageRef => ({ ...addressOf(row), message: row.message });

/** The listeners that keep a card current, one for each fact that changes it. */
export const listenersOf = (card: Card): Listener[] =>
  card.changedBy.map((fact) => ({
    name: `refresh-${card.name}-on-${fact.name}`,
    fact: fact.name,
    hear: (ctx, payload: { subject: string }) => refreshCard(ctx, card, payload.subject),
  }));
