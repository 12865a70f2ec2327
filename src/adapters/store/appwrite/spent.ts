// Sweeps away the names and stamps that commits took more than an hour ago: nobody begins with rows seen that long ago.
import { Query } from "node-appwrite";
import { own } from "./own-tables.ts";
import { type Connection, listOf } from "./read.ts";

const hour = 3_600_000;

/** Time is the server's: an hour before the newest of them. */
export async function sweepSpent(at: Connection): Promise<void> {
  const { rows } = await listOf(at, own.commits, [Query.orderDesc("$createdAt"), Query.limit(1)]);
  const newest = Date.parse(String(rows[0]?.$createdAt));
  if (Number.isNaN(newest)) return;
  const queries = [Query.lessThan("$createdAt", new Date(newest - hour).toISOString())];
  await at.tables.deleteRows({ databaseId: at.databaseId, tableId: own.commits, queries });
}

/** Now and every hour, until it is stopped; a sweep that fails is made up for by the next. */
export function sweeping(at: Connection): { stop(): void } {
  const sweep = () => void sweepSpent(at).catch(() => undefined);
  const timer = setInterval(sweep, hour).unref();
  return { stop: () => clearInterval(timer) };
}
