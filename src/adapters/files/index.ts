// Where files can be kept, each loaded only when it is the one asked for.
import type { Files } from "../../core/ports/files.ts";

export type FilesChoice =
  | { readonly driver: "disk"; readonly folder: string }
  | {
      readonly driver: "appwrite";
      readonly endpoint: string;
      readonly projectId: string;
      readonly apiKey: string;
      readonly databaseId: string;
    };

/** @throws AppError naming what the operator can do, as the driver's own `open…`. */
export async function openFiles(choice: FilesChoice): Promise<Files> {
  switch (choice.driver) {
    case "disk": {
      const { openDisk } = await import("./disk.ts");
      return openDisk(choice.folder);
    }
    case "appwrite": {
      const { openAppwriteFiles } = await import("./appwrite.ts");
      return openAppwriteFiles(choice);
    }
  }
}
