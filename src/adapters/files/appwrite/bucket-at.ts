// One bucket on the server: what is known of its files, and their bytes on the way.
import { Query } from "node-appwrite";
import type { Dispatcher } from "undici";
import type { AppwriteApi } from "../../store/appwrite/api.ts";
import { withPatience } from "../../store/appwrite/backoff.ts";
import { isPassingFailure, unanswered } from "../../store/appwrite/failure.ts";
import { isMissing } from "./failure.ts";

export interface RemoteFile {
  readonly $id: string;
  /** MD5 of the content in hex, once it is whole. */
  readonly signature: string;
  readonly sizeOriginal: number;
  readonly chunksTotal: number;
  readonly chunksUploaded: number;
}

export const isComplete = ({ chunksTotal, chunksUploaded, signature }: RemoteFile): boolean =>
  chunksUploaded === chunksTotal && signature !== "";

const patience = { withinMs: 10_000, pauseMs: 100, longestPauseMs: 2_000 };

/** All throw AppwriteFailure. */
export interface BucketAt {
  file(id: string): Promise<RemoteFile | undefined>;
  /** By id, ascending. */
  list(limit: number, after?: string): Promise<readonly RemoteFile[]>;
  remove(id: string): Promise<void>;
  post(headers: Readonly<Record<string, string>>, body: Uint8Array): Promise<RemoteFile>;
  /** @param range of bytes, both among them; the whole file when absent. */
  get(id: string, range?: readonly [first: number, last: number]): Promise<Dispatcher.ResponseData["body"]>;
}

/** @param timeoutMs until an answer begins, and between its pieces. */
export function bucketAt({ storage, send }: AppwriteApi, bucketId: string, timeoutMs: number): BucketAt {
  const path = `/storage/buckets/${bucketId}/files`;
  const orNothing = (error: unknown): undefined => {
    if (!isMissing(error)) throw error;
  };
  return {
    file: (fileId) => storage.getFile({ bucketId, fileId }).catch(orNothing),
    async list(limit, after) {
      const queries = [Query.orderAsc("$id"), Query.limit(limit), ...(after ? [Query.greaterThan("$id", after)] : [])];
      return (await storage.listFiles({ bucketId, queries, total: false })).files;
    },
    // Removing twice does no harm.
    remove: (fileId) =>
      withPatience(patience, isPassingFailure, async () => {
        await storage.deleteFile({ bucketId, fileId }).catch(orNothing);
      }),
    async post(headers, body) {
      const response = await send({ method: "POST", path, headers, body, timeoutMs });
      return (await response.body.json().catch((error) => Promise.reject(unanswered(error)))) as RemoteFile;
    },
    async get(id, range) {
      const headers: Record<string, string> = range ? { range: `bytes=${range[0]}-${range[1]}` } : {};
      return (await send({ method: "GET", path: `${path}/${id}/download`, headers, timeoutMs })).body;
    },
  };
}
