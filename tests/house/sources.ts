// The files of the house as the house tests read them.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

export interface Source {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export const root = fileURLToPath(new URL("../../", import.meta.url));
const left = new Set(["node_modules", ".git", "data", "dist", "coverage"]);

/** Every file under these folders of the root, in order; "." is the whole of it. */
export function sourcesIn(folders: readonly string[], ending = ""): readonly Source[] {
  return folders
    .flatMap((folder) => pathsIn(join(root, folder)))
    .filter((path) => path.endsWith(ending))
    .map(read);
}

function pathsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (left.has(entry.name)) return [];
      const path = join(folder, entry.name);
      return entry.isDirectory() ? pathsIn(path) : entry.isFile() ? [path] : [];
    });
}

const read = (path: string): Source => ({
  path: relative(root, path).split(sep).join("/"),
  text: readFileSync(path, "utf8"),
});

/** The text without comments that stand on lines of their own, which is all that Biome's format leaves of most. */
export const codeOf = (text: string): string => text.replace(/^\s*\/\*[\s\S]*?\*\//gm, "").replace(/^\s*\/\/.*$/gm, "");
