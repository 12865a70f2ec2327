// How long a sweep takes over reminders whose turns are all in Redis.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/adapters/clock.ts";
import { cryptoSecrets } from "../../src/adapters/secrets.ts";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { insert } from "../../src/core/kernel/change.ts";
import type { Context } from "../../src/core/kernel/house.ts";
import { reminders } from "../../src/core/reminders/reminder.ts";
import { ringing } from "../../src/core/reminders/ring-reminder.ts";
import { sweepReminders } from "../../src/core/reminders/sweep-reminders.ts";
import { bullmqQueue } from "../../src/jobs/drivers/bullmq.ts";
import { silentLog } from "../../tests/support/queue-log.ts";

const perCommit = 100;

/** ms of one sweep, after one that warms up. @param within ms, from a minute ahead on, in which `many` reminders are due. */
export async function sweepMs(url: string, many: number, within: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-bench-"));
  const clock = systemClock();
  const secrets = cryptoSecrets("bench", clock);
  const store = await openSqlite({ path: join(folder, "bench.db"), collections: [reminders] });
  const queue = await bullmqQueue({ url, clock, secrets, log: silentLog });
  try {
    const from = clock.now() + 60_000;
    for (let at = 0; at < many; at += perCommit) {
      const rows = Array.from({ length: perCommit }, (_, n) =>
        rowOf(secrets.id(), at + n, from + ((at + n) / many) * within),
      );
      await store.commit(rows.map((row) => insert(reminders, row)));
      await queue.enqueue(rows.map((row) => ringing(row)));
    }
    const ctx = { store, queue, clock } as Partial<Context> as Context;
    const sweep = async (): Promise<number> => {
      const begun = performance.now();
      await sweepReminders.run(ctx, {}, { attempt: 1, runAt: clock.now() });
      return performance.now() - begun;
    };
    await sweep();
    return await sweep();
  } finally {
    queue.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const rowOf = (id: string, n: number, due: number) => ({
  id,
  memberId: `member-${Math.floor(n / 50)}`,
  code: `c${n}`,
  text: "breathe",
  zone: "Europe/Berlin",
  dueAt: Math.floor(due),
  status: "pending" as const,
  slot: n % 50,
  createdAt: 0,
});
