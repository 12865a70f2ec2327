// The stores there are, each loaded only when it is the one asked for.
import type { AnyCollection, Store } from "../../core/ports/store.ts";

export type StoreChoice =
  | { readonly driver: "sqlite"; readonly path: string }
  | {
      readonly driver: "appwrite";
      readonly endpoint: string;
      readonly projectId: string;
      readonly apiKey: string;
      readonly databaseId: string;
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
