// Says whether dist/ was made of the sources that are here: it keeps a list of them, with their sizes and times.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = `${root}dist/made-of.txt`;

/** All that decides what dist/ holds: the sources, the way they are bundled, the versions of the libraries. */
const ingredients = () =>
  described("package-lock.json") + ["bundle", "config", "src"].flatMap(within).map(described).join("");

/** @param {string} folder */
const within = (folder) =>
  readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((path) => `${folder}/${path}`);

/** @param {string} path */
function described(path) {
  const stats = statSync(root + path, { throwIfNoEntry: false });
  return stats?.isFile() ? `${path} ${stats.size} ${stats.mtimeMs}\n` : "";
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
