// The people of a chaos run as the store knows them, and their reminders. No job is made for these: the sweep has to see them.
import { join } from "node:path";
import { systemClock } from "../../src/adapters/clock.ts";
import { cryptoSecrets } from "../../src/adapters/secrets.ts";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { collections } from "../../src/build.ts";
import { insert } from "../../src/core/kernel/change.ts";
import { accounts } from "../../src/core/members/account.ts";
import { profiles } from "../../src/core/members/profile.ts";
import { type Change, mostChanges, type Store } from "../../src/core/ports/store.ts";
import { reminders } from "../../src/core/reminders/reminder.ts";
import type { Person } from "./apps.ts";

export interface Told {
  readonly person: Person;
  readonly memberId: string;
  /** What they are to be told of, by the words in it, in the order it falls due. */
  readonly words: readonly string[];
}

export const openStoreIn = (folder: string): Promise<Store> =>
  openSqlite({ path: join(folder, "data", "peerspark.db"), collections });

export interface Plan {
  readonly people: readonly Person[];
  readonly each: number;
  /** Epoch ms of the first and the last. */
  readonly from: number;
  readonly until: number;
}

/** Everybody is told as often, evenly from the first to the last, a little after the one before them. */
export async function planned(store: Store, { people, each, from, until }: Plan): Promise<readonly Told[]> {
  const secrets = cryptoSecrets("chaos", systemClock());
  const now = Date.now();
  const changes: Change[] = [];
  const told = people.map((person, index) => {
    const [memberId, name] = [secrets.id(), `Member ${index}`];
    const { app: platform, workspace, userId } = person;
    const words = Array.from({ length: each }, (_, turn) => `m${index}-r${turn}.`);
    changes.push(
      insert(profiles, { id: memberId, username: `member-${index}`, displayName: name, joinedAt: now }),
      insert(accounts, { id: secrets.id(), memberId, platform, workspace, userId, name, linkedAt: now }),
      ...words.map((text, turn) => {
        const share = (turn + index / people.length) / each;
        const dueAt = Math.round(from + (until - from) * share);
        const code = secrets.id().slice(-20);
        const fixed = { memberId, text, code, zone: "UTC", status: "pending", createdAt: now } as const;
        return insert(reminders, { id: secrets.id(), ...fixed, dueAt, slot: turn });
      }),
    );
    return { person, memberId, words };
  });
  for (let at = 0; at < changes.length; at += mostChanges) await store.commit(changes.slice(at, at + mostChanges));
  return told;
}
