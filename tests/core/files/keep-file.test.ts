// A file is kept when it is what its name says, within what its bucket takes; otherwise nothing of it is left.

import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { bucketPlans } from "../../../src/core/files/buckets.ts";
import { dropFile } from "../../../src/core/files/drop-file.ts";
import { files } from "../../../src/core/files/file.ts";
import { type GivenFile, keepFile } from "../../../src/core/files/keep-file.ts";
import { kindNamed } from "../../../src/core/files/kinds.ts";
import { lookThroughBuckets, sweepFiles } from "../../../src/core/files/sweep-files.ts";
import { patch, remove } from "../../../src/core/kernel/change.ts";
import type { JobRequest } from "../../../src/core/ports/queue.ts";
import { eventually } from "../../support/eventually.ts";
import { collectedFrom } from "../../support/file-samples.ts";
import { samples } from "../../support/real-files.ts";
import { type World, world } from "../../support/world.ts";

let w: World;
beforeEach(async () => {
  w = await world();
});
afterEach(() => w.close());

async function* pieces(content: Buffer, length = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += length) yield content.subarray(at, at + length);
}
const keep = (name: string, content: Buffer, more: Partial<GivenFile> = {}) =>
  keepFile(w.service.context, {
    bucket: "attachments",
    name,
    bytes: content.length,
    content: pieces(content),
    ...more,
  });
const kept = (id: string) => w.service.context.files.read("attachments", id);
const refusal = { code: "invalid" };

async function nothingIsLeft(): Promise<void> {
  expect(await w.store.count(files)).toBe(0);
  for (const { bucket } of bucketPlans) expect(await w.service.context.files.list(bucket, 10)).toEqual([]);
}

describe("a file", () => {
  it.each(Object.entries(samples))("of every kind is kept as what it is: %s", async (kind, content) => {
    const row = await keep(`Notes of week 3.${kind.toUpperCase()}`, content, { belongsTo: "x", memberId: "m" });
    expect(row).toMatchObject({
      state: "kept",
      bytes: content.length,
      sha256: createHash("sha256").update(content).digest("hex"),
      belongsTo: "x",
      memberId: "m",
    });
    expect(row.id.endsWith(`.${kind}`)).toBe(true);
    expect(await w.store.get(files, row.id)).toEqual(row);
    expect((await collectedFrom(await kept(row.id)))!.equals(content)).toBe(true);
  });

  it("of one kind that is called another is refused", async () => {
    for (const [kind, content] of Object.entries(samples))
      for (const other of Object.keys(samples)) {
        const alike = kindNamed(`x.${kind}`) === other || sameContent(kind, other);
        if (!alike && !(texts.has(other) && texts.has(kind)))
          await expect(keep(`x.${other}`, content).then(() => `${kind} as ${other}`)).rejects.toMatchObject(refusal);
      }
    await nothingIsLeft();
  });
});

const texts = new Set(["txt", "md", "csv"]);
const sames = [
  ["jpg", "jpeg"],
  ["doc", "xls", "ppt"],
];
const sameContent = (one: string, other: string) => sames.some((all) => all.includes(one) && all.includes(other));

