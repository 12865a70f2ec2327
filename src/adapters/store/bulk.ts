// Rows by the hundred, as they are: what moving a whole store needs beside the Store port. Nobody else writes to it meanwhile.
import type { AnyCollection, Base } from "../../core/ports/store.ts";

export type WholeRow = Base & Readonly<Record<string, unknown>>;

/** Rows come from a store of the same declarations, so they are not parsed again. Every method may be repeated. */
export interface BulkWriter {
  /**
   * Writes rows with the revisions they have, and all that the driver keeps beside them; a row whose id is there already is left
   * as it is. When it rejects or its process dies, some may be there.
   * @throws AppError `unavailable`, `conflict` when another row has a unique key, `invalid` for a row that is too long.
   */
  put(collection: AnyCollection, rows: readonly WholeRow[]): Promise<void>;
  /** Removes all that the collections hold, and nothing that is put after it was called. */
  clear(collections: readonly AnyCollection[]): Promise<void>;
  audit(collection: AnyCollection): Audit;
  /** Resolves when what was put outlives a power cut. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** Whether what a driver keeps beside a collection's rows is as the rows want it. */
export interface Audit {
  /** To be told of every row. */
  see(rows: readonly WholeRow[]): void;
  /** A sentence for each thing that is wrong. */
  faults(): Promise<readonly string[]>;
}
