// Appwrite databases of their own for tests of the store: on the server that the environment names, else on one that behaves like it.
import { randomBytes } from "node:crypto";
import { type ApiOptions, type AppwriteAccess, appwriteApi } from "../../src/adapters/store/appwrite/api.ts";
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
  open(collections?: readonly AnyCollection[], options?: ApiOptions): Promise<OpenedAppwrite>;
  close(): Promise<void>;
}

/** @param real false for what only a server of our own can show, such as the requests that were made. */
export async function appwriteGrounds({ real: wanted = true } = {}): Promise<Grounds> {
  const real = wanted ? realAppwrite() : undefined;
  const server = real ? undefined : await appwriteServer();
  const access = real ?? { endpoint: server!.url, projectId: server!.projectId, apiKey: server!.apiKey };
  return {
    access,
    server,
    open: (collections = sampleCollections, options = {}) => openOn(access, collections, options),
    close: async () => server?.close(),
  };
}

/** The grounds are made at the first call, so that a contract can be given this where it is declared. */
export const samplesOn =
  (grounds: () => Grounds, often = false): OpenSamples =>
  () =>
    grounds().open(sampleCollections.map((sample) => ({ ...sample, often })));

async function openOn(
  access: AppwriteAccess,
  collections: readonly AnyCollection[],
  more: ApiOptions,
): Promise<OpenedAppwrite> {
  const options = { ...access, ...more, databaseId: `test-${randomBytes(6).toString("hex")}`, collections };
  await provision(options);
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
      const api = appwriteApi(access);
      await api.tables.delete({ databaseId: options.databaseId });
      await api.close();
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
