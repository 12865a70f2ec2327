// Keeping what was claimed: leases are renewed while the work is under way, and given back when it did not begin.
import { patch } from "../../../core/kernel/change.ts";
import { mostChanges, type Store } from "../../../core/ports/store.ts";
import { isLost } from "./claim.ts";
import { type JobRow, jobs } from "./rows.ts";

/** A turn this instance has the lease of. */
export interface Held {
  row: JobRow;
  begun: boolean;
}

/** Extends the leases to `turnAt`; one that was lost meanwhile stays lost. */
export const renew = (store: Store, held: readonly Held[], turnAt: number): Promise<void> =>
  change(store, held, () => ({ turnAt }));

/** Gives turns back that have not begun, as if they had never been claimed. */
export const release = (store: Store, held: readonly Held[], turnAt: number): Promise<void> =>
  change(store, held, (row) => ({ turnAt, owner: null, attempt: row.attempt - 1 }));

type Set = Partial<Pick<JobRow, "turnAt" | "owner" | "attempt">>;

async function change(store: Store, held: readonly Held[], set: (row: JobRow) => Set): Promise<void> {
  for (let at = 0; at < held.length; at += mostChanges) {
    const some = held.slice(at, at + mostChanges);
    try {
      await commit(store, some, set);
    } catch (error) {
      if (!isLost(error)) throw error;
      for (const one of some) await changeOne(store, one, set);
    }
  }
}

async function commit(store: Store, held: readonly Held[], set: (row: JobRow) => Set): Promise<void> {
  const rows = held.map(({ row }) => row);
  await store.commit(rows.map((row) => patch(jobs, row, set(row))));
  held.forEach((one, index) => {
    const row = rows[index]!;
    one.row = { ...row, ...set(row), rev: row.rev + 1 };
  });
}

async function changeOne(store: Store, one: Held, set: (row: JobRow) => Set): Promise<void> {
  const row = await store.get(jobs, one.row.id);
  if (!row || row.owner !== one.row.owner || row.attempt !== one.row.attempt) return;
  one.row = row;
  await commit(store, [one], set).catch((error) => {
    if (!isLost(error)) throw error;
  });
}
