// What `npm run doctor` looks at: settings, folder, key, store, clock and every chat app. It leaves everything as it was and sends nothing.
import { lstat, mkdtemp, rmdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Config, readConfig } from "../config/env.ts";
import type { entries as platformEntries } from "./adapters/chat/index.ts";
import { systemClock } from "./adapters/clock.ts";
import { keptSecretKey, openDataDir } from "./adapters/data-dir.ts";
import { openFiles } from "./adapters/files/index.ts";
import { pinoLog } from "./adapters/log.ts";
import { readMark, refusalOfUse } from "./adapters/migration/mark.ts";
import { cryptoSecrets } from "./adapters/secrets.ts";
import { openStore, type StoreChoice } from "./adapters/store/index.ts";
import { collections } from "./build.ts";
import { AppError } from "./core/errors.ts";
import { pages } from "./core/kernel/pages.ts";
import { addressOf, bindings } from "./core/pods/read.ts";
import type { Address, Finding } from "./core/ports/platform.ts";
import type { Store } from "./core/ports/store.ts";
import { filesOf, redisAt, storeAt, storeOf } from "./open.ts";

export interface Found extends Omit<Finding, "state"> {
  readonly area: string;
  readonly state: Finding["state"] | "off";
}

/** Adds what a piece of work finds, or that it failed or took too long, under its area; answers what it is worth to the next. */
export type Look = <T>(
  area: string,
  work: (find: (...findings: readonly Finding[]) => void) => Promise<T>,
) => Promise<T | undefined>;

export type Entries = typeof platformEntries;

export const well = (what: string): Finding => ({ state: "well", what });
const broken = (what: string, remedy?: string): Finding => ({ state: "broken", what, remedy });

export const lookAtNode: (look: Look) => Promise<unknown> = (look) =>
  look("node", async (find) => find(well(`Node ${process.versions.node}`)));

export const lookAtSettings = (look: Look, env: NodeJS.ProcessEnv): Promise<Config | undefined> =>
  look("settings", async (find) => {
    const config = readConfig(env);
    find(...config.hints.map((what): Finding => ({ state: "warning", what })));
    if (config.hints.length === 0) find(well("every variable can be used"));
    return config;
  });

const isThere = (looked: Promise<unknown>) =>
  looked.then(
    () => true,
    () => false,
  );

export const lookAtFolder = (look: Look, { dataDir }: Config): Promise<unknown> =>
  look("data", async (find) => {
    // Not `stat`: a link that leads nowhere is in the way of a folder.
    if (await isThere(lstat(dataDir))) {
      await openDataDir(dataDir);
      return find(well(`${dataDir} can be written to`));
    }
    let parent = dirname(dataDir);
    while (!(await isThere(lstat(parent)))) parent = dirname(parent);
    const remedy = "Let this user write to it, or name another folder in DATA_DIR.";
    // Only trying tells: what /proc and read-only mounts say of their rights is not so.
    await mkdtemp(join(parent, ".peerspark-")).then(
      async (made) => {
        await rmdir(made);
        find(well(`${dataDir} is made at the first start`));
      },
      () => find(broken(`${dataDir} can't be made in ${parent}`, remedy)),
    );
  });

/** Answers the key; one that is not made yet is stood in for. */
export const lookAtKey = (look: Look, { secretKey, dataDir }: Config): Promise<string | undefined> =>
  look("key", async (find) => {
    const file = join(dataDir, "secret-key");
    if (secretKey) find(well("SECRET_KEY is set"));
    else if (!(await isThere(stat(file)))) find(well("it is made at the first start"));
    else {
      const key = await keptSecretKey(dataDir);
      const { mode } = await stat(file);
      const open = (mode & 0o077) !== 0 && process.platform !== "win32";
      find(
        open
          ? { state: "warning", what: `others can read ${file}`, remedy: `Run: chmod 600 ${file}` }
          : well(`it is kept in ${file}`),
      );
      return key;
    }
    return secretKey ?? "0".repeat(64);
  });

/** Answers the open store; an empty one where a file is yet to be made. */
export const lookAtStore = (look: Look, config: Config): Promise<Store | undefined> =>
  look("store", async (find) => {
    const choice = storeOf(config);
    const there = choice.driver !== "sqlite" || (await isThere(stat(choice.path)));
    const store = await openStore(there ? choice : { ...choice, path: ":memory:" }, collections);
    await store.ping();
    const refusal = refusalOfUse(await readMark(store));
    if (refusal) find(broken(refusal.message));
    else find(well(`${storeAt(choice)} ${there ? "answers" : "is made at the first start"} (${nameOf(choice)})`));
    return store;
  });

