// Writing a file: beside its place until it is whole and on the disk, then moved there in one step.
import { createHash } from "node:crypto";
import { access, type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "../../../core/errors.ts";
import { storageTexts } from "../texts.ts";
import { codeOf, failureOf } from "./failure.ts";
import type { Paths } from "./paths.ts";

/** Who makes the file `begun` has the id to himself until it is moved or taken away. @throws as Files.put */
export async function writeWhole(paths: Paths, content: AsyncIterable<Uint8Array>, size: number): Promise<string> {
  const file = await begin(paths).catch((error) => Promise.reject(failureOf(error)));
  try {
    const sha256 = await fill(file, content, size).finally(() => file.close());
    await rename(paths.begun, paths.kept);
    await settle(dirname(paths.kept));
    return sha256;
  } catch (error) {
    await rm(paths.begun, { force: true }).catch(() => undefined);
    throw failureOf(error);
  }
}

async function begin({ kept, begun }: Paths): Promise<FileHandle> {
  await mkdir(dirname(kept), { recursive: true, mode: 0o700 });
  await mkdir(dirname(begun), { recursive: true, mode: 0o700 });
  const file = await open(begun, "wx", 0o600).catch((error) => {
    throw codeOf(error) === "EEXIST" ? taken() : error;
  });
  if (!(await isThere(kept))) return file;
  await file.close();
  await rm(begun, { force: true });
  throw taken();
}

async function fill(file: FileHandle, content: AsyncIterable<Uint8Array>, size: number): Promise<string> {
  const hash = createHash("sha256");
  let taken = 0;
  for await (const piece of content) {
    taken += piece.length;
    if (taken > size) throw wrongSize();
    hash.update(piece);
    await file.writeFile(piece);
  }
  if (taken !== size) throw wrongSize();
  await file.sync();
  return hash.digest("hex");
}

/** The move itself must outlast a power cut; where folders can't be synced (Windows), the system sees to it. */
async function settle(folder: string): Promise<void> {
  const opened = await open(folder, "r").catch(() => undefined);
  await opened?.sync().catch(() => undefined);
  await opened?.close();
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const taken = () => new AppError("conflict", storageTexts.say("taken"), { detail: { key: "id" } });
const wrongSize = () => new AppError("invalid", storageTexts.say("wrongSize"));
