// Files go through the server of our own as the SDK sends and reads them.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { Client, Query, Storage } from "node-appwrite";
import { InputFile } from "node-appwrite/file";
import { type AppwriteServer, appwriteServer } from "../../support/appwrite-server/index.ts";

const bucketId = "box";
const mebibyte = 1024 * 1024;
let server: AppwriteServer;
let storage: Storage;

beforeAll(async () => {
  server = await appwriteServer();
  storage = new Storage(new Client().setEndpoint(server.url).setProject(server.projectId).setKey(server.apiKey));
  await storage.createBucket({ bucketId, name: "Box" });
});
afterAll(() => server.close());

const pattern = Buffer.from("not twice the same at any mebibyte, ");
const bytesOf = (size: number): Buffer => Buffer.alloc(size, pattern);
const upload = (fileId: string, bytes: Buffer) =>
  storage.createFile({ bucketId, fileId, file: InputFile.fromBuffer(bytes, `${fileId}.bin`) });

async function download(fileId: string, range?: string): Promise<{ status: number; bytes: Buffer }> {
  const response = await fetch(`${server.url}/storage/buckets/${bucketId}/files/${fileId}/download`, {
    headers: {
      "x-appwrite-project": server.projectId,
      "x-appwrite-key": server.apiKey,
      ...(range && { range }),
    },
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

it.each([0, 1, 5 * mebibyte, 5 * mebibyte + 1, 12 * mebibyte])(
  "takes a file of %d bytes and gives it back",
  async (size) => {
    const bytes = bytesOf(size);
    const { chunksTotal, signature } = await upload(`f${size}`, bytes);
    expect(chunksTotal).toBe(Math.max(1, Math.ceil(size / (5 * mebibyte))));
    expect(signature).toBe(createHash("md5").update(bytes).digest("hex"));
    expect((await download(`f${size}`)).bytes.equals(bytes)).toBe(true);
  },
);

it("sends ranges, none of one byte, and ten MiB of one that is open", async () => {
  const bytes = bytesOf(12 * mebibyte);
  await upload("long", bytes);
  const open = await download("long", "bytes=1-");
  expect([open.status, open.bytes.equals(bytes.subarray(1, 10 * mebibyte + 1))]).toEqual([206, true]);
  expect((await download("long", "bytes=5-9")).bytes).toEqual(bytes.subarray(5, 10));
  expect((await download("long", "bytes=5-5")).status).toBe(416);
});

it("lists files by name, page by page", async () => {
  const { total, files } = await storage.listFiles({ bucketId, queries: [Query.equal("name", "LONG.bin")] });
  expect([total, files.map(({ $id }) => $id)]).toEqual([1, ["long"]]);
  const first = await storage.listFiles({ bucketId, queries: [Query.limit(2)] });
  const rest = await storage.listFiles({ bucketId, queries: [Query.cursorAfter(first.files[1]!.$id)] });
  expect(first.files.length + rest.files.length).toBe(first.total);
});
