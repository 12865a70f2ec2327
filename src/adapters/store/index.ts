// The stores there are, each loaded only when it is the one asked for.
import type { AnyCollection, Store } from "../../core/ports/store.ts";
import type { BulkWriter } from "./bulk.ts";

export type StoreChoice =
  | { readonly driver: "sqlite"; readonly path: string }
  | {
      readonly driver: "appwrite";
      readonly endpoint: string;
      readonly projectId: string;
      readonly apiKey: string;
      readonly databaseId: string;
      /** Until an answer must have come, ms; 5000 when absent. */
      readonly timeoutMs?: number;
    };

/** @throws AppError naming what the operator can do, as the driver's own `open…`. */
export async function openStore(choice: StoreChoice, collections: readonly AnyCollection[]): Promise<Store> {
  switch (choice.driver) {
    case "sqlite": {
      const { openSqlite } = await import("./sqlite.ts");
      return openSqlite({ path: choice.path, collections });
    }
    case "appwrite": {
      const { openAppwrite } = await import("./appwrite.ts");
      return openAppwrite({ ...choice, collections });
    }
  }
}

/** For a store that `openStore` has opened before. @throws AppError as that does. */
export async function openBulk(choice: StoreChoice, collections: readonly AnyCollection[]): Promise<BulkWriter> {
  switch (choice.driver) {
    case "sqlite": {
      const { sqliteBulk } = await import("./sqlite/bulk.ts");
      return sqliteBulk({ path: choice.path, collections });
    }
    case "appwrite": {
      const { appwriteBulk } = await import("./appwrite/bulk.ts");
      return appwriteBulk({ ...choice, collections });
    }
  }
}
