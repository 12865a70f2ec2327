// Which updates stand in which line, as far as this process knows: who comes later must not be handled before them.
import type { KeptUpdate } from "../../core/ports/spool.ts";

type Stand = Pick<KeptUpdate, "id" | "line">;

export interface KeptLines {
  /** Whether nothing stands before it: it is the first of its line, or the line is empty. */
  isNext(update: Stand): boolean;
  has(update: Stand): boolean;
  all(): readonly Stand[];
  add(update: Stand): void;
  remove(update: Stand): void;
  /** The oldest there are, whoever kept them: they stand before all others. */
  lead(updates: readonly Stand[]): void;
  /** Lines with something in them by the spool's account: some of it may be another process's. */
  heard(lines: ReadonlySet<string>): void;
}

export function keptLines(): KeptLines {
  const lines = new Map<string, Set<string>>();
  let elsewhere: ReadonlySet<string> = new Set();
  const idsOf = (line: string) => lines.get(line) ?? lines.set(line, new Set()).get(line)!;
  return {
    isNext({ id, line }) {
      const [first] = lines.get(line) ?? [];
      return first === undefined ? !elsewhere.has(line) : first === id;
    },
    has: ({ id, line }) => lines.get(line)?.has(id) ?? false,
    all: () => [...lines].flatMap(([line, ids]) => [...ids].map((id) => ({ id, line }))),
    add: ({ id, line }) => void idsOf(line).add(id),
    remove({ id, line }) {
      const ids = lines.get(line);
      ids?.delete(id);
      if (ids?.size === 0) lines.delete(line);
    },
    lead(updates) {
      for (const [line, some] of Map.groupBy(updates, (update) => update.line))
        lines.set(line, new Set([...some.map(({ id }) => id), ...idsOf(line)]));
    },
    heard(all) {
      elsewhere = new Set([...all].filter((line) => !lines.has(line)));
    },
  };
}
