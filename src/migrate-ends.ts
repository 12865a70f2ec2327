// The two stores of a migration, opened: the source must be there, the target is made where it is not.
import { existsSync } from "node:fs";
import type { Config } from "../config/env.ts";
import { type FilesChoice, openFiles } from "./adapters/files/index.ts";
import type { End } from "./adapters/migration/move-store.ts";
import type { Place } from "./adapters/migration/stage.ts";
import { migrationTexts } from "./adapters/migration/texts.ts";
import { openStore, type StoreChoice } from "./adapters/store/index.ts";
import { collections, movedCollections } from "./build.ts";
import { AppError } from "./core/errors.ts";
import { filesOf, storeAt, storeOf } from "./open.ts";

/** Nothing is kept at hand, since rows are also written past the store. */
export const migrated = collections.map((one) => ({ ...one, often: false }));
/** Those that move. */
export const moving = migrated.filter(({ name }) => movedCollections.some((one) => one.name === name));

/** A hundred rows of any size, or the answer about five hundred, take longer than what people wait for. */
const timeoutMs = 60_000;

export interface Choice {
  readonly store: StoreChoice;
  readonly files: FilesChoice;
}

/** @param config with Appwrite in it. */
export function choiceOf(name: StoreChoice["driver"], config: Config): Choice {
  const there: Config = name === "appwrite" ? config : { ...config, appwrite: undefined };
  return { store: { ...storeOf(there), ...(name === "appwrite" && { timeoutMs }) }, files: filesOf(there) };
}

export const placeOfStore = ({ store }: Choice): Place => ({ name: store.driver, where: storeAt(store) });

/** @throws AppError as `openStore` and `openFiles`. */
export async function openEnd(choice: Choice): Promise<End> {
  const store = await openStore(choice.store, migrated);
  try {
    return { ...placeOfStore(choice), store, files: await openFiles(choice.files) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

export async function closeEnd({ store, files }: End): Promise<void> {
  await files.close();
  await store.close();
}

/** @throws AppError `not_found` for a file that isn't there, else as `openStore`. */
export async function openSource(choice: Choice): Promise<End> {
  const { store } = choice;
  if (store.driver === "sqlite" && !existsSync(store.path))
    throw new AppError("not_found", migrationTexts.say("nothing", store.path));
  return openEnd(choice);
}

/** What is to be made before rows can go there, in sentences; `make` does it. */
export interface Unmade {
  readonly steps: readonly string[];
  make(progress: (share: number, doing: string) => void): Promise<void>;
  close(): Promise<void>;
}

/** Looks, and changes nothing. */
export async function targetAt(choice: Choice): Promise<End | Unmade> {
  const { store } = choice;
  if (store.driver === "sqlite") {
    if (existsSync(store.path)) return openEnd(choice);
    return { steps: [`make the file ${store.path}`], make: async () => undefined, close: async () => undefined };
  }
  try {
    return await openEnd(choice);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unsupported") throw error;
    const { plannedFor } = await import("./provision.ts");
    const plan = await plannedFor(store);
    return { steps: plan.steps, make: plan.apply, close: plan.close };
  }
}
