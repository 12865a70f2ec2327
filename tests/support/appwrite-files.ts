// Appwrite buckets for tests of files: on the server that the environment names, else on one that behaves like it.
import { randomBytes } from "node:crypto";
import { bucketIdOf } from "../../src/adapters/files/appwrite/buckets.ts";
import { planBuckets } from "../../src/adapters/files/appwrite/provision.ts";
import { type AppwriteFilesOptions, openAppwriteFiles } from "../../src/adapters/files/appwrite.ts";
import { type AppwriteAccess, type AppwriteApi, appwriteApi } from "../../src/adapters/store/appwrite/api.ts";
import { bucketNames, bucketPlans } from "../../src/core/files/buckets.ts";
import type { Files } from "../../src/core/ports/files.ts";
import { type AppwriteServer, appwriteServer } from "./appwrite-server/index.ts";
import { realAppwrite } from "./appwrite-store.ts";
import type { OpenedFiles } from "./file-samples.ts";

export interface FileGrounds {
  readonly access: AppwriteAccess;
  /** Of the buckets that `open` opens. */
  readonly databaseId: string;
  /** Absent on a real one. */
  readonly server?: AppwriteServer;
  /** The buckets, empty. */
  open(options?: Partial<AppwriteFilesOptions>): Promise<OpenedFiles>;
  /** Removes the buckets. */
  close(): Promise<void>;
}

/** @param real false for what only a server of our own can show. */
export async function fileGrounds({ real: wanted = true } = {}): Promise<FileGrounds> {
  const real = wanted ? realAppwrite() : undefined;
  const server = real ? undefined : await appwriteServer({ mostFileBytes: 200_000_000 });
  const access = real ?? { endpoint: server!.url, projectId: server!.projectId, apiKey: server!.apiKey };
  const api = appwriteApi(access, { timeoutMs: 60_000 });
  const databaseId = `test-${randomBytes(6).toString("hex")}`;
  for (const { run } of await planBuckets(api, databaseId, bucketPlans)) await run();
  const bucketId = bucketIdOf(databaseId, "attachments");
  const { maximumFileSize: most } = await api.storage.getBucket({ bucketId });
  return {
    access,
    databaseId,
    server,
    async open(options = {}) {
      const opened: Files[] = [];
      const choice = { driver: "appwrite", ...access, databaseId };
      const beside = async () => {
        const files = await openAppwriteFiles({ ...access, databaseId, ...options });
        opened.push(files);
        return files;
      };
      const files = await beside();
      const remove = async () => {
        for (const one of opened) await one.close();
        await emptied(api, databaseId);
      };
      return { files, beside, choice, most, remove };
    },
    async close() {
      for (const bucket of bucketNames) await api.storage.deleteBucket({ bucketId: bucketIdOf(databaseId, bucket) });
      await api.close();
      await server?.close();
    },
  };
}

async function emptied({ storage }: AppwriteApi, databaseId: string): Promise<void> {
  for (const bucket of bucketNames) {
    const bucketId = bucketIdOf(databaseId, bucket);
    for (let more = true; more; ) {
      const { files } = await storage.listFiles({ bucketId });
      for (const { $id: fileId } of files) await storage.deleteFile({ bucketId, fileId });
      more = files.length > 0;
    }
  }
}
