// Moves the bytes of files beside their rows, and compares them by their hashes; files never change, so what is there is right or broken.
import { createHash } from "node:crypto";
import { AppError, isConflict, passes } from "../../core/errors.ts";
import { type FileRow, files } from "../../core/files/read.ts";
import type { Files } from "../../core/ports/files.ts";
import type { Store } from "../../core/ports/store.ts";
import { withPatience } from "../store/appwrite/backoff.ts";
import { pagesOf } from "./pages.ts";

export interface FilesMoving {
  /** The source's rows: they say which files there are. */
  readonly store: Pick<Store, "find">;
  readonly from: Files;
  readonly to: Files;
  /** Told of each file that is done; `before` when an earlier run had copied it. */
  readonly done: (file: FileRow, before: boolean) => void;
}

export interface FileDifference extends Pick<FileRow, "bucket" | "id"> {
  /** In the target. */
  readonly is: "missing" | "different";
}

export interface FilesCompared {
  readonly files: number;
  readonly bytes: number;
  readonly differences: readonly FileDifference[];
  /** Files whose bytes the source itself has lost, or no longer has as they were given: they are not in the way. */
  readonly damaged: readonly string[];
}

/** Files under way. */
const atOnce = 4;
const patience = { withinMs: 60_000, pauseMs: 200, longestPauseMs: 5_000 };

export const copyFiles = ({ store, from, to, done }: FilesMoving): Promise<void> =>
  eachFile(store, async (file) => {
    const before = await isThere(to, file);
    if (!before) await withPatience(patience, passes, () => copyFile(from, to, file));
    done(file, before);
  });

/** Whole: of one that was only begun nothing can be read. */
const isThere = async (to: Files, { bucket, id }: FileRow): Promise<boolean> =>
  (await to.read(bucket, id, 0, 1)) !== undefined;

/** What the source has lost in whole or in part cannot be copied; comparing tells of it. */
async function copyFile(from: Files, to: Files, { bucket, id, bytes }: FileRow): Promise<void> {
  const put = async () => {
    const content = await from.read(bucket, id);
    if (content) await to.put(bucket, id, content, bytes);
  };
  const again = async () => {
    await to.remove(bucket, id);
    await put();
  };
  await put()
    .catch((error) => (isConflict(error) ? again() : Promise.reject(error)))
    .catch((error) => (error instanceof AppError && error.code === "invalid" ? undefined : Promise.reject(error)));
}

export async function compareFiles({ store, from, to, done }: FilesMoving): Promise<FilesCompared> {
  const differences: FileDifference[] = [];
  const damaged: string[] = [];
  let [count, bytes] = [0, 0];
  await eachFile(store, async (row) => {
    const { bucket, id } = row;
    const there = await hashOf(to, row);
    if (there === undefined || there !== row.sha256) {
      const here = await hashOf(from, row);
      if (here === undefined || here !== (row.sha256 ?? here)) damaged.push(`${bucket}/${id}`);
      else if (here !== there) differences.push({ bucket, id, is: there === undefined ? "missing" : "different" });
    }
    count++;
    bytes += row.bytes;
    done(row, false);
  });
  return { files: count, bytes, differences, damaged };
}

/** SHA-256 in hex. */
async function hashOf(at: Files, { bucket, id }: FileRow): Promise<string | undefined> {
  return withPatience(patience, passes, async () => {
    const content = await at.read(bucket, id);
    if (!content) return undefined;
    const hash = createHash("sha256");
    for await (const piece of content) hash.update(piece);
    return hash.digest("hex");
  });
}

/** Runs for every file that is kept, a few at once. What is only begun the sweep takes away, there as here. */
async function eachFile(store: Pick<Store, "find">, run: (file: FileRow) => Promise<void>): Promise<void> {
  for await (const rows of pagesOf(store, files, 100)) {
    const kept = rows.filter(({ state }) => state === "kept");
    for (let at = 0; at < kept.length; at += atOnce) await Promise.all(kept.slice(at, at + atOnce).map(run));
  }
}

/** Files that are kept, and their bytes together. */
export async function sizeOfFiles(store: Pick<Store, "find">): Promise<{ files: number; bytes: number }> {
  let [count, bytes] = [0, 0];
  await eachFile(store, async (file) => {
    count++;
    bytes += file.bytes;
  });
  return { files: count, bytes };
}
