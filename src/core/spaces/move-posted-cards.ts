// Cards posted in a channel that got another id go on under the new one, in the same messages or in new ones.
import { AppError, isConflict } from "../errors.ts";
import { postedCards } from "../kernel/card.ts";
import { patch, remove } from "../kernel/change.ts";
import { on } from "../kernel/fact.ts";
import { spaceMoved } from "./facts.ts";

/** A card posted under the new id with the same message id stands, and the old one is forgotten. */
export const movePostedCards = on(
  spaceMoved,
  "move-posted-cards",
  async ({ store }, { platform, channel, to, behind }) => {
    for (;;) {
      const { rows } = await store.find(postedCards, { where: { platform, channel }, limit: 100 });
      if (rows.length === 0) return;
      for (const row of rows)
        await store
          .commit([patch(postedCards, row.id, { channel: to, ...(behind && { behind }) })])
          .catch(async (error) => {
            if (error instanceof AppError && error.code === "not_found") return;
            if (!isConflict(error)) throw error;
            await store.commit([remove(postedCards, row.id)]);
          });
    }
  },
);
