// Where files can be kept, each loaded only when it is the one asked for.
import type { Files } from "../../core/ports/files.ts";

export interface FilesChoice {
  readonly driver: "disk";
  readonly folder: string;
}

/** @throws AppError naming what the operator can do, as the driver's own `open…`. */
export async function openFiles({ folder }: FilesChoice): Promise<Files> {
  const { openDisk } = await import("./disk.ts");
  return openDisk(folder);
}
