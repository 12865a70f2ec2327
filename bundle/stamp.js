// Says whether dist/ was made of the sources that are here: it keeps a list of them, with their sizes and times.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = join(root, "dist", "made-of.txt");

/** All that decides what dist/ holds: the sources, the way they are bundled, the versions of the libraries. */
function ingredients() {
  const paths = ["bundle", "config", "src"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
  );
  return ["package-lock.json", ...paths.sort()].map(described).join("");
}

/** @param {string} path */
function described(path) {
  const stats = statSync(join(root, path));
  return stats.isDirectory() ? "" : `${path} ${stats.size} ${stats.mtimeMs}\n`;
}

/** False where nothing was built, and where anything has changed since. */
export const isCurrent = () => existsSync(stamp) && readFileSync(stamp, "utf8") === ingredients();

/**
 * Makes dist/ and notes what of; what changes meanwhile makes it out of date.
 * @param {() => Promise<unknown>} make
 */
export async function stamped(make) {
  const before = ingredients();
  await make();
  writeFileSync(stamp, before);
}
