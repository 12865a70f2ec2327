// From a fact to the people it concerns: a row for each, then a turn to deliver it.
import { isConflict } from "../errors.ts";
import { insert } from "../kernel/change.ts";
import type { AnyNotificationKind, Context, Listener } from "../kernel/house.ts";
import { profiles } from "../members/read.ts";
import { deliverRequest } from "./deliver-notification.ts";
import { type Notification, notifications } from "./notification.ts";

const batch = 50;

/** Tells what the kind has to say of its fact. */
export const listenerFor = (kind: AnyNotificationKind): Listener => ({
  name: `notify-${kind.type}`,
  fact: kind.fact.name,
  hear: (ctx, payload, factId) => announce(ctx, kind, payload, factId),
});

/** Run again after a crash it finds the rows it has made, and gives those a turn that still have none. */
async function announce(ctx: Context, kind: AnyNotificationKind, payload: never, factId: string): Promise<void> {
  const prepared = await kind.prepare(ctx, payload);
  if (!prepared) return;
  const to = [...new Set(prepared.to)];
  for (let at = 0; at < to.length; at += batch) {
    const rows = await rowsFor(ctx, { kind, factId, data: prepared.data }, to.slice(at, at + batch));
    const open = rows.filter((row) => row.dueAt !== undefined);
    await ctx.queue.enqueue(open.map((row) => deliverRequest(row, kind.group, ctx.correlation)));
  }
}

interface Said {
  readonly kind: AnyNotificationKind;
  readonly factId: string;
  readonly data: Record<string, unknown>;
}

/** The notifications of these members, made where they are missing. */
async function rowsFor(ctx: Context, said: Said, memberIds: readonly string[]): Promise<readonly Notification[]> {
  const members = await ctx.store.getMany(profiles, memberIds);
  const to = [...new Set(members.map((member) => member.mergedInto ?? member.id))];
  if (to.length === 0) return [];
  for (;;) {
    const where = { memberId: { in: to }, type: said.kind.type, factId: said.factId };
    const { rows: known } = await ctx.store.find(notifications, { where, limit: batch });
    const told = new Set(known.map((row) => row.memberId));
    const made = to.filter((id) => !told.has(id)).map((id) => newRow(ctx, said, id));
    try {
      if (made.length) await ctx.store.commit(made.map((row) => insert(notifications, row)));
      return [...known, ...made];
    } catch (error) {
      if (!isConflict(error) || error.detail.collection !== notifications.name) throw error;
    }
  }
}

function newRow({ secrets, clock }: Context, { kind, factId, data }: Said, memberId: string): Notification {
  const now = clock.now();
  const plan = { via: ["chat" as const], dueAt: now };
  return { id: secrets.id(), rev: 1, memberId, type: kind.type, factId, data, createdAt: now, ...plan };
}
