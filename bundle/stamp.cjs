// Says whether dist/ was made of the sources that are here, and is whole: it keeps a list of both, with their sizes and times.
const { readdirSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "..", "/");
const stamp = `${root}dist/made-of.json`;

/** All that decides what dist/ holds: the sources, the way they are bundled, the versions of the libraries. */
const ingredients = () => ["package-lock.json", ...["bundle", "config", "src"].flatMap(within)].flatMap(described);

/** @param {string} folder */
const within = (folder) =>
  readdirSync(root + folder, { recursive: true, encoding: "utf8" }).map((path) => `${folder}/${path}`);

/**
 * @typedef {readonly [path: string, size: number, changedAt: number]} Ingredient
 *
 * @param {string} path
 * @returns {readonly Ingredient[]} none for a folder, and for a link to nowhere.
 */
function described(path) {
  const stats = statSync(root + path, { throwIfNoEntry: false });
  return stats?.isFile() ? [[path, stats.size, stats.mtimeMs]] : [];
}

/** @param {Ingredient} ingredient */
function isUnchanged([path, size, changedAt]) {
  const stats = statSync(root + path, { throwIfNoEntry: false });
  return stats?.size === size && stats.mtimeMs === changedAt;
}

/** @returns {readonly Ingredient[]} what the last build was made of, and made to be run; none where there was none, or not to its end. */
function noted() {
  try {
    return JSON.parse(readFileSync(stamp, "utf8"));
  } catch {
    return [];
  }
}

/** False where nothing was built, and where anything has changed since; a new file counts once one of these imports it. */
function isCurrent() {
  const files = noted();
  return files.length > 0 && files.every(isUnchanged);
}

/**
 * Makes files in dist/ and notes what of; what changes meanwhile makes them out of date. Those of the build before stay: what runs
 * from them may not have loaded them all.
 * @param {() => Promise<readonly string[]>} make answers their names, in dist/.
 */
async function stamped(make) {
  const of = ingredients();
  const before = noted().map(([path]) => path);
  const made = (await make()).map((name) => `dist/${name}`);
  const kept = new Set([...before, ...made]);
  for (const path of within("dist")) if (!kept.has(path.replace(/\.map$/, ""))) rmSync(root + path, { force: true });
  const run = made.filter((path) => path.endsWith(".js"));
  writeFileSync(stamp, JSON.stringify([...of, ...run.flatMap(described)]));
}

module.exports = { root, isCurrent, stamped };
