// `npm run test:appwrite`: the tests that can run on a real Appwrite, on the server that the environment names.
import { spawnSync } from "node:child_process";
import { realAppwrite } from "./appwrite-store.ts";

/** Each makes databases and buckets of its own, named after test-…, and removes them at its end. */
const suites = [
  "tests/adapters/store/appwrite.test.ts",
  "tests/adapters/store/appwrite/real",
  "tests/adapters/files/appwrite.test.ts",
];

if (!realAppwrite()) {
  process.stderr.write(
    "Set APPWRITE_ENDPOINT, APPWRITE_PROJECT_ID and APPWRITE_API_KEY: the tests make databases there.\n",
  );
  process.exitCode = 1;
} else {
  const jest = ["--experimental-vm-modules", "--disable-warning=ExperimentalWarning", "node_modules/jest/bin/jest.js"];
  const { status } = spawnSync(
    process.execPath,
    [...jest, "-w", "1", "--testTimeout=900000", ...suites, ...process.argv.slice(2)],
    {
      stdio: "inherit",
    },
  );
  process.exitCode = status ?? 1;
}
