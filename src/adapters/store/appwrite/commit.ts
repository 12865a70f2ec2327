// Commits that lose nothing: worked out on rows as they were seen, written only if none of them has changed since.
import { AppError } from "../../../core/errors.ts";
import { type Change, mostChanges } from "../../../core/ports/store.ts";
import { uniqueKey } from "../declared.ts";
import { storeTexts } from "../texts.ts";
import { withPatience } from "./backoff.ts";
import { decide, type Outcome } from "./decide.ts";
import { Unfinished } from "./failure.ts";
import { claimOf } from "./keys.ts";
import { knownFor, knownThoroughly } from "./known.ts";
import { keysOf } from "./operations.ts";
import type { Connection } from "./read.ts";
import type { AppwriteTable, Columns } from "./table.ts";
import type { Turns } from "./turns.ts";
import { write } from "./write.ts";

type TableOf = (change: Change) => AppwriteTable;

/** Others may be faster again and again; each try shows that one of them got through. */
const patience = { withinMs: 20_000, pauseMs: 20, longestPauseMs: 500 };

/** Answers what it has written. @throws AppError as `Store.commit` */
export async function commitAt(
  at: Connection,
  turns: Turns,
  tableOf: TableOf,
  changes: readonly Change[],
): Promise<readonly Outcome[]> {
  if (changes.length === 0) return [];
  if (changes.length > mostChanges) throw new AppError("invalid", storeTexts.say("changes"));
  return turns(namesOf(tableOf, changes), () => settled(at, tableOf, changes));
}

/** What this process's commits wait for each other by: rows and keys that they change. Insertions wait for nobody. */
const namesOf = (tableOf: TableOf, changes: readonly Change[]): readonly string[] =>
  changes.flatMap((change) => {
    const table = tableOf(change);
    if (change.kind === "insert") return [];
    if (change.kind !== "upsert") return [`${table.name}/${change.id}`];
    return claimOf(table.name, uniqueKey(table, Object.keys(change.key)), change.key) ?? [];
  });

async function settled(at: Connection, tableOf: TableOf, changes: readonly Change[]): Promise<readonly Outcome[]> {
  let outcomes: readonly Outcome[] = [];
  await withPatience(patience, isToBeRepeated, async (nth) => {
    const known = nth
      ? await knownThoroughly(at, tableOf, changes, [...keysOf(outcomes).gained.keys()])
      : await knownFor(at, tableOf, changes);
    outcomes = decide(tableOf, changes, known);
    if (outcomes.length === 0) return;
    const written = await write(at, outcomes);
    if ("again" in written) throw new Unfinished("others were faster", false);
    remember(at, outcomes, written.done);
  });
  return outcomes;
}

const isToBeRepeated = (error: unknown) => error instanceof Unfinished && !error.mayHaveActed;

function remember({ memory }: Connection, outcomes: readonly Outcome[], rows: ReadonlyMap<Outcome, Columns>): void {
  for (const outcome of outcomes) {
    const columns = rows.get(outcome);
    if (columns) memory.see(outcome.table, outcome.id, columns);
    else memory.forget(outcome.table, outcome.id);
  }
}
