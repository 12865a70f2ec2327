// Installs the servers that others wrote, once, before the tests. Without a registry their tests are skipped, and say so.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

if (!existsSync(new URL("node_modules/discord-digital-twin/package.json", import.meta.url))) {
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: here, stdio: "inherit", timeout: 300_000 });
  if (status !== 0) process.stderr.write("The test servers could not be installed; their tests are skipped.\n");
}
