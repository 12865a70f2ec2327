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

const retryable = (error: AppError) => error.detail.key === "rev";

/** Reads a row, applies a pure change, commits it at that revision; again on conflict. `undefined` leaves it as it is. */
export function update<C extends AnyCollection>(
  store: Store,
  of: C,
  id: string,
  change: (row: Row<C>) => Partial<Values<C>> | undefined,
): Promise<Row<C>> {
  return untilSettled(async () => {
    const row = await store.get(of, id);
    if (!row) throw new AppError("not_found", kernelTexts.say("gone"));
    const set = change(row);
    if (!set) return row;
    await store.commit([patch(of, row, set)]);
    return { ...row, ...set, rev: row.rev + 1 };
  });
}
