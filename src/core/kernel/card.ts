// Cards that stay current: which messages show what, and bringing them up to date when a fact changes it.
import { z } from "zod";
import { AppError } from "../errors.ts";
import type { MessageRef } from "../ports/platform.ts";
import type { Row } from "../ports/store.ts";
import { type Language, languages, type Reader } from "../text.ts";
import type { Live } from "../view.ts";
import { patch, remove, upsert } from "./change.ts";
import { collection } from "./collection.ts";
import type { Card, Context, Listener } from "./house.ts";

/** A message that shows a card, and for whom it was worded. */
export const postedCards = collection(
  "posted_cards",
  z.object({
    card: z.string(),
    subject: z.string(),
    platform: z.string(),
    channel: z.string(),
    thread: z.string().default(""),
    message: z.string(),
    language: z.enum(languages),
    zone: z.string(),
    /** The revision of the subject that the message shows. */
    shown: z.number().int(),
    /** The place is closed to us: it is not edited until that is over. */
    muted: z.boolean().default(false),
  }),
  { unique: [["platform", "channel", "message"]], indexes: [["card", "subject"]] },
);
type PostedCard = Row<typeof postedCards>;

/** Keeps in mind that a message shows a card. */
export async function rememberCard(
  ctx: Pick<Context, "store" | "secrets">,
  live: Live,
  ref: MessageRef,
  reader: Reader,
) {
  const { platform, channel, message, thread = "" } = ref;
  const state = {
    card: live.card,
    subject: live.id,
    thread,
    language: reader.language as Language,
    zone: reader.zone,
    shown: live.rev,
  };
  const row = { id: ctx.secrets.id(), platform, channel, message, ...state };
  await ctx.store.commit([upsert(postedCards, { platform, channel, message }, row, state)]);
}

const mostPerSubject = 500;

/** Edits every message that shows the card and is behind. Safe to run twice and at once. */
export async function refreshCard(ctx: Context, card: Card, subject: string): Promise<void> {
  const { rows } = await ctx.store.find(postedCards, { where: { card: card.name, subject }, limit: mostPerSubject });
  const outcomes = await Promise.allSettled(
    rows.map((row) => ctx.inTurn(`card:${row.id}`, () => refreshMessage(ctx, card, row.id))),
  );
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}

async function refreshMessage(ctx: Context, card: Card, id: string): Promise<void> {
  const row = await ctx.store.get(postedCards, id);
  const loaded = row && (await card.load(ctx, row.subject));
  if (!row || row.muted || !loaded || row.shown >= loaded.rev || !ctx.messenger.has(row.platform)) return;
  const reader: Reader = { language: row.language, zone: row.zone, platform: row.platform };
  try {
    await ctx.messenger.edit(refOf(row), card.view(loaded, reader), reader);
    await ctx.store.commit([patch(postedCards, row.id, { shown: loaded.rev })]);
  } catch (error) {
    if (!isGone(error)) throw error;
    await ctx.store.commit([remove(postedCards, row.id)]);
  }
}

const refOf = ({ platform, channel, thread, message }: PostedCard): MessageRef => ({
  platform,
  channel,
  message,
  ...(thread && { thread }),
});

const isGone = (error: unknown) =>
  error instanceof AppError && ["gone", "blocked", "unreachable"].includes(error.detail.reason ?? "");

/** The listeners that keep a card current, one for each fact that changes it. */
export const listenersOf = (card: Card): Listener[] =>
  card.changedBy.map((fact) => ({
    name: `refresh-${card.name}-on-${fact.name}`,
    fact: fact.name,
    hear: (ctx, payload: { subject: string }) => refreshCard(ctx, card, payload.subject),
  }));
