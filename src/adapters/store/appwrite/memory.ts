// Rows as they were last seen: what a commit may begin with instead of reading them again. Stale ones do no harm (see commit.ts).
import type { AppwriteTable, Held } from "./table.ts";

export interface Memory {
  see(table: AppwriteTable, held: Held): void;
  recall(table: AppwriteTable, id: string): Held | undefined;
  forget(table: AppwriteTable, id: string): void;
}

const most = 5_000;
/** Far below the hour for which spent stamps are kept (spent.ts), ms. */
const longest = 5 * 60_000;

export function rowMemory(now: () => number = () => performance.now()): Memory {
  const seen = new Map<string, { readonly held: Held; readonly at: number }>();
  const keyOf = ({ name }: AppwriteTable, id: string) => `${name}/${id}`;
  return {
    see(table, held) {
      const key = keyOf(table, held.row.id);
      seen.delete(key);
      seen.set(key, { held, at: now() });
      if (seen.size > most) seen.delete(seen.keys().next().value!);
    },
    recall(table, id) {
      const entry = seen.get(keyOf(table, id));
      return entry && now() - entry.at < longest ? entry.held : undefined;
    },
    forget: (table, id) => void seen.delete(keyOf(table, id)),
  };
}
