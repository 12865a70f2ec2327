// The data folder and the key that is made in it at first start.

import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, copyFile, link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../core/errors.ts";

/** Makes the folder when it isn't there. @throws AppError `unavailable`, naming DATA_DIR, when it can't be written to. */
export async function openDataDir(dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    await access(dir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusable(dir, error);
  }
}

const keyForm = /^[0-9a-f]{64}$/;

/** What opens the operator's pages, kept beside the key in the same way. */
export const keptAdminToken = (dir: string): Promise<string> =>
  kept(dir, "admin-token", "remove it to get a new one, shown in that file.");

/**
 * The key in the folder, made when there is none (readable by its owner alone). Whoever is first wins: processes that start
 * at once all get the same one. @throws AppError `unavailable`, naming DATA_DIR.
 */
export const keptSecretKey = (dir: string): Promise<string> =>
  kept(dir, "secret-key", "remove it to get a new key: buttons sent before then stop working.");

async function kept(dir: string, name: string, otherwise: string): Promise<string> {
  const path = join(dir, name);
  const key = (await readKey(dir, path)) ?? (await makeKey(dir, path));
  if (keyForm.test(key)) return key;
  throw new AppError("unavailable", `${path} (in DATA_DIR) is damaged. Put back a copy of it, or ${otherwise}`);
}

async function readKey(dir: string, path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw unusable(dir, error);
  }
}

/** Written whole beside its place, then linked into it, so that nobody ever reads half a key. */
async function makeKey(dir: string, path: string): Promise<string> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  try {
    await openDataDir(dir);
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(`${randomBytes(32).toString("hex")}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await putInPlace(draft, path);
    return (await readFile(path, "utf8")).trim();
  } catch (error) {
    throw error instanceof AppError ? error : unusable(dir, error);
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
}

async function putInPlace(draft: string, path: string): Promise<void> {
  try {
    await link(draft, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return;
    if (!["EPERM", "ENOTSUP", "ENOSYS"].includes(codeOf(error))) throw error;
    // A file system without hard links (exFAT, some network shares).
    await copyFile(draft, path, constants.COPYFILE_EXCL).catch((late) => {
      if (codeOf(late) !== "EEXIST") throw late;
    });
  }
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "unknown error";

const unusable = (dir: string, cause: unknown) =>
  new AppError(
    "unavailable",
    `The data folder ${dir} can't be used (${codeOf(cause)}). Make it a folder this user may write to, or name another in DATA_DIR.`,
    { cause },
  );
