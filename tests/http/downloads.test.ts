// Files behind signed links: what is sent, to whom, under which name, and for how long.
import { get, type IncomingMessage, request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { files } from "../../src/core/files/file.ts";
import { type GivenFile, keepFile } from "../../src/core/files/keep-file.ts";
import { fileLink } from "../../src/core/files/link.ts";
import { remove } from "../../src/core/kernel/change.ts";
import { httpApp } from "../../src/http/app.ts";
import { type Listening, listen } from "../../src/http/listen.ts";
import { samples } from "../support/real-files.ts";
import { type World, world } from "../support/world.ts";

const publicUrl = "https://peerspark.example.org";
const hour = 3600_000;
const png = samples.png!;
let w: World;
let http: Listening;
beforeEach(async () => {
  w = await world({ publicUrl });
  const { context } = w.service;
  const app = httpApp({
    webhooks: [],
    log: context.log,
    ready: async () => ({ ok: true, parts: {} }),
    context,
  });
  http = await listen(app, { host: "127.0.0.1", port: 0 });
});
afterEach(async () => {
  await http.close(100);
  await w.close();
});

async function* once(content: Buffer) {
  yield content;
}
const keep = (name: string, content: Buffer, more: Partial<GivenFile> = {}) =>
  keepFile(w.service.context, {
    bucket: "attachments",
    name,
    bytes: content.length,
    content: once(content),
    belongsTo: "bridge:1:0",
    until: w.clock.now() + hour,
    ...more,
  });
const linkTo = (file: Parameters<typeof fileLink>[1]) =>
  fileLink(w.service.context, file)!.replace(publicUrl, `http://127.0.0.1:${http.port}`);
const fetched = async (url: string, init: RequestInit = {}) => {
  const response = await fetch(url, init);
  return { response, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) };
};

describe("a link", () => {
  it("gives the file as a download that nobody sniffs, runs, frames or keeps", async () => {
    const { response, headers, body } = await fetched(linkTo(await keep("Week 3.png", png)));
    expect([response.status, body.equals(png)]).toEqual([200, true]);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "image/png",
      "content-length": `${png.length}`,
      "content-disposition": 'attachment; filename="Week 3.png"',
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "cache-control": "no-store",
      "accept-ranges": "bytes",
    });
  });

  it("is none where the internet doesn't reach the service", async () => {
    expect(fileLink({ ...w.service.context, publicUrl: undefined }, { id: "a.txt" })).toBeUndefined();
  });

  it("of a file that stays runs out after a week", async () => {
    const file = await keep("a.txt", Buffer.from("a"), { until: undefined });
    const url = linkTo(file);
    const week = 7 * 24 * hour;
    const { context } = w.service;
    const later = { ...context, clock: { ...context.clock, now: () => w.clock.now() + week } };
    expect((await fetched(url)).response.status).toBe(200);
    expect(fileLink(later, file)).not.toBe(fileLink(context, file));
  });

  it("ends in its file's extension and holds nothing of its name", async () => {
    expect(linkTo(await keep("secret plans.png", png))).toMatch(/\/files\/[0-9a-f]{32}[0-9a-z]{7}[0-9a-z]{26}\.png$/);
  });

  it("that has run out, or whose file was deleted, is gone, in a sentence and in the reader's language", async () => {
    const file = await keep("a.txt", Buffer.from("a"));
    const url = linkTo(file);
    const other = await keep("b.txt", Buffer.from("b"));
    await w.store.commit([remove(files, other.id)]);
    await w.clock.advance(hour + 1000);
    for (const over of [url, linkTo({ ...other, until: w.clock.now() + hour })]) {
      const { response, headers, body } = await fetched(over);
      expect([response.status, headers.get("content-type")]).toEqual([410, "application/problem+json"]);
      expect(JSON.parse(body.toString()).detail).toMatch(/^This link has run out/);
    }
    const german = await fetched(url, { headers: { "accept-language": "de-AT,de;q=0.9" } });
    expect(JSON.parse(german.body.toString()).detail).toMatch(/^Dieser Link ist abgelaufen/);
  }, 30_000);

  it("that nobody has made leads nowhere", async () => {
    const url = linkTo(await keep("a.txt", Buffer.from("a")));
    const at = url.lastIndexOf("/") + 1;
    const token = url.slice(at);
    const forged = [
      token.replace(/^./, (first) => (first === "0" ? "1" : "0")),
      `${token.slice(0, 32)}zzzzzzz${token.slice(39)}`,
      `${token.slice(0, 39)}../../secret-key`,
      encodeURIComponent(`${token.slice(0, 39)}../../secret-key`),
      token.slice(0, -4),
      `${token}.txt`,
      token.toUpperCase(),
      "x",
      "%00",
      "%ff",
    ];
    for (const one of forged) expect([400, 404]).toContain((await fetched(url.slice(0, at) + one)).response.status);
    expect((await fetched(url)).response.status).toBe(200);
  });
});

