// What a commit comes to, worked out on rows as they were last seen: pure, in order, each change seeing those before.
import { AppError } from "../../../core/errors.ts";
import type { Change } from "../../../core/ports/store.ts";
import { uniqueKey } from "../declared.ts";
import { misfit } from "../fitting.ts";
import { storeTexts } from "../texts.ts";
import { Unfinished } from "./failure.ts";
import { claimOf } from "./keys.ts";
import type { AnyRow, AppwriteTable, Held } from "./table.ts";

/** What is known before; what isn't is taken for absent and free, and the server says when it was not so. */
export interface Known {
  readonly rows: ReadonlyMap<AppwriteTable, ReadonlyMap<string, Held>>;
  /** The ids of the rows that hold unique keys, by the key's own id. */
  readonly owners: ReadonlyMap<string, string>;
}

/** What becomes of one row. */
export interface Outcome {
  readonly table: AppwriteTable;
  readonly id: string;
  /** As it was, to be given up by its stamp; undefined for a row that is new. */
  readonly before?: Held;
  /** Undefined for a row that is removed. */
  readonly after?: AnyRow;
}

type Kinds = { readonly [K in Change["kind"]]: Extract<Change, { kind: K }> };
type Apply<K extends Change["kind"]> = (state: State, table: AppwriteTable, change: Kinds[K]) => void;
type Values = Readonly<Record<string, unknown>>;

/** The rows as the changes so far have left them. */
interface State {
  row(table: AppwriteTable, id: string): AnyRow | undefined;
  owner(claim: string): string | undefined;
  /** @throws AppError `conflict` when another row holds one of its unique keys. */
  put(table: AppwriteTable, row: AnyRow): void;
  drop(table: AppwriteTable, row: AnyRow): void;
  outcomes(): readonly Outcome[];
}

/** @throws AppError as `Store.commit` does. */
export function decide(tableOf: (change: Change) => AppwriteTable, changes: readonly Change[], known: Known) {
  const state = stateFrom(known);
  for (const change of changes)
    (appliers[change.kind] as Apply<typeof change.kind>)(state, tableOf(change), change as never);
  return state.outcomes();
}

const appliers: { readonly [K in Change["kind"]]: Apply<K> } = {
  insert(state, table, { row }) {
    insert(state, table, row.id, table.fitting.row(row));
  },

  patch(state, table, { id, set, rev }) {
    const part = table.fitting.part(set);
    const row = present(state, table, id);
    if (rev !== undefined && rev !== row.rev) throw conflict(table, id, "rev");
    change(state, table, row, part);
  },

  increment(state, table, { id, field, by, min, max }) {
    const known = table.field.get(field);
    const number = known?.kind === "real" || (known?.kind === "integer" && Number.isInteger(by));
    if (!known || !number || !Number.isFinite(by)) throw misfit(table.name, field);
    const row = present(state, table, id);
    const sum = ((row[field] as number | null | undefined) ?? 0) + by;
    if ((min !== undefined && sum < min) || (max !== undefined && sum > max)) throw conflict(table, id, "bound", field);
    change(state, table, row, { [field]: table.fitting.value(known, sum) });
  },

  upsert(state, table, { key, row, set }) {
    const fitted = table.fitting.row(row);
    const part = table.fitting.part(set);
    const fields = uniqueKey(table, Object.keys(key));
    const wanted = table.fitting.part(key);
    for (const field of fields)
      if (wanted[field] == null || wanted[field] !== fitted[field]) throw misfit(table.name, field);
    const owner = state.owner(claimOf(table.name, fields, fitted)!);
    if (owner === undefined) return insert(state, table, row.id, fitted);
    const holder = state.row(table, owner);
    if (!holder) throw new Unfinished("a key is held by a row that has just come or gone", false);
    change(state, table, holder, part);
  },

  remove(state, table, { id, rev }) {
    const row = state.row(table, id);
    if (!row) return;
    if (rev !== undefined && rev !== row.rev) throw conflict(table, id, "rev");
    state.drop(table, row);
  },
};

function insert(state: State, table: AppwriteTable, id: string, fitted: Values): void {
  if (state.row(table, id)) throw taken(table, "id");
  state.put(table, { ...fitted, id, rev: 1 });
}

const change = (state: State, table: AppwriteTable, row: AnyRow, part: Values): void =>
  state.put(table, { ...row, ...part, rev: row.rev + 1 });

function present(state: State, table: AppwriteTable, id: string): AnyRow {
  const row = state.row(table, id);
  if (row) return row;
  throw new AppError("not_found", storeTexts.say("gone"), { detail: { collection: table.name, id } });
}

function stateFrom(known: Known): State {
  const now = new Map<AppwriteTable, Map<string, AnyRow | undefined>>();
  const owners = new Map<string, string | undefined>(known.owners);
  for (const [table, rows] of known.rows)
    for (const { row } of rows.values()) for (const claim of table.claims(row).keys()) owners.set(claim, row.id);
  const before = (table: AppwriteTable, id: string) => known.rows.get(table)?.get(id);
  const changedOf = (table: AppwriteTable) => now.get(table) ?? now.set(table, new Map()).get(table)!;
  const row = (table: AppwriteTable, id: string) => {
    const changed = changedOf(table);
    return changed.has(id) ? changed.get(id) : before(table, id)?.row;
  };
  function release(table: AppwriteTable, id: string): void {
    const old = row(table, id);
    if (old) for (const claim of table.claims(old).keys()) owners.set(claim, undefined);
  }
  return {
    row,
    owner: (claim) => owners.get(claim),
    put(table, next) {
      const claims = table.claims(next);
      for (const [claim, key] of claims) if ((owners.get(claim) ?? next.id) !== next.id) throw taken(table, key);
      release(table, next.id);
      for (const claim of claims.keys()) owners.set(claim, next.id);
      changedOf(table).set(next.id, next);
    },
    drop(table, old) {
      release(table, old.id);
      changedOf(table).set(old.id, undefined);
    },
    outcomes: () =>
      [...now]
        .flatMap(([table, rows]) =>
          [...rows].map(([id, after]): Outcome => ({ table, id, before: before(table, id), after })),
        )
        .filter((outcome) => outcome.before || outcome.after)
        .sort(inOneOrder),
  };
}

/** Two commits that lock the same rows lock them in the same order. */
const inOneOrder = (one: Outcome, other: Outcome): number => {
  const [a, b] = [`${one.table.name}/${one.id}`, `${other.table.name}/${other.id}`];
  return a < b ? -1 : Number(a > b);
};

function taken({ name }: AppwriteTable, key: string): AppError {
  return new AppError("conflict", storeTexts.say("taken", { collection: name, key }), {
    detail: { collection: name, key },
  });
}

function conflict({ name }: AppwriteTable, id: string, key: "rev" | "bound", field = ""): AppError {
  const sentence = key === "rev" ? storeTexts.say("moved") : storeTexts.say("bound", { collection: name, field });
  return new AppError("conflict", sentence, { detail: { collection: name, key, id } });
}
