// Compares a collection in two stores, row by row in the order of the ids, and sums each side up in one hash.
import { createHash } from "node:crypto";
import type { AnyCollection, Store } from "../../core/ports/store.ts";
import type { Audit, WholeRow } from "../store/bulk.ts";
import { pagesOf } from "./pages.ts";

export interface Difference {
  readonly id: string;
  /** Of the target's row. */
  readonly is: "missing" | "different" | "too much";
}

export interface Compared {
  readonly name: string;
  /** In the source. */
  readonly rows: number;
  /** Of the source's rows as `canonical`, a line each, in hex. */
  readonly sha256: string;
  readonly sha256There: string;
  /** How many there are, and the first of them. */
  readonly apart: number;
  readonly differences: readonly Difference[];
  /** What the target keeps beside the rows and is not as they want it, a sentence each. */
  readonly faults: readonly string[];
}

export const isTheSame = ({ apart, faults, sha256, sha256There }: Compared): boolean =>
  apart === 0 && faults.length === 0 && sha256 === sha256There;

export interface Comparing {
  readonly from: Pick<Store, "find">;
  readonly to: Pick<Store, "find">;
  readonly audit: Audit;
  /** Told how many rows more are compared. */
  readonly compared: (rows: number) => void;
}

const page = 500;
const mostNamed = 10;

/** A row as text, the same wherever it is kept: id, revision, and the fields as they are declared; absent ones are left out. */
export function canonical({ shape }: AnyCollection): (row: WholeRow) => string {
  const fields = Object.keys(shape.shape);
  return (row) => JSON.stringify([row.id, row.rev, Object.fromEntries(fields.map((field) => [field, row[field]]))]);
}

export async function compareRows(
  { from, to, audit, compared }: Comparing,
  collection: AnyCollection,
): Promise<Compared> {
  const text = canonical(collection);
  const here = sideOf(pagesOf(from, collection, page), text, (rows) => compared(rows.length));
  const there = sideOf(pagesOf(to, collection, page), text, audit.see);
  const differences: Difference[] = [];
  let apart = 0;
  const differs = (id: string, is: Difference["is"]) => {
    apart++;
    if (differences.length < mostNamed) differences.push({ id, is });
  };
  for (let [one, other] = await Promise.all([here.next(), there.next()]); one || other; ) {
    const order = one && other ? Number(one.id > other.id) - Number(one.id < other.id) : one ? -1 : 1;
    if (order < 0) differs(one!.id, "missing");
    else if (order > 0) differs(other!.id, "too much");
    else if (one!.text !== other!.text) differs(one!.id, "different");
    if (order <= 0) one = await here.next();
    if (order >= 0) other = await there.next();
  }
  const faults = await audit.faults();
  const { rows, sha256 } = here.sum();
  return { name: collection.name, rows, sha256, sha256There: there.sum().sha256, apart, differences, faults };
}

interface Line {
  readonly id: string;
  readonly text: string;
}

/** One store's rows as lines, counted and hashed as they go by. */
function sideOf(
  pages: AsyncGenerator<readonly WholeRow[]>,
  text: (row: WholeRow) => string,
  seen: (rows: readonly WholeRow[]) => void,
) {
  const hash = createHash("sha256");
  let rows = 0;
  async function* linesOf(): AsyncGenerator<Line> {
    for await (const some of pages) {
      seen(some);
      for (const row of some) {
        const line = text(row);
        hash.update(`${line}\n`);
        rows++;
        yield { id: row.id, text: line };
      }
    }
  }
  const lines = linesOf();
  return {
    /** Undefined when there are no more. */
    next: async (): Promise<Line | undefined> => (await lines.next()).value,
    sum: () => ({ rows, sha256: hash.digest("hex") }),
  };
}
