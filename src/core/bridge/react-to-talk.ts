// Reactions: PeerSpark reacts to a message as long as somebody reacts so to one of its counterparts.
import { isConflict } from "../errors.ts";
import { insert, patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { handOver } from "../kernel/turns.ts";
import type { Account, Deed } from "../ports/platform.ts";
import { drainRequest } from "./drain-link.ts";
import { type BridgeCopy, bridgeCopies, bridgeReactions, bridgeTalks, copiesOf, copyAt, settling } from "./talk.ts";

type Reacted = Extract<Deed, { kind: "reacted" }>;

const longestEmoji = 64;

export async function noteReaction(ctx: Context, { message, emoji, on }: Reacted, account: Account): Promise<void> {
  const known = await copyAt(ctx.store, message);
  if (!known || emoji.length > longestEmoji) return;
  const person = ctx.secrets.sign(`reaction:${account.platform}:${account.workspace}:${account.userId}`, 32);
  const due = await settling(() => note(ctx, known, { emoji, person }, on));
  await handOver(ctx, { given: due.map(({ linkId }) => drainRequest(ctx, { id: linkId })) });
}

async function note(
  { store, secrets }: Context,
  { talkId, linkId }: BridgeCopy,
  by: { readonly emoji: string; readonly person: string },
  on: boolean,
): Promise<readonly BridgeCopy[]> {
  const key = { talkId, linkId, ...by };
  const [former, talk] = await Promise.all([store.getBy(bridgeReactions, key), store.get(bridgeTalks, talkId)]);
  if (!talk || Boolean(former) === on) return [];
  const copies = (await copiesOf(store, talkId)).filter((copy) => copy.text && copy.linkId !== linkId);
  try {
    await store.commit([
      former ? remove(bridgeReactions, former.id) : insert(bridgeReactions, { id: secrets.id(), ...key }),
      ...(talk.reacted ? [] : [patch(bridgeTalks, talk, { reacted: true })]),
      ...copies.map(({ id }) => patch(bridgeCopies, id, { due: true })),
    ]);
    return copies;
  } catch (error) {
    if (isConflict(error) && error.detail.collection === bridgeReactions.name) return [];
    throw error;
  }
}
