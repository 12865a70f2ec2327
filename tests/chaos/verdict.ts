// What a chaos run came to: what was lost, what came twice, what came in the wrong order.
import { deliveries, notifications } from "../../src/core/notifications/read.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { reminders } from "../../src/core/reminders/reminder.ts";
import type { Told } from "./members.ts";

export interface Verdict {
  readonly expected: number;
  readonly received: number;
  /** Messages beyond the first, by app. */
  readonly repeats: Readonly<Record<string, number>>;
  /** Each in words; a run is good when there is none. */
  readonly faults: readonly string[];
  /** Not received, but said in the rows to be of unknown outcome or given up: what is left is the inbox. */
  readonly leftToInbox: number;
}

/** A message may be shown so often where the app can't say that it has it already. */
const most = { discord: 1, slack: 1, telegram: 2 } as const;
/** ms between two rows that different processes wrote, within which neither came first. */
const together = 3_000;

export async function verdict(store: Store, everybody: readonly Told[]): Promise<Verdict> {
  const faults: string[] = [];
  const repeats: Record<string, number> = {};
  let [expected, received, leftToInbox] = [0, 0, 0];
  for (const { person, memberId, words } of everybody) {
    const messages = person.messages();
    const rows = await rowsOf(store, memberId);
    let before: { word: string; at: number; createdAt: number } | undefined;
    const firsts: { word: string; at: number; createdAt: number }[] = [];
    for (const word of words) {
      expected += 1;
      const at = messages.flatMap((text, index) => (text.includes(word) ? [index] : []));
      const row = rows.get(word);
      if (!row) faults.push(`${word} has ${at.length} messages and no row in the inbox`);
      else if (at.length === 0 && row.unsent) leftToInbox += 1;
      else if (at.length === 0) faults.push(`${word} was lost on ${person.app}`);
      if (at.length > most[person.app]) faults.push(`${word} came ${at.length} times on ${person.app}`);
      if (at.length > 1) repeats[person.app] = (repeats[person.app] ?? 0) + at.length - 1;
      if (at.length > 0) received += 1;
      if (row && at.length > 0) firsts.push({ word, at: at[0]!, createdAt: row.createdAt });
    }
    for (const one of firsts.toSorted((a, b) => a.at - b.at)) {
      if (before && before.createdAt > one.createdAt + together)
        faults.push(`${before.word} came before ${one.word} on ${person.app}`);
      if (!before || one.createdAt > before.createdAt) before = one;
    }
  }
  return { expected, received, repeats, faults, leftToInbox };
}

interface Kept {
  readonly createdAt: number;
  readonly unsent: boolean;
}

/** The member's notifications by the words of their reminders. */
async function rowsOf(store: Store, memberId: string): Promise<ReadonlyMap<string, Kept>> {
  const { rows } = await store.find(notifications, { where: { memberId, type: "reminder" }, limit: 500 });
  const kept = await Promise.all(
    rows.map(async ({ id, data, createdAt }) => {
      const sent = await store.find(deliveries, { where: { notificationId: id }, limit: 50 });
      const unsent = sent.rows.length > 0 && sent.rows.every(({ status }) => status !== "sent");
      return [String(data.text), { createdAt, unsent }] as const;
    }),
  );
  return new Map(kept);
}

/** Of reminders and notifications: how many still wait. */
export async function waiting(store: Store): Promise<number> {
  const pending = await store.count(reminders, { status: "pending" });
  return pending + (await store.count(notifications, { dueAt: { gt: 0 } }));
}
