// The steps of a commit, typed by the collection they touch, and the loop that never loses an update.
import { AppError, isConflict } from "../errors.ts";
import type { AnyCollection, Base, Change, NewRow, Row, Store, Values } from "../ports/store.ts";
import { kernelTexts } from "./texts.ts";

export const insert = <C extends AnyCollection>(into: C, row: NewRow<C>): Change => ({ kind: "insert", in: into, row });

/** Given a row, only at the revision it was read at; given an id, unconditionally. */
export const patch = <C extends AnyCollection>(of: C, row: string | Base, set: Partial<Values<C>>): Change =>
  typeof row === "string"
    ? { kind: "patch", in: of, id: row, set }
    : { kind: "patch", in: of, id: row.id, rev: row.rev, set };

export const increment = <C extends AnyCollection>(
  of: C,
  id: string,
  field: keyof Values<C> & string,
  by: number,
  bounds: { readonly min?: number; readonly max?: number } = {},
): Change => ({ kind: "increment", in: of, id, field, by, ...bounds });

export const upsert = <C extends AnyCollection>(
  into: C,
  key: Partial<Values<C>>,
  row: NewRow<C>,
  set: Partial<Values<C>>,
): Change => ({ kind: "upsert", in: into, key, row, set });

/** Given a row, only at the revision it was read at; given an id, unconditionally. Removing what is gone is no error. */
export const remove = (of: AnyCollection, row: string | Base): Change =>
  typeof row === "string" ? { kind: "remove", in: of, id: row } : { kind: "remove", in: of, id: row.id, rev: row.rev };

const tries = 40;

/** Runs a read-decide-commit again while somebody else was faster. @throws the last conflict after 40 tries. */
export async function untilSettled<T>(attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConflict(error) || !retryable(error) || n === tries) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

/** Two who insert the same meet at its unique key: for `untilSettled`, that whoever comes second reads anew. */
export const asRaceFor =
  (of: AnyCollection) =>
  (error: unknown): never => {
    if (!isConflict(error) || error.detail.collection !== of.name) throw error;
    throw new AppError("conflict", error.sentence, { cause: error, detail: { ...error.detail, key: "rev" } });
  };

const retryable = (error: AppError) => error.detail.key === "rev";

/** A read-decide-commit that begins with a row which was read already, and reads it anew while somebody else was faster. */
export function fromSeen<C extends AnyCollection, T>(
  store: Store,
  of: C,
  seen: Row<C>,
  attempt: (row: Row<C>) => Promise<T>,
): Promise<T> {
  let known: Row<C> | undefined = seen;
  return untilSettled(async () => {
    const row = known ?? (await store.get(of, seen.id));
    known = undefined;
    if (!row) throw new AppError("not_found", kernelTexts.say("gone"));
    return attempt(row);
  });
}

/**
 * Reads a row, applies a pure change, commits it at that revision; again on conflict. `undefined` leaves it as it is.
 * @param also what is committed with it
 */
export function update<C extends AnyCollection>(
  store: Store,
  of: C,
  id: string,
  change: (row: Row<C>) => Partial<Values<C>> | undefined,
  also: (row: Row<C>, set: Partial<Values<C>>) => readonly Change[] = () => [],
): Promise<Row<C>> {
  return untilSettled(async () => {
    const row = await store.get(of, id);
    if (!row) throw new AppError("not_found", kernelTexts.say("gone"));
    const set = change(row);
    if (!set) return row;
    await store.commit([patch(of, row, set), ...also(row, set)]);
    return { ...row, ...set, rev: row.rev + 1 };
  });
}
