// Makes dist/ (`npm run build`): the program in a few files instead of hundreds, which start in half the time. npm does it by
// itself after an install (`prepare`); where that can't be done the sources run as they are.
import { join, relative } from "node:path";
import { root, stamped } from "./stamp.cjs";

/** Needed at every start, or with Telegram, and bundled with all they depend on. Others are loaded from node_modules when asked for. */
const bundled = new Set(["fastest-levenshtein", "pino", "ulid", "undici", "zod"]);

/** What starts after all but seldom, or not at once. */
const onDemand =
  /appwrite|discord|slack|bullmq|redis|migrat|provision|doctor|checks|\/mail|\/push|http\/routes|admin|spool|waiting|replay|undici\/(index|lib\/(api|cache|interceptor|mock|web))/;

/** Used from several places, and by most starts: one file, since each that is found and read takes a millisecond. */
const common = {
  name: "common",
  /** @param {string} id */
  test: (id) => !onDemand.test(relative(root, id)),
  minShareCount: 2,
};

/** What libraries ask for as they are loaded and get by without: undici HTTP/2 (3 to 9 ms), pino its worker threads (2 ms). */
const leftOut = [
  { id: /^\0node:http2$/, instead: "export const constants = {};" },
  { id: /[\\/]pino[\\/]lib[\\/]transport\.js$/, instead: "module.exports = undefined;" },
];

/** Turns the cache of compiled code on, before anything else is read. */
const cached = "node:module";

/**
 * Node's own modules are taken as they are. Imported, each is first asked for all that it exports, which loads what nobody
 * uses (WebCrypto, fetch): 5 ms.
 */
const nodesOwn = {
  name: "nodes-own",
  /** @param {string} id */
  resolveId: (id) => (id.startsWith("node:") && id !== cached ? `\0${id}` : null),
  /** @param {string} id */
  load(id) {
    const left = leftOut.find((each) => each.id.test(id));
    if (left) return left.instead;
    return id.startsWith("\0node:")
      ? `module.exports = process.getBuiltinModule(${JSON.stringify(id.slice(1))});`
      : null;
  },
};

/**
 * A file in ASCII alone takes half the memory, and is read faster. The bundler does the rest of it (`charset`); tagged templates
 * are left to this, whose functions must not read them raw. Lines stay, so stack traces need no map of it.
 */
const inAscii = {
  name: "in-ascii",
  /** @param {string} code */
  transform: (code) => ({ code: code.replace(/\\[\s\S]|[^\0-\x7f]/g, escaped), map: null }),
};

/** @param {string} found a unit of UTF-16, or one behind a backslash, which then means nothing. */
const escaped = (found) =>
  found.slice(-1) > "\x7f"
    ? `\\u${found
        .charCodeAt(found.length - 1)
        .toString(16)
        .padStart(4, "0")}`
    : found;

async function build() {
  const { build: bundle } = await import("rolldown");
  await stamped(async () => {
    const { output } = await bundle({
      cwd: root,
      input: "src/main.ts",
      platform: "node",
      external: isExternal,
      plugins: [nodesOwn, inAscii],
      output: {
        dir: join(root, "dist"),
        codeSplitting: { groups: [common] },
        charset: "ascii",
        sourcemap: true,
        sourcemapExcludeSources: true,
        // Names stay. Fewer lines, because Node measures each of them for the source maps: 7 MB.
        minify: { mangle: { keepNames: true }, compress: false },
      },
    });
    return output.map(({ fileName }) => fileName);
  });
}

/**
 * @param {string} id as it stands in an import.
 * @param {string | undefined} importer
 */
function isExternal(id, importer = "") {
  if (id.startsWith("node:") || id.startsWith("\0")) return id === cached;
  const ours = !/[\\/]node_modules[\\/]/.test(importer);
  return ours && !/^\.|^\/|^\w:/.test(id) && !bundled.has(id.split("/")[0] ?? id);
}

try {
  await build();
} catch (error) {
  if (process.env.npm_lifecycle_event !== "prepare") throw error;
  process.stderr.write(`dist/ was not made, so the sources run as they are: ${error}\n`);
}