describe("what is refused", () => {
  it.each([
    "page.html",
    "picture.svg",
    "run.exe",
    "script.js",
    "archive.zip",
    "none",
    "png",
    ".png.",
    "a.png/b",
    "constructor",
    "x.constructor",
    "x.__proto__",
    "",
  ])("by its name: %j", async (name) => {
    await expect(keep(name, samples.png!)).rejects.toMatchObject(refusal);
    await nothingIsLeft();
  });

  it.each([
    ["a page", "<!DOCTYPE html><script>alert(1)</script>"],
    ["a page behind blanks", " \n\t<HTML><body>x"],
    ["a picture that can run", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ["XML", '<?xml version="1.0"?><x/>'],
    ["a NUL", "text\0text"],
  ])("as text: %s", async (_, text) => {
    for (const kind of texts) await expect(keep(`x.${kind}`, Buffer.from(text))).rejects.toMatchObject(refusal);
    await nothingIsLeft();
  });

  it("as text: bytes that are no UTF-8, however late", async () => {
    const late = Buffer.concat([Buffer.alloc(200_000, "abcd é ".repeat(10)), Buffer.from([0xff]), Buffer.from("x")]);
    await expect(keep("x.txt", late)).rejects.toMatchObject(refusal);
    await expect(keep("x.txt", Buffer.from("é").subarray(0, 1))).rejects.toMatchObject(refusal);
    await nothingIsLeft();
  });

  it("by its size, before a byte of it is asked for", async () => {
    let asked = 0;
    async function* content() {
      asked++;
      yield Buffer.from("x");
    }
    for (const [bucket, name, bytes] of [
      ["attachments", "x.txt", 50_000_001],
      ["attachments", "x.mp4", 100_000_001],
      ["avatars", "x.png", 5_000_001],
      ["avatars", "x.gif", 1],
      ["post_images", "x.png", 10_000_001],
    ] as const)
      await expect(keepFile(w.service.context, { bucket, name, bytes, content: content() })).rejects.toMatchObject(
        refusal,
      );
    expect(asked).toBe(0);
  });

  it.each([-1, 1])("when it is another size than was announced, by %d", async (by) => {
    const content = samples.png!;
    await expect(keep("x.png", content, { bytes: content.length + by })).rejects.toMatchObject(refusal);
    await nothingIsLeft();
  });

  it("when its source fails, with what the source says", async () => {
    const error = new Error("cut");
    async function* content() {
      yield samples.png!.subarray(0, 50);
      throw error;
    }
    await expect(keep("x.png", samples.png!, { content: content() })).rejects.toBe(error);
    await nothingIsLeft();
  });
});

it("text may begin with a byte order mark, hold emoji cut between pieces, and be empty", async () => {
  const text = Buffer.from("\ufeffname,was\nAda,👩‍🚀 BMW\n".repeat(500));
  const row = await keep("x.csv", text, { content: pieces(text, 7) });
  expect((await collectedFrom(await kept(row.id)))!.equals(text)).toBe(true);
  expect(await keep("empty.txt", Buffer.alloc(0))).toMatchObject({ state: "kept", bytes: 0 });
  await expect(keep("empty.png", Buffer.alloc(0))).rejects.toMatchObject(refusal);
});

describe("sweeping", () => {
  const hour = 3600_000;
  const rows = async () => (await w.store.find(files, { limit: 50 })).rows.map(({ name }) => name).sort();
  const lying = async () => (await w.service.context.files.list("attachments", 50)).map(({ id }) => id).sort();
  const turn = { attempt: 1, runAt: 0 };
  /** As the job does it so many ms from now; what it asks for besides runs in the house. */
  const later = (ms: number) => {
    const { context } = w.service;
    return { ...context, correlation: "c", clock: { ...context.clock, now: () => context.clock.now() + ms } };
  };
  const sweepAt = (ms: number) => sweepFiles.run(later(ms), {}, turn);

  it("takes what nobody uses after a day, what runs out when it does, and leaves the rest", async () => {
    const until = w.clock.now() + hour;
    const stays = await keep("stays.txt", Buffer.from("a"), { belongsTo: "post:1" });
    const runsOut = await keep("runs-out.txt", Buffer.from("b"), { belongsTo: "bridge:1", until });
    const unused = await keep("unused.txt", Buffer.from("c"));
    await sweepAt(hour);
    expect(await lying()).toEqual([stays.id, runsOut.id, unused.id].sort());
    await sweepAt(hour + 1);
    expect(await rows()).toEqual(["stays.txt", "unused.txt"]);
    await sweepAt(24 * hour);
    expect(await rows()).toEqual(["stays.txt", "unused.txt"]);
    await sweepAt(24 * hour + 1);
    await sweepAt(365 * 24 * hour);
    expect(await rows()).toEqual(["stays.txt"]);
    expect(await lying()).toEqual([stays.id]);
  });

  it("takes what was begun and never kept, a day later", async () => {
    const row = await keep("begun.txt", Buffer.from("a"), { belongsTo: "post:1" });
    await w.store.commit([patch(files, row.id, { state: "begun", until: w.clock.now() + 24 * hour })]);
    await sweepAt(23 * hour);
    expect(await rows()).toEqual(["begun.txt"]);
    await sweepAt(25 * hour);
    expect([await rows(), await lying()]).toEqual([[], []]);
  });

  it("leaves what was given a longer time at the last moment", async () => {
    const row = await keep("used.txt", Buffer.from("a"));
    const late = later(25 * hour);
    const { rows: read } = await w.store.find(files, { limit: 5 });
    await w.store.commit([patch(files, row.id, { belongsTo: "post:1", until: undefined })]);
    for (const one of read) await dropFile(late, one);
    expect(await rows()).toEqual(["used.txt"]);
  });

  it("takes bytes without a row, of which there may be many", async () => {
    const known = await keep("known.txt", Buffer.from("a"), { belongsTo: "post:1" });
    const lost = await keep("lost.txt", Buffer.from("a"), { belongsTo: "post:2" });
    await w.store.commit([remove(files, lost.id)]);
    await w.service.context.files.put("avatars", "00x.png", pieces(Buffer.from("a")), 1);
    await lookThroughBuckets.run(later(0), {}, turn);
    await eventually(async () => {
      await w.advance({ seconds: 1 });
      return (await lying()).length === 1 && (await w.service.context.files.list("avatars", 10)).length === 0;
    });
    expect(await lying()).toEqual([known.id]);
  });

  it("goes through a bucket of thousands in several turns", async () => {
    const known = await keep("known.txt", Buffer.from("a"), { belongsTo: "post:1" });
    const ids = new Set([known.id, ...Array.from({ length: 2_345 }, (_, n) => `00x${n}.txt`)]);
    const asked: JobRequest[] = [];
    const ctx = later(0);
    const many = {
      ...ctx.files,
      list: async (_: string, limit: number, after = "") =>
        [...ids]
          .filter((id) => id > after)
          .sort()
          .slice(0, limit)
          .map((id) => ({ id, bytes: 1 })),
      remove: async (_: string, id: string) => void ids.delete(id),
    };
    const queue = { ...ctx.queue, enqueue: async (requests: readonly JobRequest[]) => void asked.push(...requests) };
    const run = (input: object) => lookThroughBuckets.run({ ...ctx, files: many, queue }, input, turn);
    await run({ bucket: "attachments" });
    expect(ids.size).toBe(1_346);
    for (const { input } of asked) await run(input);
    expect([asked.length, [...ids]]).toEqual([2, [known.id]]);
  });
});

it("no bucket takes what no bucket may: pages and pictures that can run", () => {
  for (const { extensions } of bucketPlans)
    expect(extensions.filter((one) => /html?|svg|xml|js|exe|sh|bat/.test(one))).toEqual([]);
});
