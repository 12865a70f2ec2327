// Cards posted in a place that threw PeerSpark out are left as they are, and brought up to date when it is back.
import { postedCards, refreshCard } from "../kernel/card.ts";
import { patch, untilSettled } from "../kernel/change.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import { pages } from "../kernel/pages.ts";
import { spaceJoined, spaceLeft } from "./facts.ts";
import { spaces } from "./space.ts";

interface Spot {
  readonly platform: string;
  readonly space: string;
  readonly channel: string;
}

/** As the space is now, whichever of two facts is heard last. Cards in other channels of a space are found out by a refusal. */
const settle = (ctx: Context, spot: Spot): Promise<void> => untilSettled(() => settleOnce(ctx, spot));

async function settleOnce(ctx: Context, { platform, space, channel }: Spot): Promise<void> {
  const { store, house } = ctx;
  const known = await store.getBy(spaces, { platform, externalId: space });
  const muted = known?.goneAt !== undefined;
  for await (const rows of pages(store, postedCards, { where: { platform, channel }, limit: 100 })) {
    const stale = rows.filter((row) => row.muted !== muted);
    if (stale.length) await store.commit(stale.map((row) => patch(postedCards, row, { muted })));
    if (muted) continue;
    for (const row of rows) {
      const card = house.cards.get(row.card);
      if (card) await refreshCard(ctx, card, row.subject);
    }
  }
}

export const mutePostedCards = on(spaceLeft, "mute-posted-cards", settle);
export const refreshMutedCards = on(spaceJoined, "refresh-muted-cards", settle);
