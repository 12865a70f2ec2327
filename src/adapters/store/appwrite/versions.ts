// Notices what other processes commit to the collections that are read often: a counter each, counted up by every such commit.
import { Query } from "node-appwrite";
import { isPassing } from "./failure.ts";
import { own } from "./own-tables.ts";
import { type Connection, listOf } from "./read.ts";
import type { AppwriteTable } from "./table.ts";

/** For how long the counters are believed after they were read, ms. */
export const believedMs = 100;
/** For how long answers are still given while the server can't be asked, ms. */
const believedInNeedMs = 300_000;

export interface Versions {
  /** Resolves when nothing is kept that another process changed more than `believedMs` ago. */
  current(): Promise<void>;
}

/** @param changed is told of each collection whose counter has moved. */
export function versionsOf(
  at: Connection,
  tables: readonly AppwriteTable[],
  changed: (table: AppwriteTable) => void,
): Versions {
  let known: ReadonlyMap<string, State> = new Map();
  let asking: Promise<void> | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  let heardAt = Number.NEGATIVE_INFINITY;

  async function ask(): Promise<void> {
    try {
      const now = await statesOf(at);
      for (const table of tables) if (now.get(table.name)?.n !== known.get(table.name)?.n) changed(table);
      known = now;
      heardAt = performance.now();
    } catch (error) {
      if (!isPassing(error) || performance.now() - heardAt > believedInNeedMs) throw error;
    }
  }

  return {
    current() {
      if (!asking || performance.now() - askedAt >= believedMs) {
        askedAt = performance.now();
        asking = ask();
      }
      return asking;
    },
  };
}

interface State {
  readonly n: unknown;
  /** What the collection was provisioned for. */
  readonly note: unknown;
}

export async function statesOf(at: Connection): Promise<ReadonlyMap<string, State>> {
  const { rows } = await listOf(at, own.state, [Query.limit(500)]);
  return new Map(rows.map(({ $id, n, note }) => [$id as string, { n, note }]));
}
