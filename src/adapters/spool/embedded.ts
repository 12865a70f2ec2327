// The embedded spool: a SQLite file of its own beside the data, opened when there is something to keep or something was kept.
import { existsSync } from "node:fs";
import { chmod } from "node:fs/promises";
import type { KeptUpdate, Spool } from "../../core/ports/spool.ts";
import { type Bounds, usualBounds } from "./bounds.ts";

export interface EmbeddedSpoolOptions extends Partial<Bounds> {
  readonly path: string;
}

/** The rollback journal and full syncs: what is kept outlives a power cut. Several processes may share the file. */
const schema = `
PRAGMA busy_timeout = 2000;
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS kept (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  line TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS lease (one INTEGER PRIMARY KEY CHECK (one = 1), owner TEXT NOT NULL, until INTEGER NOT NULL) STRICT;
`;

const sql = {
  size: "SELECT count(*) AS n, total(length(body)) AS text FROM kept",
  known: "SELECT 1 FROM kept WHERE id = ?",
  keep: "INSERT INTO kept (id, line, body) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
  oldest: "SELECT body FROM kept ORDER BY seq LIMIT ?",
  forget: "DELETE FROM kept WHERE id = ?",
  lines: "SELECT DISTINCT line FROM kept",
  lease: `INSERT INTO lease (one, owner, until) VALUES (1, ?1, ?2) ON CONFLICT (one)
    DO UPDATE SET owner = ?1, until = ?2 WHERE owner = ?1 OR until < ?3`,
} as const;

type Statements = Awaited<ReturnType<typeof openFile>>;

export function embeddedSpool({ path, ...bounds }: EmbeddedSpoolOptions): Spool {
  const { most, mostText } = { ...usualBounds, ...bounds };
  let opening: Promise<Statements> | undefined;
  const file = (): Promise<Statements> => {
    opening ??= openFile(path).catch((error) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  /** Nothing is made of a file that isn't there only to find nothing in it. */
  const looked = async <T>(nothing: T, look: (at: Statements) => T): Promise<T> =>
    opening || existsSync(path) ? look(await file()) : nothing;

  return {
    shared: false,
    async keep(kept) {
      const at = await file();
      const body = JSON.stringify(kept);
      if (at.known.get(kept.id)) return "known";
      const { n, text } = at.size.get() as { n: number; text: number };
      if (n >= most || text + body.length > mostText) return "full";
      return at.keep.run(kept.id, kept.line, body).changes === 0 ? "known" : "kept";
    },
    oldest: (limit) =>
      looked<readonly KeptUpdate[]>([], ({ oldest }) =>
        oldest.all(limit).map(({ body }) => JSON.parse(body as string) as KeptUpdate),
      ),
    forget: (id) => looked(undefined, ({ forget }) => void forget.run(id)),
    count: () => looked(0, ({ size }) => size.get()!.n as number),
    lines: () =>
      looked<ReadonlySet<string>>(new Set(), ({ lines }) => new Set(lines.all().map(({ line }) => line as string))),
    async lease(owner, ms) {
      const now = Date.now();
      return (await file()).lease.run(owner, now + ms, now).changes > 0;
    },
    async close() {
      const closing = opening;
      opening = undefined;
      (await closing)?.close();
    },
  };
}

async function openFile(path: string) {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(path);
  try {
    // People's words are in it.
    await chmod(path, 0o600);
    database.exec(schema);
    const statements = Object.fromEntries(
      Object.entries(sql).map(([name, text]) => [name, database.prepare(text)]),
    ) as Record<keyof typeof sql, ReturnType<typeof database.prepare>>;
    return { ...statements, close: () => database.close() };
  } catch (error) {
    database.close();
    throw error;
  }
}
