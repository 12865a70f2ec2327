// The bytes of files go with their rows: once, whole, compared by their hashes, and without what the source has lost itself.
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { files } from "../../../src/core/files/read.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import type { Files } from "../../../src/core/ports/files.ts";
import { type AppwriteServer, appwriteServer } from "../../support/appwrite-server/index.ts";
import { type Stores, stores } from "../../support/moving.ts";

let server: AppwriteServer;
let s: Stores;
beforeAll(async () => {
  server = await appwriteServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  s = await stores(server);
});
afterEach(() => s.close());

const bytesOf = (id: string, size: number): Uint8Array => Buffer.alloc(size, id);
async function* pieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 70_000) yield bytes.subarray(at, at + 70_000);
}

async function keep(id: string, size: number, state: "kept" | "begun" = "kept"): Promise<void> {
  const bytes = bytesOf(id, size);
  await s.sqlite.files.put("attachments", id, pieces(bytes), size);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const row = {
    id,
    bucket: "attachments",
    name: "Über.pdf",
    type: "application/pdf",
    bytes: size,
    createdAt: 0,
  } as const;
  await s.sqlite.store.commit([insert(files, { ...row, state, ...(state === "kept" && { sha256 }) })]);
}

async function contentOf(from: Files, id: string): Promise<Buffer | undefined> {
  const content = await from.read("attachments", id);
  return content && Buffer.concat(await Array.fromAsync(content));
}

const sizes = { "empty.pdf": 0, "one.pdf": 1, "long.pdf": 300_001, "other.pdf": 5_000 };

async function filled(): Promise<void> {
  for (const [id, size] of Object.entries(sizes)) await keep(id, size);
}

async function expectAll(at: Files): Promise<void> {
  for (const [id, size] of Object.entries(sizes))
    expect([id, (await contentOf(at, id))?.equals(bytesOf(id, size))]).toEqual([id, true]);
}

it("go there and back, and what was only begun does not", async () => {
  await filled();
  await keep("begun.pdf", 10, "begun");
  const moved = await s.move();
  expect(moved?.files).toEqual({ files: 4, bytes: 305_002, differences: [], damaged: [] });
  await expectAll(s.appwrite.files);
  expect(await contentOf(s.appwrite.files, "begun.pdf")).toBeUndefined();
  for (const id of Object.keys(sizes)) await s.sqlite.files.remove("attachments", id);
  await s.move("back");
  await expectAll(s.sqlite.files);
});

it.each([0, 1, 2, 3])("go on where they were when it broke off at file %i, in its middle too", async (nth) => {
  await filled();
  let left = nth;
  const put: Files["put"] = async (bucket, id, content, size) => {
    if (left-- > 0) return s.appwrite.files.put(bucket, id, content, size);
    async function* broken() {
      yield Buffer.alloc(Math.min(1, size));
      throw new Error("gone");
    }
    return s.appwrite.files.put(bucket, id, broken(), size);
  };
  const breaking = { ...s.appwrite, files: { ...s.appwrite.files, put } };
  await expect(s.move("there", { to: breaking })).rejects.toThrow("gone");
  expect((await s.move())?.files).toMatchObject({ files: 4, differences: [] });
  await expectAll(s.appwrite.files);
});

it("that are not the same are named, and nothing is switched over", async () => {
  await filled();
  const { put } = s.appwrite.files;
  const lying: Files["put"] = (bucket, id, content, size) =>
    put(bucket, id, id === "other.pdf" ? pieces(bytesOf("x", size)) : content, size);
  const moved = await s.move("there", { to: { ...s.appwrite, files: { ...s.appwrite.files, put: lying } } });
  expect(moved?.files.differences).toEqual([{ bucket: "attachments", id: "other.pdf", is: "different" }]);
  expect((await s.move())?.files.differences).toEqual([]);
});

it("that the source has lost or cut short are named, and in nobody's way", async () => {
  await filled();
  await s.sqlite.files.remove("attachments", "one.pdf");
  await s.sqlite.files.remove("attachments", "long.pdf");
  await s.sqlite.files.put("attachments", "long.pdf", pieces(bytesOf("long.pdf", 7)), 7);
  const moved = await s.move();
  expect(moved?.files.differences).toEqual([]);
  expect([...moved!.files.damaged].sort()).toEqual(["attachments/long.pdf", "attachments/one.pdf"]);
});
