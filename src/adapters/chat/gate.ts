// The one gate of every inbound update: each once, also after a restart, and in order within its conversation.

import { inboundId, inboundUpdates } from "../../core/conversations/inbound-update.ts";
import { isConflict } from "../../core/errors.ts";
import { insert } from "../../core/kernel/change.ts";
import type { Context } from "../../core/kernel/house.ts";
import { bound } from "../../core/kernel/outbox.ts";
import type { Update } from "../../core/ports/platform.ts";
import type { Store } from "../../core/ports/store.ts";

type Needs = Pick<Context, "store" | "clock" | "secrets" | "inTurn">;

/** Thrown out of a commit when another process has handled the same update meanwhile. */
export class AlreadyHandled extends Error {}

/**
 * Runs `handle` for an update that was not handled before. The store it is handed commits the update's id together
 * with the first change, so that a redelivery after a crash can't change anything twice; an update that changes
 * nothing is noted when it is over.
 */
export async function throughGate(ctx: Needs, update: Update, handle: (store: Store) => Promise<void>): Promise<void> {
  const id = inboundId(update.place.platform, update.id, ctx.secrets.sign);
  await ctx.inTurn(`conversation:${update.place.platform}:${update.conversation}`, async () => {
    if (await ctx.store.get(inboundUpdates, id)) return;
    const noted = noting(ctx.store, insert(inboundUpdates, { id, at: ctx.clock.now() }));
    try {
      await handle(noted.store);
      await noted.finish();
    } catch (error) {
      if (!(error instanceof AlreadyHandled)) throw error;
    }
  });
}

function noting(store: Store, note: ReturnType<typeof insert>) {
  let done = false;
  const commit: Store["commit"] = async (changes) => {
    if (done) return store.commit(changes);
    try {
      await store.commit([...changes, note]);
      done = true;
    } catch (error) {
      if (isConflict(error) && error.detail.collection === inboundUpdates.name) throw new AlreadyHandled();
      throw error;
    }
  };
  return { store: { ...bound(store), commit }, finish: async () => (done ? undefined : commit([])) };
}
