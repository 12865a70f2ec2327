// Files in a folder: one for each bucket, and one for what is only begun. Ids are the only names that ever reach a path.
import { constants } from "node:fs";
import { access, mkdir, readdir, rm, stat } from "node:fs/promises";
import { AppError } from "../../core/errors.ts";
import type { Bucket, Files, StoredFile } from "../../core/ports/files.ts";
import { isFileId } from "../../core/ports/files.ts";
import { codeOf, failureOf } from "./disk/failure.ts";
import { begunAt, type Paths, pathsOf } from "./disk/paths.ts";
import { piecesOf } from "./disk/pieces.ts";
import { writeWhole } from "./disk/write-whole.ts";
import { storageTexts } from "./texts.ts";

/** @throws AppError `unavailable` naming the folder when it can't be made or written to. */
export async function openDisk(folder: string): Promise<Files> {
  const writable = () => access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writable();
  } catch (error) {
    throw new AppError("unavailable", storageTexts.say("folder", folder), { cause: error });
  }
  return {
    put: async (bucket, id, content, size) => writeWhole(pathsOf(folder, bucket, id), content, size),
    async read(bucket, id, from = 0, to) {
      const { kept } = pathsOf(folder, bucket, id);
      return (await bytesAt(kept)) === undefined ? undefined : piecesOf(kept, from, to);
    },
    remove: async (bucket, id) => removed(pathsOf(folder, bucket, id)),
    list: (bucket, limit, after = "") => listed(folder, bucket, limit, after),
    ping: () => writable().catch((error) => Promise.reject(failureOf(error))),
    close: async () => undefined,
  };
}

async function removed({ kept, begun }: Paths): Promise<void> {
  try {
    await rm(kept, { force: true });
    await rm(begun, { force: true });
  } catch (error) {
    throw failureOf(error);
  }
}

async function listed(folder: string, bucket: Bucket, limit: number, after: string): Promise<readonly StoredFile[]> {
  const { kept, begun } = begunAt(folder, bucket);
  const ids = new Set([...(await namesIn(kept)), ...(await namesIn(begun))]);
  const page = [...ids]
    .filter((id) => isFileId(id) && id > after)
    .sort()
    .slice(0, limit);
  const found = page.map(async (id) => {
    const paths = pathsOf(folder, bucket, id);
    return { id, bytes: (await bytesAt(paths.kept)) ?? (await bytesAt(paths.begun)) };
  });
  return (await Promise.all(found)).filter((one): one is StoredFile => one.bytes !== undefined);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw failureOf(error);
  }
}

async function bytesAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw failureOf(error);
  }
}
