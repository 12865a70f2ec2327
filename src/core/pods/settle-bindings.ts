// Keeps bindings in step with the spaces they are in, and with the pod itself.
import { AppError, isConflict } from "../errors.ts";
import { patch, remove, untilSettled } from "../kernel/change.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import { pages, removeAll } from "../kernel/pages.ts";
import { spaceJoined, spaceLeft, spaceMoved } from "../spaces/facts.ts";
import { spaces } from "../spaces/read.ts";
import { type Binding, bindings } from "./binding.ts";
import { podArchived, podPlaceShut } from "./facts.ts";
import { openAgain, reopened } from "./shut-place.ts";

/** A commit has room for three changes a place: itself, and that it was stated and is heard. */
const pageSize = 30;

interface Spot {
  readonly platform: string;
  readonly space: string;
  readonly channel: string;
}

/** As the space is now, whichever of two facts is heard last; again when both are heard at once. */
const settle = (ctx: Context, spot: Spot): Promise<void> => untilSettled(() => settleOnce(ctx, spot));

/** A channel that was left while its space goes on is a space of its own. */
async function settleOnce(ctx: Context, { platform, space, channel }: Spot): Promise<void> {
  await settleWhere(ctx, { platform, space });
  if (space === channel) await settleWhere(ctx, { platform, channel });
}

async function settleWhere(ctx: Context, where: Partial<Spot>): Promise<void> {
  const { store } = ctx;
  for await (const rows of pages(store, bindings, { where, limit: pageSize })) {
    const since = await Promise.all(rows.map((row) => goneSince(store, row)));
    const changes = rows.flatMap((row, index) => {
      const [before, goneAt] = [row.goneAt, since[index]];
      if (before === goneAt) return [];
      if (goneAt === undefined) return [patch(bindings, row, openAgain), ...reopened(ctx, row)];
      const lost = podPlaceShut(ctx, { subject: row.podId, binding: row.id, why: "gone" });
      return [patch(bindings, row, { goneAt }), ...(before === undefined ? [lost] : [])];
    });
    if (changes.length) await store.commit(changes);
  }
}

async function goneSince(store: Context["store"], { platform, space, channel }: Binding): Promise<number | undefined> {
  const whole = await store.getBy(spaces, { platform, externalId: space });
  if (whole?.goneAt !== undefined || space === channel) return whole?.goneAt;
  return (await store.getBy(spaces, { platform, externalId: channel }))?.goneAt;
}

export const closeBindings = on(spaceLeft, "close-bindings", settle);
export const reviveBindings = on(spaceJoined, "revive-bindings", settle);

/** Each binding by itself: one that is bound anew under the new id stands, and the old one goes. */
export const moveBindings = on(spaceMoved, "move-bindings", async ({ store }, { platform, space, channel, to }) => {
  for (;;) {
    const { rows } = await store.find(bindings, { where: { platform, channel }, limit: pageSize });
    if (rows.length === 0) return;
    for (const row of rows) await move(store, row.id, { channel: to, space: space === channel ? to : space });
  }
});

async function move(store: Context["store"], id: string, there: Pick<Binding, "channel" | "space">): Promise<void> {
  try {
    await store.commit([patch(bindings, id, { ...there, goneAt: undefined })]);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return;
    if (!isConflict(error)) throw error;
    await store.commit([remove(bindings, id)]);
  }
}

export const dropBindings = on(podArchived, "drop-bindings", ({ store }, { subject }) =>
  removeAll(store, bindings, { where: { podId: subject } }),
);