/** Where they lie in the data folder, a look at that is one at them. */
export const lookAtFiles = async (look: Look, config: Config): Promise<unknown> =>
  config.appwrite &&
  look("files", async (find) => {
    const files = await openFiles(filesOf(config));
    await files.ping().finally(() => files.close());
    find(well("the buckets answer (Appwrite)"));
  });

const nameOf = ({ driver }: StoreChoice): string =>
  driver === "sqlite" ? `SQLite ${process.versions.sqlite}` : "Appwrite";

const second = 1000;

/** Whether the Redis that holds the jobs answers, and keeps what it is given. */
export const lookAtQueue = (look: Look, { redisUrl: url }: Config): Promise<unknown> =>
  look("jobs", async (find) => {
    if (!url) return find(well("they are kept in the store"));
    const { examineRedis } = await import("./jobs/drivers/bullmq/examine.ts");
    find(...(await examineRedis(url, redisAt(url))));
  });

/** By the date of a chat app's answer, which counts whole seconds. */
export const lookAtClock = (look: Look, { telegram, discord, slack }: Config): Promise<unknown> =>
  look("clock", async (find) => {
    const roots = [telegram?.apiRoot, discord?.apiUrl, slack?.apiUrl].filter((root) => root !== undefined);
    if (roots.length === 0) return find(well("no chat app is on to compare it with"));
    for (const root of roots) {
      const apart = await apartFrom(root).catch(() => undefined);
      if (apart === undefined) continue;
      const words = `${(Math.abs(apart) / second).toFixed(0)} s ${apart > 0 ? "ahead" : "behind"}`;
      const remedy = "Let the machine set its clock by NTP: reminders and signatures go by it.";
      if (Math.abs(apart) < 5 * second) return find(well("it agrees with that of the chat apps"));
      return find({ state: Math.abs(apart) < 60 * second ? "warning" : "broken", what: `it is ${words}`, remedy });
    }
    find({ state: "warning", what: "no chat app answers to compare it with", remedy: "See below for each of them." });
  });

/** ms that this machine is ahead. */
async function apartFrom(root: string): Promise<number | undefined> {
  const from = Date.now();
  const { headers } = await fetch(root, {
    method: "HEAD",
    redirect: "manual",
    signal: AbortSignal.timeout(3 * second),
  });
  const there = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(there) ? undefined : (from + Date.now()) / 2 - (there + second / 2);
}

/** The channels of an app that pods are at home in. */
async function boundPlaces(store: Store, platform: string): Promise<readonly Address[]> {
  const found: Address[] = [];
  for await (const rows of pages(store, bindings, { where: { platform, goneAt: null }, limit: 500 }))
    found.push(...rows.map(addressOf));
  return found;
}

/** Connects and authenticates; no mail is sent. */
export const lookAtMail = (look: Look, { mail }: Config): Promise<unknown> =>
  look("mail", async (find) => {
    if (!mail) return;
    const { smtpMailer } = await import("./adapters/mail/index.ts");
    const mailer = smtpMailer(mail);
    try {
      find(...(await mailer.examine()));
    } finally {
      await mailer.close();
    }
  });

interface Opened {
  readonly config: Config;
  readonly key: string;
  readonly store: Store;
}

/** Opens the app without starting it. */
export const lookAtPlatform = (look: Look, entry: Entries[number], { config, key, store }: Opened): Promise<unknown> =>
  look(entry.name, async (find) => {
    const clock = systemClock();
    const log = pinoLog({ level: "silent", to: "stderr" });
    const platform = await entry.open({ config, clock, log, store, secrets: cryptoSecrets(key, clock) });
    try {
      const findings = await platform.examine(await boundPlaces(store, entry.name));
      find(...(findings.length ? findings : [well("it is configured")]));
    } finally {
      await platform.stop(second);
    }
  });

/** What an error says to the operator; the stack of an unexpected one is of no help here. */
export const failed = (error: unknown): Finding =>
  error instanceof AppError ? broken(error.message) : broken(`it could not be looked at (${(error as Error).message})`);
