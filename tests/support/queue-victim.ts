// A process of its own that takes jobs from a SQLite file until it is killed: `node queue-victim.ts <database> <notes>`.
import { appendFileSync } from "node:fs";
import { systemClock } from "../../src/adapters/clock.ts";
import { cryptoSecrets } from "../../src/adapters/secrets.ts";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { embeddedQueue, jobCollections } from "../../src/jobs/drivers/embedded.ts";
import { silentLog } from "./queue-log.ts";

const [path, notes] = process.argv.slice(2) as [string, string];
const clock = systemClock();
const store = await openSqlite({ path, collections: jobCollections });
const queue = embeddedQueue({ store, clock, secrets: cryptoSecrets("victim", clock), log: silentLog });

/** Some never end, so that it dies over them whenever it does. */
queue.start(async ({ input }) => {
  const n = input.n as number;
  appendFileSync(notes, `began ${n}\n`);
  await new Promise((resolve) => n % 25 && setTimeout(resolve, n % 7));
  appendFileSync(notes, `ended ${n}\n`);
  return undefined;
});
