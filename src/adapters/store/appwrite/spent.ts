// Sweeps away the names and stamps that commits took more than an hour ago: nobody begins with rows seen that long ago.
import { Query } from "node-appwrite";
import { own } from "./own-tables.ts";
import { type Connection, listOf } from "./read.ts";

const hour = 3_600_000;
/** Commands that come and go leave it to the service, ms. */
const soon = 300_000;

/** Time is the server's: an hour before the newest of them. */
export async function sweepSpent(at: Connection): Promise<void> {
  const { rows } = await listOf(at, own.commits, [Query.orderDesc("$createdAt"), Query.limit(1)]);
  const newest = Date.parse(String(rows[0]?.$createdAt));
  if (Number.isNaN(newest)) return;
  const queries = [Query.lessThan("$createdAt", new Date(newest - hour).toISOString())];
  await at.tables.deleteRows({ databaseId: at.databaseId, tableId: own.commits, queries });
}

/** Soon, and then every hour until it is stopped; a sweep that fails is made up for by the next. */
export function sweeping(at: Connection): { stop(): void } {
  const sweep = () => {
    sweepSpent(at).catch(() => undefined);
    timer = setTimeout(sweep, hour).unref();
  };
  let timer = setTimeout(sweep, soon).unref();
  return { stop: () => clearTimeout(timer) };
}
