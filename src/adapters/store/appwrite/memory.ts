// Rows as they were last seen: what a commit may begin with instead of reading them again. Stale ones do no harm (see commit.ts).
import type { AppwriteTable, Columns, Held } from "./table.ts";

export interface RowMemory {
  /** Kept as it goes over the wire, so that nobody who was handed the row can change what is kept. */
  see(table: AppwriteTable, id: string, columns: Columns): void;
  recall(table: AppwriteTable, id: string): Held | undefined;
  forget(table: AppwriteTable, id: string): void;
}

const most = 5_000;
/** Characters; longer rows are read again. */
const longestBody = 4_000;
/** Far below the hour for which spent stamps are kept (spent.ts), ms. */
const longest = 5 * 60_000;

export function rowMemory(now: () => number = () => performance.now()): RowMemory {
  const seen = new Map<string, { readonly columns: Columns; readonly at: number }>();
  const nameOf = ({ name }: AppwriteTable, id: string) => `${name}/${id}`;
  return {
    see(table, id, columns) {
      const name = nameOf(table, id);
      seen.delete(name);
      const { body, rev, stamp, by_id } = columns;
      if ((body as string).length > longestBody) return;
      seen.set(name, { columns: { body: body!, rev: rev!, stamp: stamp!, by_id: by_id! }, at: now() });
      if (seen.size > most) seen.delete(seen.keys().next().value!);
    },
    recall(table, id) {
      const entry = seen.get(nameOf(table, id));
      return entry && now() - entry.at < longest ? table.decode(entry.columns) : undefined;
    },
    forget: (table, id) => void seen.delete(nameOf(table, id)),
  };
}
