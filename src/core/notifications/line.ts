// Whose turn it is in a member's chat: what was made first comes first, whoever's turn the queue gives.
import type { Context } from "../kernel/house.ts";
import type { Later } from "./delivery.ts";
import { byMaking, type Notification, notifications, openChannels } from "./notification.ts";
import { isGathered } from "./turn.ts";

/** Of one line at a time. */
const longest = 100;
/** In one turn. */
const mostAtOnce = 50;

export interface Line {
  /** Undefined when nothing more is to come of it by chat. */
  bring(told: Notification): Promise<Later | undefined>;
  turnAt(told: Notification, at: number): Promise<void>;
}

/**
 * Brings what stands before it, then it, then what came to stand behind it: those have had turns of their own, and left
 * because somebody was at work in front of them. Answers when its own next turn is due, if it needs one.
 */
export async function inLine(ctx: Context, own: Notification, { bring, turnAt }: Line): Promise<Later | undefined> {
  const passed = new Set<string>();
  let answer: Later | undefined;
  const nextOf = async () => (await lineOf(ctx, own.memberId)).find(({ id }) => !passed.has(id));
  while (passed.size < mostAtOnce) {
    const next = await nextOf();
    if (!next) return answer;
    passed.add(next.id);
    const later = await bring(next);
    if (next.id === own.id) answer = later;
    else if (later) await turnAt(next, later.at);
    if (later?.holds) return passed.has(own.id) ? answer : later;
  }
  const now = ctx.clock.now();
  const next = await nextOf();
  if (next) await turnAt(next, now);
  return passed.has(own.id) ? answer : { kind: "later", at: now, holds: true };
}

/** What waits to come to the member's chat by now, in the order it was made. */
async function lineOf({ store, clock }: Context, memberId: string): Promise<readonly Notification[]> {
  const where = { memberId, dueAt: { lte: clock.now() } };
  const { rows } = await store.find(notifications, { where, orderBy: { field: "dueAt" }, limit: longest });
  return rows.filter((row) => openChannels(row).includes("chat") && !isGathered(row)).toSorted(byMaking);
}
