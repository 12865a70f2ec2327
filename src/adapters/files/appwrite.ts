// Files in the buckets of an Appwrite project, beside its rows: the same promises as on the disk, over HTTP.
import { AppError } from "../../core/errors.ts";
import { type Bucket, type Files, isFileId } from "../../core/ports/files.ts";
import { type ApiOptions, type AppwriteAccess, appwriteApi } from "../store/appwrite/api.ts";
import { AppwriteFailure } from "../store/appwrite/failure.ts";
import { openingError } from "../store/appwrite.ts";
import { bucketAt, isComplete } from "./appwrite/bucket-at.ts";
import { bucketIdOf } from "./appwrite/buckets.ts";
import { alreadyThere, filesFailure } from "./appwrite/failure.ts";
import { piecesFrom } from "./appwrite/pieces.ts";
import { upload } from "./appwrite/upload.ts";
import { storageTexts } from "./texts.ts";

export interface AppwriteFilesOptions extends AppwriteAccess, ApiOptions {
  readonly databaseId: string;
  /** Until the answer to a chunk begins, and between the pieces of a file, ms. */
  readonly bytesTimeoutMs?: number;
}

const buckets: readonly Bucket[] = ["avatars", "resources", "attachments", "post_images"];

/**
 * @throws AppError `unavailable` when the server can't be reached or refuses the key, `unsupported` when its buckets have
 * not been provisioned.
 */
export async function openAppwriteFiles(options: AppwriteFilesOptions): Promise<Files> {
  const { databaseId, bytesTimeoutMs = 60_000 } = options;
  const api = appwriteApi(options, options);
  const at = (bucket: Bucket) => bucketAt(api, bucketIdOf(databaseId, bucket), bytesTimeoutMs);
  try {
    await Promise.all(buckets.map((bucket) => at(bucket).list(1)));
  } catch (error) {
    await api.close();
    throw isNotThere(error) ? notProvisioned(bucketIdOf(databaseId, "attachments")) : openingError(error, options);
  }
  const translated = <T>(ask: () => Promise<T>): Promise<T> =>
    ask().catch((error) => Promise.reject(filesFailure(error)));
  const underWay = new Set<string>();
  return {
    async put(bucket, id, content, size) {
      mustBeId(id);
      const key = `${bucket}/${id}`;
      if (underWay.has(key)) throw alreadyThere();
      underWay.add(key);
      return upload({ at: at(bucket), id, size }, content).finally(() => underWay.delete(key));
    },
    async read(bucket, id, from = 0, to = Number.POSITIVE_INFINITY) {
      mustBeId(id);
      const file = await translated(() => at(bucket).file(id));
      return file && isComplete(file) ? piecesFrom(at(bucket), id, file.sizeOriginal, from, to) : undefined;
    },
    async remove(bucket, id) {
      mustBeId(id);
      await translated(() => at(bucket).remove(id));
    },
    list: (bucket, limit, after) =>
      translated(async () => {
        const found = await at(bucket).list(limit, after);
        return found.map(({ $id, sizeOriginal }) => ({ id: $id, bytes: sizeOriginal }));
      }),
    ping: () => translated(async () => void (await at("attachments").list(1))),
    close: () => api.close(),
  };
}

function mustBeId(id: string): void {
  if (!isFileId(id)) throw new AppError("invalid", storageTexts.say("refused"));
}

const isNotThere = (error: unknown) => error instanceof AppwriteFailure && error.type === "storage_bucket_not_found";

const notProvisioned = (bucket: string) => new AppError("unsupported", storageTexts.say("notProvisioned", bucket));
