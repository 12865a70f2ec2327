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

queue.start(async ({ input }) => {
  appendFileSync(notes, `began ${input.n}\n`);
  await new Promise((resolve) => setTimeout(resolve, (input.n as number) % 7));
  appendFileSync(notes, `ended ${input.n}\n`);
  return undefined;
});
