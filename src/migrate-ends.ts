// The two stores of a migration, opened: the source must be there, the target is made where it is not.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config/env.ts";
import type { End } from "./adapters/migration/move-store.ts";
import type { Place } from "./adapters/migration/stage.ts";
import { migrationTexts } from "./adapters/migration/texts.ts";
import { openStore, type StoreChoice } from "./adapters/store/index.ts";
import { collections, movedCollections } from "./build.ts";
import { AppError } from "./core/errors.ts";
import { storeAt } from "./open.ts";

/** Nothing is kept at hand, since rows are also written past the store. */
export const migrated = collections.map((one) => ({ ...one, often: false }));
/** Those that move. */
export const moving = migrated.filter(({ name }) => movedCollections.some((one) => one.name === name));

/** A hundred rows of any size, or the answer about five hundred, take longer than what people wait for. */
const timeoutMs = 60_000;

export const choiceOf = (name: StoreChoice["driver"], { appwrite, dataDir }: Config): StoreChoice =>
  name === "sqlite"
    ? { driver: "sqlite", path: join(dataDir, "peerspark.db") }
    : { driver: "appwrite", ...appwrite!, timeoutMs };

export const placeOfStore = (choice: StoreChoice): Place => ({ name: choice.driver, where: storeAt(choice) });

/** @throws AppError as `openStore`. */
export const openEnd = async (choice: StoreChoice): Promise<End> => ({
  ...placeOfStore(choice),
  store: await openStore(choice, migrated),
});

/** @throws AppError `not_found` for a file that isn't there, else as `openStore`. */
export async function openSource(choice: StoreChoice): Promise<End> {
  if (choice.driver === "sqlite" && !existsSync(choice.path))
    throw new AppError("not_found", migrationTexts.say("nothing", choice.path));
  return openEnd(choice);
}

/** What is to be made before rows can go there, in sentences; `make` does it. */
export interface Unmade {
  readonly steps: readonly string[];
  make(progress: (share: number, doing: string) => void): Promise<void>;
  close(): Promise<void>;
}

/** Looks, and changes nothing. */
export async function targetAt(choice: StoreChoice): Promise<End | Unmade> {
  if (choice.driver === "sqlite") {
    if (existsSync(choice.path)) return openEnd(choice);
    return { steps: [`make the file ${choice.path}`], make: async () => undefined, close: async () => undefined };
  }
  try {
    return await openEnd(choice);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "unsupported") throw error;
    const { planProvisioning } = await import("./adapters/store/appwrite/provision.ts");
    const plan = await planProvisioning({ ...choice, collections });
    return { steps: plan.steps, make: plan.apply, close: plan.close };
  }
}
