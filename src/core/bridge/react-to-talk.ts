// Reactions: PeerSpark reacts to a message as long as somebody reacts so to one of its counterparts.
import { isConflict } from "../errors.ts";
import { insert, patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { handOver } from "../kernel/turns.ts";
import type { Account, Deed } from "../ports/platform.ts";
import type { Change, Store } from "../ports/store.ts";
import { drainRequest } from "./drain-link.ts";
import {
  type BridgeCopy,
  bridgeCopies,
  bridgeReactions,
  bridgeTalks,
  copiesOf,
  copyAt,
  mostReactions,
  settling,
} from "./talk.ts";

type Reacted = Extract<Deed, { kind: "reacted" }>;
type Cleared = Extract<Deed, { kind: "cleared" }>;

const longestEmoji = 64;

/** Of a message that is not carried, or with what is no emoji by its length, it is nothing. */
export async function noteReaction(ctx: Context, { message, emoji, on }: Reacted, account: Account): Promise<void> {
  const known = await copyAt(ctx.store, message);
  if (!known || emoji.length > longestEmoji) return;
  const person = ctx.secrets.sign(`reaction:${account.platform}:${account.workspace}:${account.userId}`, 32);
  await bringUpToDate(ctx, await settling(() => note(ctx, known, { emoji, person }, on)));
}

export async function clearReactions(ctx: Context, { message, emoji }: Cleared): Promise<void> {
  const known = await copyAt(ctx.store, message);
  if (known) await bringUpToDate(ctx, await settling(() => clear(ctx, known, emoji)));
}

const bringUpToDate = (ctx: Context, due: readonly BridgeCopy[]): Promise<void> =>
  handOver(ctx, { given: due.map(({ linkId }) => drainRequest(ctx, { id: linkId })) });

/** Those that show the reactions to another. */
const counterpartsOf = async (store: Store, { talkId, linkId }: BridgeCopy): Promise<readonly BridgeCopy[]> =>
  (await copiesOf(store, talkId)).filter((copy) => copy.text && copy.linkId !== linkId);

const madeDue = (copies: readonly BridgeCopy[]): readonly Change[] =>
  copies.map(({ id }) => patch(bridgeCopies, id, { due: true }));

async function note(
  { store, secrets }: Context,
  known: BridgeCopy,
  by: { readonly emoji: string; readonly person: string },
  on: boolean,
): Promise<readonly BridgeCopy[]> {
  const { talkId, linkId } = known;
  const key = { talkId, linkId, ...by };
  const [former, talk] = await Promise.all([store.getBy(bridgeReactions, key), store.get(bridgeTalks, talkId)]);
  if (!talk || Boolean(former) === on) return [];
  const copies = await counterpartsOf(store, known);
  try {
    await store.commit([
      former ? remove(bridgeReactions, former.id) : insert(bridgeReactions, { id: secrets.id(), ...key }),
      ...(talk.reacted ? [] : [patch(bridgeTalks, talk, { reacted: true })]),
      ...madeDue(copies),
    ]);
    return copies;
  } catch (error) {
    if (isConflict(error) && error.detail.collection === bridgeReactions.name) return [];
    throw error;
  }
}

async function clear({ store }: Context, known: BridgeCopy, emoji?: string): Promise<readonly BridgeCopy[]> {
  const { talkId, linkId } = known;
  const where = { talkId, linkId, ...(emoji && { emoji }) };
  const { rows } = await store.find(bridgeReactions, { where, limit: mostReactions });
  if (rows.length === 0) return [];
  const copies = await counterpartsOf(store, known);
  await store.commit([...rows.map(({ id }) => remove(bridgeReactions, id)), ...madeDue(copies)]);
  return copies;
}
