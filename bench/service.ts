// PeerSpark as it runs, on a new SQLite file, with one platform; its webhooks are served where it has some.
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../src/adapters/clock.ts";
import { openDisk } from "../src/adapters/files/disk.ts";
import { pinoLog } from "../src/adapters/log.ts";
import { cryptoSecrets } from "../src/adapters/secrets.ts";
import { openSqlite } from "../src/adapters/store/sqlite.ts";
import { build, collections } from "../src/build.ts";
import type { Clock } from "../src/core/ports/clock.ts";
import type { Log } from "../src/core/ports/log.ts";
import type { Platform } from "../src/core/ports/platform.ts";
import type { Secrets } from "../src/core/ports/secrets.ts";
import type { Store } from "../src/core/ports/store.ts";
import { httpApp } from "../src/http/app.ts";
import { listen } from "../src/http/listen.ts";

export interface PlatformParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly store: Store;
}

/** Answers where it listens. */
export async function serve(token: string, open: (parts: PlatformParts) => Platform): Promise<string> {
  const clock = systemClock();
  const log = pinoLog({ level: "warn", to: "stderr", secrets: [token] });
  const secrets = cryptoSecrets("bench", clock);
  const folder = await mkdtemp(join(tmpdir(), "peerspark-bench-"));
  const service = await build({
    store: await openSqlite({ path: join(folder, "bench.db"), collections }),
    files: await openDisk(join(folder, "files")),
    clock,
    log,
    secrets,
    platforms: (store) => [open({ clock, log, secrets, store })],
  });
  const [platform] = [...service.platforms.values()];
  const { webhooks } = platform!;
  const ready = async () => ({ ok: true, parts: {} });
  const { port } = await listen(httpApp({ webhooks, ready, log }), { host: "127.0.0.1", port: 0 });
  await service.work();
  await platform!.start(service.inbox, service.commands);
  return `http://127.0.0.1:${port}`;
}
