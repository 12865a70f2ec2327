// Which jobs are due, and taking them: by a lease that only one instance can get.
import { AppError } from "../../../core/errors.ts";
import { patch } from "../../../core/kernel/change.ts";
import type { Store } from "../../../core/ports/store.ts";
import { priorities } from "../../request.ts";
import { type JobRow, jobs } from "./rows.ts";

/** When the next job can be claimed, in epoch ms. */
export async function nextDue(store: Store): Promise<number | undefined> {
  const { rows } = await store.find(jobs, { orderBy: { field: "turnAt" }, limit: 1 });
  return rows[0]?.turnAt;
}

const fewDue = 100;

/**
 * Jobs that can be claimed, by priority, then by due time, and whether there are others. One query while there are few;
 * one a priority when it is known that they are many (`crowded`) or turns out so.
 */
export async function dueJobs(
  store: Store,
  now: number,
  most: number,
  crowded: boolean,
): Promise<{ readonly rows: readonly JobRow[]; readonly more: boolean }> {
  const turnAt = { lte: now };
  if (!crowded) {
    const { rows } = await store.find(jobs, { where: { turnAt }, orderBy: { field: "turnAt" }, limit: fewDue });
    if (rows.length < fewDue) return { rows: rows.toSorted(byPriority).slice(0, most), more: rows.length > most };
  }
  const due: JobRow[] = [];
  for (let priority: number = priorities.first; priority <= priorities.last && due.length < most; priority++) {
    const limit = most - due.length;
    const page = await store.find(jobs, { where: { priority, turnAt }, orderBy: { field: "turnAt" }, limit });
    due.push(...page.rows);
  }
  return { rows: due, more: due.length === most };
}

const byPriority = (a: JobRow, b: JobRow) => a.priority - b.priority || a.turnAt - b.turnAt;

/** Whether somebody else was faster: the row has moved on, or is gone. */
export const isLost = (error: unknown): boolean =>
  error instanceof AppError &&
  (error.code === "not_found" || (error.code === "conflict" && error.detail.key === "rev"));

/**
 * Leases the rows until `until` and answers those that were got. All in one commit; when another instance took one of
 * them meanwhile, what is still free is tried again, and at last each alone.
 */
export async function claimJobs(
  store: Store,
  rows: readonly JobRow[],
  owner: string,
  until: number,
  now: number,
): Promise<readonly JobRow[]> {
  const wanted = new Map(rows.map((row) => [row.id, row]));
  try {
    return await lease(store, rows, owner, until);
  } catch (error) {
    if (!isLost(error)) throw error;
  }
  const fresh = await store.getMany(jobs, [...wanted.keys()]);
  const got: JobRow[] = [];
  for (const row of fresh.filter((candidate) => candidate.turnAt <= now)) {
    try {
      got.push(...(await lease(store, [row], owner, until)));
    } catch (error) {
      if (!isLost(error)) throw error;
    }
  }
  return got;
}

async function lease(store: Store, rows: readonly JobRow[], owner: string, until: number): Promise<readonly JobRow[]> {
  const leased = (row: JobRow) => ({ owner, turnAt: until, attempt: row.attempt + 1 });
  if (rows.length > 0) await store.commit(rows.map((row) => patch(jobs, row, leased(row))));
  return rows.map((row) => ({ ...row, ...leased(row), rev: row.rev + 1 }));
}
