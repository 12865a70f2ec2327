// Uploads to Appwrite against the bare SDK's: the same file from the disk, to the same server in a process of its own, in one run.
import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, Storage } from "node-appwrite";
import { InputFile } from "node-appwrite/file";
import { bucketIdOf } from "../src/adapters/files/appwrite/buckets.ts";
import { planBuckets } from "../src/adapters/files/appwrite/provision.ts";
import { openAppwriteFiles } from "../src/adapters/files/appwrite.ts";
import { appwriteApi } from "../src/adapters/store/appwrite/api.ts";
import { bucketPlans } from "../src/core/files/buckets.ts";
import { bytesOf } from "../tests/support/file-samples.ts";
import { serverApart } from "./appwrite/server.ts";
import { alternating } from "./rounds.ts";
import { type Figure, tableOf } from "./table.ts";

const sizes = [1_000_000, 30_000_000];
const databaseId = "bench";
const bucket = "attachments";

/** MB a second, over at least 120; each file is then removed, which is not measured. */
async function rate(size: number, put: () => Promise<unknown>, remove: () => Promise<unknown>): Promise<number> {
  const times = Math.ceil(120_000_000 / size);
  let ms = 0;
  for (let nth = 0; nth < times; nth++) {
    const start = performance.now();
    await put();
    ms += performance.now() - start;
    await remove();
  }
  return (times * size) / 1000 / ms;
}

export async function filesBench(): Promise<Figure[]> {
  const server = await serverApart();
  const folder = await mkdtemp(join(tmpdir(), "peerspark-bench-"));
  const api = appwriteApi(server.access);
  try {
    for (const { run } of await planBuckets(api, databaseId, bucketPlans)) await run();
    const files = await openAppwriteFiles({ ...server.access, databaseId });
    const { endpoint, projectId, apiKey } = server.access;
    const sdk = new Storage(new Client().setEndpoint(endpoint).setProject(projectId).setKey(apiKey));
    const bucketId = bucketIdOf(databaseId, bucket);
    const figures: Figure[] = [];
    for (const size of sizes) {
      const path = join(folder, `${size}.mp4`);
      await writeFile(path, bytesOf(0, size));
      const ours = () => files.put(bucket, "ours.mp4", createReadStream(path, { highWaterMark: 256 * 1024 }), size);
      const bare = () => sdk.createFile({ bucketId, fileId: "bare.mp4", file: InputFile.fromPath(path, "bare.mp4") });
      const sides = [
        () => rate(size, ours, () => files.remove(bucket, "ours.mp4")),
        () => rate(size, bare, () => sdk.deleteFile({ bucketId, fileId: "bare.mp4" })),
      ];
      for (const side of sides) await side();
      const [mine, theirs] = (await alternating(sides, (side) => side())) as [number, number];
      figures.push({
        name: `files: an upload of ${size / 1_000_000} MB to Appwrite`,
        ours: `${mine.toFixed(0)} MB/s`,
        against: `${theirs.toFixed(0)} MB/s createFile of node-appwrite`,
        ratio: mine / theirs,
        target: 0.9,
        sense: "least",
      });
    }
    await files.close();
    return figures;
  } finally {
    await api.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) process.stdout.write(`${tableOf(await filesBench())}\n`);
