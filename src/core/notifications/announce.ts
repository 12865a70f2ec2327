// From a fact to the people it concerns: a row for each with what is to become of it, then a turn for those that come.
import { blockersOf } from "../blocks/read.ts";
import { asRaceFor, insert, untilSettled } from "../kernel/change.ts";
import type { AnyNotificationKind, Context, Listener, Prepared } from "../kernel/house.ts";
import { profiles } from "../members/read.ts";
import { mostChanges } from "../ports/store.ts";
import { longestTopic, type Notification, notifications } from "./notification.ts";
import { planFor } from "./plan.ts";
import { preferencesOfMany, settingsOf } from "./preferences.ts";
import { turnFor } from "./turn.ts";

const batch = mostChanges;

/** Tells what the kind has to say of its fact. */
export const listenerFor = (kind: AnyNotificationKind): Listener => ({
  name: `notify-${kind.type}`,
  fact: kind.fact.name,
  hear: (ctx, payload, factId) => announce(ctx, kind, payload, factId),
});

/**
 * Run again after a crash it finds the rows it has made, and gives those a turn that still have none. The store is asked
 * a fixed number of times for every hundred members.
 */
async function announce(ctx: Context, kind: AnyNotificationKind, payload: never, factId: string): Promise<void> {
  const prepared: Prepared<Record<string, unknown>> | undefined = await kind.prepare(ctx, payload);
  if (!prepared || prepared.to.length === 0) return;
  const { by, data } = prepared;
  const deaf = by ? new Set([by, ...(await blockersOf(ctx.store, by))]) : new Set<string>();
  const to = [...new Set(prepared.to)].filter((id) => !deaf.has(id));
  for (let at = 0; at < to.length; at += batch) {
    const rows = await rowsFor(ctx, { kind, factId, data, by }, to.slice(at, at + batch), deaf);
    const open = rows.filter((row) => row.dueAt !== undefined);
    if (open.length) await ctx.queue.enqueue(open.map((row) => turnFor(row, kind, ctx.correlation)));
  }
}

interface Said {
  readonly kind: AnyNotificationKind;
  readonly factId: string;
  readonly data: Record<string, unknown>;
  readonly by?: string | undefined;
}

/** The notifications of these members, made where they are missing. */
async function rowsFor(
  ctx: Context,
  said: Said,
  memberIds: readonly string[],
  deaf: ReadonlySet<string>,
): Promise<readonly Notification[]> {
  const found = await ctx.store.getMany(profiles, memberIds);
  const zones = new Map(
    found
      .map(({ id, mergedInto, timezone }): [string, string] => [mergedInto ?? id, timezone])
      .filter(([id]) => !deaf.has(id)),
  );
  const to = [...zones.keys()];
  if (to.length === 0) return [];
  const chosen = await preferencesOfMany(ctx.store, to);
  const made = to.map((id) =>
    newRow(ctx, said, id, planFor(said, settingsOf(chosen.get(id)), zones.get(id)!, ctx.clock.now())),
  );
  return insertMissing(ctx, said, made);
}

async function insertMissing({ store }: Context, { kind, factId }: Said, made: readonly Notification[]) {
  const where = { memberId: { in: made.map(({ memberId }) => memberId) }, type: kind.type, factId };
  let look = false;
  return untilSettled(async () => {
    const known = look ? (await store.find(notifications, { where, limit: batch })).rows : [];
    look = true;
    const told = new Set(known.map((row) => row.memberId));
    const missing = made.filter((row) => !told.has(row.memberId));
    const changes = missing.map((row) => insert(notifications, row));
    if (changes.length) await store.commit(changes).catch(asRaceFor(notifications));
    return [...known, ...missing];
  });
}

function newRow(
  { secrets, clock }: Context,
  said: Said,
  memberId: string,
  plan: ReturnType<typeof planFor>,
): Notification {
  const { kind, factId, data, by } = said;
  const subject = kind.subject?.(data);
  const topic = subject && `${kind.type} ${subject}`.slice(0, longestTopic);
  const row = { id: secrets.id(), rev: 1, memberId, type: kind.type, factId, data, createdAt: clock.now() };
  return { ...row, ...plan, ...(topic && { topic }), ...(by && { by }) };
}
