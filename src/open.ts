// Opens the service on this machine: the store, the secrets and the platforms that the configuration names.
import { join } from "node:path";
import type { Config } from "../config/env.ts";
import { configuredPlatforms } from "./adapters/chat/index.ts";
import { type Terminal, type TerminalOptions, terminal } from "./adapters/chat/terminal/index.ts";
import { systemClock } from "./adapters/clock.ts";
import { type FilesChoice, openFiles } from "./adapters/files/index.ts";
import { type Occupied, type OccupyParts, occupy } from "./adapters/migration/lease.ts";
import { cryptoSecrets } from "./adapters/secrets.ts";
import { openSpool, type SpoolChoice } from "./adapters/spool/index.ts";
import { openStore, type StoreChoice } from "./adapters/store/index.ts";
import { build, collections, type Service } from "./build.ts";
import type { Files } from "./core/ports/files.ts";
import type { Log } from "./core/ports/log.ts";
import type { BullmqOptions, BullmqQueue } from "./jobs/drivers/bullmq.ts";

export const storeOf = ({ appwrite, dataDir }: Pick<Config, "appwrite" | "dataDir">): StoreChoice =>
  appwrite ? { driver: "appwrite", ...appwrite } : { driver: "sqlite", path: join(dataDir, "peerspark.db") };

/** Files lie where the rows do. */
export const filesOf = ({ appwrite, dataDir }: Pick<Config, "appwrite" | "dataDir">): FilesChoice =>
  appwrite ? { driver: "appwrite", ...appwrite } : { driver: "disk", folder: join(dataDir, "files") };

/** Where updates are kept while the store can't be reached: a store on this machine needs nothing of the kind. */
function spoolOf({
  appwrite,
  redisUrl: url,
  dataDir,
}: Pick<Config, "appwrite" | "redisUrl" | "dataDir">): SpoolChoice | undefined {
  if (!appwrite) return undefined;
  if (url) return { driver: "redis", url, prefix: `peerspark:${appwrite.databaseId}:` };
  return { driver: "embedded", path: join(dataDir, "waiting.db") };
}

/** Where the data is, for people. */
export const storeAt = (store: StoreChoice): string =>
  store.driver === "sqlite"
    ? store.path
    : `${store.endpoint}, project ${store.projectId}, database ${store.databaseId}`;

export interface Opened {
  readonly service: Service;
  readonly terminal: Terminal;
  /** Never resolves; rejects when the data is moved while this process has it open. */
  readonly evicted: Promise<never>;
  /** The pages of the queue's driver, an express router; absent where it has none. */
  readonly board?: BullmqQueue["board"];
}

/** What several processes share over Redis. Loaded only where there is one: BullMQ and its client take a quarter of a second. */
async function overRedis(options: BullmqOptions) {
  const [{ bullmqQueue }, { redisRates }] = await Promise.all([
    import("./jobs/drivers/bullmq.ts"),
    import("./adapters/chat/redis-rates.ts"),
  ]);
  const queue = await bullmqQueue(options);
  const shared = redisRates(options.url, options.log);
  const close = async () => {
    await queue.close();
    shared.close();
  };
  return { queue: { ...queue, close }, shared };
}

/** Without its password. */
export function redisAt(url: string): string {
  const { host, pathname } = new URL(url);
  return host + (pathname.length > 1 ? pathname : "");
}

/** @param key what tokens are signed with. */
export async function open(config: Config, key: string, log: Log, local?: TerminalOptions["local"]): Promise<Opened> {
  const { redisUrl } = config;
  const clock = systemClock();
  const secrets = cryptoSecrets(key, clock);
  const { store, evicted } = await openOccupied(storeOf(config), { clock, log, id: secrets.id() });
  const kept = spoolOf(config);
  let seats: Terminal | undefined;
  let files: Files | undefined;
  try {
    files = await openFiles(filesOf(config));
    const redis = redisUrl ? await overRedis({ url: redisUrl, clock, secrets, log }) : undefined;
    const service = await build({
      store,
      queue: redis?.queue,
      spool: kept && (await openSpool(kept)),
      files,
      clock,
      secrets,
      log,
      publicUrl: config.publicUrl,
      ...(await outletsOf(config)),
      platforms: async (of) => {
        seats = terminal({ store: of, clock, secrets, local });
        return [
          seats,
          ...(await configuredPlatforms({ config, clock, secrets, log, store: of, shared: redis?.shared })),
        ];
      },
    });
    return { service, terminal: seats!, evicted, board: redis?.queue.board };
  } catch (error) {
    await files?.close();
    await store.close();
    throw error;
  }
}

/** What only a configured one needs is loaded then. */
async function outletsOf({ mail, push }: Config) {
  return {
    mailer: mail && (await import("./adapters/mail/index.ts")).smtpMailer(mail),
    pusher: push && (await import("./adapters/push/index.ts")).webPusher(push),
  };
}

async function openOccupied(choice: StoreChoice, parts: Omit<OccupyParts, "store">): Promise<Occupied> {
  const store = await openStore(choice, collections);
  try {
    return await occupy({ store, ...parts });
  } catch (error) {
    await store.close();
    throw error;
  }
}
