// PeerSpark as it runs, on a new SQLite file, with the pacing of outgoing messages off (the server at the other end sets no limits).
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { telegram } from "../../../src/adapters/chat/telegram/index.ts";
import { systemClock } from "../../../src/adapters/clock.ts";
import { pinoLog } from "../../../src/adapters/log.ts";
import { cryptoSecrets } from "../../../src/adapters/secrets.ts";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { build, collections } from "../../../src/build.ts";
import { httpApp } from "../../../src/http/app.ts";
import { listen } from "../../../src/http/listen.ts";
import { token } from "../bot-api.ts";
import { serveContender } from "../contender.ts";

const secret = "bench-secret-0123456789";
const clock = systemClock();
const log = pinoLog({ level: "warn", to: "stderr", secrets: [token] });
const path = join(await mkdtemp(join(tmpdir(), "peerspark-bench-")), "bench.db");
const service = await build({
  store: await openSqlite({ path, collections }),
  clock,
  log,
  secrets: cryptoSecrets("bench", clock),
  platforms: () => [
    telegram({
      token,
      apiRoot: process.env.API_ROOT!,
      webhook: { publicUrl: "https://bench.invalid", secret },
      clock,
      log,
      rates: "none",
    }),
  ],
});
const platform = service.platforms.get("telegram")!;
const { port } = await listen(
  httpApp({ webhooks: platform.webhooks, ready: async () => ({ ok: true, parts: {} }), log }),
  { host: "127.0.0.1", port: 0 },
);
await service.work();
await platform.start(service.inbox, service.commands);
serveContender({ url: `http://127.0.0.1:${port}/telegram/${secret}`, secret });
