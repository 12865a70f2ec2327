// Appwrite databases for tests of the store: on the server that the environment names, else on one that behaves like it.
import { randomBytes } from "node:crypto";
import { Query } from "node-appwrite";
import {
  type ApiOptions,
  type AppwriteAccess,
  type AppwriteApi,
  appwriteApi,
} from "../../src/adapters/store/appwrite/api.ts";
import { own } from "../../src/adapters/store/appwrite/own-tables.ts";
import { planProvisioning } from "../../src/adapters/store/appwrite/provision.ts";
import { openAppwrite } from "../../src/adapters/store/appwrite.ts";
import type { AnyCollection, Store } from "../../src/core/ports/store.ts";
import { type AppwriteServer, appwriteServer } from "./appwrite-server/index.ts";
import { type OpenedStore, type OpenSamples, sampleCollections } from "./store-samples.ts";

/** The server of `npm run test:appwrite`; undefined in `npm test`. */
export function realAppwrite(env = process.env): AppwriteAccess | undefined {
  const { APPWRITE_ENDPOINT: endpoint, APPWRITE_PROJECT_ID: projectId, APPWRITE_API_KEY: apiKey } = env;
  return endpoint && projectId && apiKey ? { endpoint, projectId, apiKey } : undefined;
}

export interface OpenedAppwrite extends OpenedStore {
  readonly databaseId: string;
  /** Another process's view of the same data. */
  beside(): Promise<Store>;
}

export interface Grounds {
  readonly access: AppwriteAccess;
  /** Absent on a real one. */
  readonly server?: AppwriteServer;
  /** An empty store; `remove` empties its database for the next who wants the same collections. */
  open(collections?: readonly AnyCollection[], options?: ApiOptions): Promise<OpenedAppwrite>;
  /** Removes the databases it has made. */
  close(): Promise<void>;
}

/** @param real false for what only a server of our own can show, such as the requests that were made. */
export async function appwriteGrounds({ real: wanted = true } = {}): Promise<Grounds> {
  const real = wanted ? realAppwrite() : undefined;
  const server = real ? undefined : await appwriteServer();
  const access = real ?? { endpoint: server!.url, projectId: server!.projectId, apiKey: server!.apiKey };
  const api = appwriteApi(access, { timeoutMs: 60_000 });
  const made: string[] = [];
  const free = new Map<string, string[]>();
  return {
    access,
    server,
    async open(collections = sampleCollections, options = {}) {
      const kind = JSON.stringify(
        collections.map(({ name, often, everyCall, unique }) => [name, often, everyCall, unique]),
      );
      const idle = free.get(kind) ?? [];
      free.set(kind, idle);
      const databaseId = idle.pop() ?? `test-${randomBytes(6).toString("hex")}`;
      if (!made.includes(databaseId)) {
        made.push(databaseId);
        await provision({ ...access, databaseId, collections });
      }
      return openOn({ ...access, ...options, databaseId, collections }, async () => {
        await emptied(api, databaseId, collections);
        idle.push(databaseId);
      });
    },
    async close() {
      for (const databaseId of made) await api.tables.delete({ databaseId });
      await api.close();
      await server?.close();
    },
  };
}

async function emptied(
  { tables }: AppwriteApi,
  databaseId: string,
  collections: readonly AnyCollection[],
): Promise<void> {
  const rows = { queries: [Query.greaterThan("by_id", "0")] };
  await Promise.all([
    ...collections.map(({ name: tableId }) => tables.deleteRows({ databaseId, tableId, ...rows })),
    ...[own.keys, own.commits].map((tableId) => tables.deleteRows({ databaseId, tableId })),
  ]);
}

/**
 * The grounds are made at the first call, so that a contract can be given this where it is declared.
 * @param often whether all collections are read often, and the first of them at every call.
 */
export const samplesOn =
  (grounds: () => Grounds, often = false): OpenSamples =>
  () =>
    grounds().open(sampleCollections.map((sample, at) => ({ ...sample, often, everyCall: often && at === 0 })));

async function openOn(
  options: Parameters<typeof openAppwrite>[0],
  freed: () => Promise<void>,
): Promise<OpenedAppwrite> {
  const opened: Store[] = [];
  const open = async () => {
    const store = await openAppwrite(options);
    opened.push(store);
    return store;
  };
  const closeAll = async () => {
    for (const store of opened.splice(0)) await store.close();
  };
  return {
    databaseId: options.databaseId,
    store: await open(),
    beside: open,
    async reopen() {
      await closeAll();
      return open();
    },
    async remove() {
      await closeAll();
      await freed();
    },
  };
}

export async function provision(options: Parameters<typeof planProvisioning>[0]): Promise<readonly string[]> {
  const plan = await planProvisioning(options);
  try {
    await plan.apply();
    return plan.steps;
  } finally {
    await plan.close();
  }
}
