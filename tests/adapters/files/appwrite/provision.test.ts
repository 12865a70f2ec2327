// Buckets are made as often as asked, brought up to what they have to take, and never taken from somebody else.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { bucketIdOf } from "../../../../src/adapters/files/appwrite/buckets.ts";
import { planBuckets } from "../../../../src/adapters/files/appwrite/provision.ts";
import { openAppwriteFiles } from "../../../../src/adapters/files/appwrite.ts";
import { type AppwriteApi, appwriteApi } from "../../../../src/adapters/store/appwrite/api.ts";
import { bucketPlans } from "../../../../src/core/files/buckets.ts";
import { type AppwriteServer, appwriteServer } from "../../../support/appwrite-server/index.ts";

const databaseId = "peerspark-main-db";
let server: AppwriteServer;
let api: AppwriteApi;
const start = async (mostFileBytes?: number) => {
  server = await appwriteServer({ mostFileBytes });
  api = appwriteApi({ endpoint: server.url, projectId: server.projectId, apiKey: server.apiKey });
};
beforeEach(() => start(200_000_000));
const stop = async () => {
  await api.close();
  await server.close();
};
afterEach(stop);

const plan = (plans = bucketPlans, database = databaseId) => planBuckets(api, database, plans);
const sentences = async (...args: Parameters<typeof plan>) => (await plan(...args)).map(({ sentence }) => sentence);
const apply = async () => {
  for (const { run } of await plan()) await run();
};
const open = () =>
  openAppwriteFiles({ endpoint: server.url, projectId: server.projectId, apiKey: server.apiKey, databaseId });

it("says what it makes, makes it, and then has nothing to do", async () => {
  await expect(open()).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringContaining("appwrite:provision"),
  });
  expect(await sentences()).toEqual([
    "make the bucket avatars for files of up to 5 MB",
    "make the bucket resources for files of up to 100 MB",
    "make the bucket attachments for files of up to 100 MB",
    "make the bucket post_images for files of up to 10 MB",
  ]);
  expect((await api.storage.listBuckets()).total).toBe(0);
  await apply();
  expect(await sentences()).toEqual([]);
  const bucket = await api.storage.getBucket({ bucketId: "attachments" });
  expect(bucket).toMatchObject({ $permissions: [], fileSecurity: false, maximumFileSize: 100_000_000 });
  expect(bucket.allowedFileExtensions).toEqual(expect.arrayContaining(["pdf", "docx", "csv", "mp4"]));
  await (await open()).close();
});

it("makes a bucket once though the first answer was lost", async () => {
  server.faults.add({ kind: "act and drop" }, { method: "POST", path: /buckets$/, times: 2 });
  await expect(apply()).rejects.toMatchObject({ mayHaveActed: true });
  await expect(apply()).rejects.toMatchObject({ mayHaveActed: true });
  await apply();
  expect(await sentences()).toEqual([]);
});

describe("a server that takes no large files", () => {
  it("gets buckets as large as it allows, said before; raised, they grow", async () => {
    await stop();
    await start(30_000_000);
    expect((await sentences())[2]).toBe(
      "make the bucket attachments for files of up to 30 MB (this server allows no more: _APP_STORAGE_LIMIT, or the plan)",
    );
    await apply();
    expect(await sentences()).toEqual([]);
    const files = await open();
    const content = async function* () {};
    await expect(files.put("attachments", "a.mp4", content(), 30_000_001)).rejects.toMatchObject({ code: "invalid" });
    await files.close();
  });
});

describe("what is there", () => {
  const bucketId = "attachments";

  it("is raised, taught and closed where it has to be", async () => {
    await apply();
    const { name } = await api.storage.getBucket({ bucketId });
    await api.storage.updateBucket({
      bucketId,
      name,
      permissions: ['read("any")'],
      maximumFileSize: 1_000_000,
      allowedFileExtensions: ["pdf", "odt"],
    });
    const [only, ...others] = await sentences();
    expect(others).toEqual([]);
    expect(only).toMatch(
      /^let the bucket attachments take files of up to 100 MB, take doc, .*png.* besides, open to nobody but keys$/,
    );
    await apply();
    expect(await sentences()).toEqual([]);
    const bucket = await api.storage.getBucket({ bucketId });
    expect(bucket).toMatchObject({ $permissions: [], maximumFileSize: 100_000_000 });
    expect(bucket.allowedFileExtensions).toEqual(expect.arrayContaining(["odt", "pdf", "mp4"]));
  });

  it("and takes more than it has to stays so", async () => {
    await apply();
    const { name } = await api.storage.getBucket({ bucketId });
    await api.storage.updateBucket({ bucketId, name, maximumFileSize: 150_000_000, allowedFileExtensions: [] });
    expect(await sentences()).toEqual([]);
  });

  it("and is somebody else's stops everything", async () => {
    await api.storage.createBucket({ bucketId, name: "Letters" });
    server.requests.clear();
    await expect(plan()).rejects.toMatchObject({ code: "unsupported", message: expect.stringContaining(bucketId) });
    expect(server.requests.all.filter(({ method }) => method !== "GET")).toEqual([]);
  });
});

it("a second database of a project has buckets of its own", async () => {
  await apply();
  expect(await sentences(bucketPlans, "test-0123456789ab")).toHaveLength(4);
  const names = ["peerspark-main-db", "test-0123456789ab", "a".repeat(36), `${"a".repeat(35)}b`].map((database) =>
    bucketIdOf(database, "post_images"),
  );
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9._-]{0,35}$/);
});
