// One message of several: one commit closes them and makes the one that names them, so each is told once.
import { insert, patch } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { JobRequest } from "../ports/queue.ts";
import { isOverForAll, overBudget } from "./budget.ts";
import type { Held } from "./channel.ts";
import { type Gathered, mostShown } from "./gathered.ts";
import type { Recipient } from "./judge.ts";
import { type Notification, notifications } from "./notification.ts";
import { channelsOn } from "./preferences.ts";
import { endTries, inParts, putOff } from "./put-off.ts";
import { localDay } from "./quiet.ts";
import { digestType } from "./texts.ts";

export interface Gathering {
  readonly recipient: Recipient | undefined;
  readonly memberId: string;
  readonly why: Held;
  readonly now: number;
  give(turns: readonly JobRequest[]): void;
}

export const isAsked = ({ house }: Context, { type }: Notification): boolean =>
  house.notifications.get(type)?.urgency === "asked";

export const dayOf = ({ recipient, now }: Gathering): string => localDay(now, recipient?.member.timezone ?? "UTC");

/**
 * As few messages as the store can make at once, each in its place in the day; own reminders are outside it, and what
 * comes with them. Answers what was made, and gives what there was no place for its next turn.
 */
export async function tellAsOne(ctx: Context, gathering: Gathering, all: readonly Notification[]) {
  const { recipient, now } = gathering;
  const made: Notification[] = [];
  for (const rows of inParts(all)) {
    const asked = rows.some((row) => isAsked(ctx, row));
    const day = recipient && { ...recipient, now };
    if (day && !asked && (await isOverForAll(ctx.store, day, rows))) {
      const over = rows.map((row) => ({ row, put: { ...overBudget(day), held: keepsHeld(row) } }));
      gathering.give(await putOff(ctx, over));
      continue;
    }
    const row = digestRow(ctx, gathering, rows, asked);
    const set = { dueAt: undefined, spends: undefined, inDigest: row.id };
    await ctx.store.commit([insert(notifications, row), ...rows.map((told) => patch(notifications, told, set))]);
    await endTries(ctx, rows, "digest");
    made.push({ ...row, rev: 1 });
  }
  return made;
}

/** What waits for the digest goes on waiting for it. */
const keepsHeld = ({ held }: Notification): Held => (held === "digest" ? held : "budget");

/** It is in nobody's inbox by itself, since what it names is. It comes by the channels that the groups in it come by now. */
function digestRow(ctx: Context, gathering: Gathering, rows: readonly Notification[], asked: boolean) {
  const { recipient, memberId, why, now } = gathering;
  const id = ctx.secrets.id();
  const lines = rows.map(({ id, type, data, createdAt }) => ({ id, type, data, createdAt }));
  const more = Math.max(0, lines.length - mostShown);
  const types = [...new Set(rows.map(({ type }) => type))];
  const data: Gathered = { why, items: lines.slice(-mostShown), more, types };
  const waysOf = ({ type, via }: Notification) => {
    const kind = ctx.house.notifications.get(type);
    return kind && recipient ? channelsOn(recipient.settings, kind.group) : via;
  };
  return {
    id,
    memberId,
    type: digestType,
    factId: id,
    data,
    createdAt: now,
    readAt: now,
    via: [...new Set(rows.flatMap(waysOf))],
    dueAt: now,
    ...(!asked && { spends: dayOf(gathering) }),
  };
}
