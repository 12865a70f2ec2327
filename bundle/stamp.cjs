// Says whether dist/ was made of the sources that are here: it keeps a list of them, with their sizes and times.
const { readdirSync, readFileSync, statSync, writeFileSync } = require("node:fs");
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

/** False where nothing was built, or not to its end, and where anything has changed since; a new file counts once one of these imports it. */
function isCurrent() {
  try {
    return JSON.parse(readFileSync(stamp, "utf8")).every(isUnchanged);
  } catch {
    return false;
  }
}

/**
 * Makes dist/ and notes what of; what changes meanwhile makes it out of date.
 * @param {() => Promise<unknown>} make
 */
async function stamped(make) {
  const before = ingredients();
  await make();
  writeFileSync(stamp, JSON.stringify(before));
}

module.exports = { root, isCurrent, stamped };