describe("a name", () => {
  const named = async (name: string) =>
    (await fetched(linkTo(await keep(name, png)), { method: "HEAD" })).headers.get("content-disposition")!;

  it.each([
    ['say "hi".png', 'attachment; filename="say _hi_.png"'],
    ["../../etc/passwd.png", "attachment; filename=passwd.png"],
    ["C:\\Users\\ada\\me.png", "attachment; filename=me.png"],
    ["a\r\nSet-Cookie: x=1.png", 'attachment; filename="a Set-Cookie_ x=1.png"'],
    ["   .png", "attachment; filename=file.png"],
    ["...png", "attachment; filename=file.png"],
    ["\u202egnp.exe.png", "attachment; filename=gnp.exe.png"],
    ["Übung 3.png", `attachment; filename="Übung 3.png"; filename*=UTF-8''%C3%9Cbung%203.png`],
    [
      "课 👩‍🚀.png",
      `attachment; filename="? ???.png"; filename*=UTF-8''%E8%AF%BE%20%F0%9F%91%A9%E2%80%8D%F0%9F%9A%80.png`,
    ],
  ])("%j is sent safely", async (name, disposition) => {
    const got = Buffer.from(await named(name), "latin1").toString("latin1");
    expect(starred(got) ?? got).toBe(starred(disposition) ?? disposition);
  });

  it("that is endless is cut, its extension kept", async () => {
    expect((await named(`${"a".repeat(240)}.png`)).length).toBeLessThan(160);
    expect(await named(`${"a".repeat(240)}.png`)).toMatch(/a\.png$/);
  });
});

/** What every browser of today reads; the other form is for those of yesterday. */
const starred = (disposition: string) => /filename\*=(.*)$/.exec(disposition)?.[1];

describe("a part", () => {
  const content = Buffer.from("0123456789");
  const part = async (range: string, more: Record<string, string> = {}) => {
    const { response, headers, body } = await fetched(linkTo(await keep("a.txt", content)), {
      headers: { range, ...more },
    });
    return [response.status, headers.get("content-range"), body.toString()];
  };

  it.each([
    ["bytes=0-0", 206, "bytes 0-0/10", "0"],
    ["bytes=3-5", 206, "bytes 3-5/10", "345"],
    ["bytes=7-", 206, "bytes 7-9/10", "789"],
    ["bytes=-2", 206, "bytes 8-9/10", "89"],
    ["bytes=5-500", 206, "bytes 5-9/10", "56789"],
    ["bytes=0-1,4-5", 200, null, "0123456789"],
    ["lines=1-2", 200, null, "0123456789"],
    ["bytes=x-y", 200, null, "0123456789"],
  ])("asked for as %s", async (range, ...wanted) => {
    expect(await part(range)).toEqual(wanted);
  });

  it("that isn't there is refused, and what there is is told", async () => {
    const [status, range] = await part("bytes=10-20");
    expect([status, range]).toEqual([416, "bytes */10"]);
  });

  it("of a download that began with another file is that whole file", async () => {
    expect(await part("bytes=3-5", { "if-range": '"other"' })).toEqual([200, null, "0123456789"]);
    const file = await keep("b.txt", content);
    const { response } = await fetched(linkTo(file), {
      headers: { range: "bytes=3-5", "if-range": `"${file.sha256}"` },
    });
    expect(response.status).toBe(206);
  });

  it("a head is answered without the body", async () => {
    const { response, headers, body } = await fetched(linkTo(await keep("a.txt", content)), { method: "HEAD" });
    expect([response.status, headers.get("content-length"), body.length]).toEqual([200, "10", 0]);
  });

  it("an empty file has none", async () => {
    const { response, body } = await fetched(linkTo(await keep("empty.txt", Buffer.alloc(0))));
    expect([response.status, body.length]).toEqual([200, 0]);
  });
});

it("whoever reads slowly gets as much as they take, and whoever leaves ends the reading", async () => {
  let given = 0;
  let closed = false;
  const { context } = w.service;
  async function* endless() {
    try {
      for (;;) {
        given += 65_536;
        yield Buffer.alloc(65_536);
      }
    } finally {
      closed = true;
    }
  }
  const slow = { ...context, files: { ...context.files, read: async () => endless() } };
  const app = httpApp({
    webhooks: [],
    log: context.log,
    ready: async () => ({ ok: true, parts: {} }),
    context: slow,
  });
  const other = await listen(app, { host: "127.0.0.1", port: 0 });
  const file = await keep("a.mp4", samples.mp4!);
  const url = linkTo({ ...file, until: file.until }).replace(`:${http.port}`, `:${other.port}`);
  await w.store.commit([{ kind: "patch", in: files, id: file.id, set: { bytes: 1_000_000_000 } }]);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on("error", reject));
  answer.pause();
  let before = -1;
  while (given !== before) {
    before = given;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(given).toBeLessThan(32 * 1024 * 1024);
  answer.destroy();
  while (!closed) await new Promise((resolve) => setTimeout(resolve, 20));
  await other.close(100);
}, 30_000);

it("is not posted to", async () => {
  const url = linkTo(await keep("a.txt", Buffer.from("a")));
  const status = await new Promise((resolve, reject) => {
    request(url, { method: "POST" }, (answer) => resolve(answer.resume().statusCode))
      .on("error", reject)
      .end();
  });
  expect(status).toBe(404);
});
