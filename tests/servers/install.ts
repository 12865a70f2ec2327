// Installs the servers that others wrote, once, before the tests. Without a registry their tests are skipped, and say so.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import own from "./package.json" with { type: "json" };

const versionOf = (name: string): string | undefined => {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : undefined;
};
/** Optional ones are binaries for one kind of machine. */
const optional = `${process.platform}-${process.arch}` === "linux-x64" ? own.optionalDependencies : {};
const wanted = Object.entries({ ...own.devDependencies, ...optional });

if (wanted.some(([name, version]) => versionOf(name) !== version)) {
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd,
    stdio: "inherit",
    timeout: 300_000,
    shell: process.platform === "win32",
  });
  if (status !== 0) process.stderr.write("The test servers could not be installed; their tests are skipped.\n");
}
