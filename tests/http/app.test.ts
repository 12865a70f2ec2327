// The HTTP edge over real sockets: webhooks, health, problems, draining, a port in use.

import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { pinoLog } from "../../src/adapters/log.ts";
import type { Webhook } from "../../src/core/ports/platform.ts";
import { type HttpParts, httpApp } from "../../src/http/app.ts";
import { type Listening, listen } from "../../src/http/listen.ts";
import { mostBody } from "../../src/http/webhooks.ts";

const open: Listening[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close(0)));
});

async function serve(parts: Partial<HttpParts> = {}) {
  const lines: string[] = [];
  const log = pinoLog({ level: "debug", to: { write: (line: string) => void lines.push(line) } });
  const ready = async () => ({ ok: true, parts: { store: "ok" } });
  const server = await listen(httpApp({ webhooks: [], ready, log, ...parts }), { host: "127.0.0.1", port: 0 });
  open.push(server);
  return { server, lines, url: `http://127.0.0.1:${server.port}` };
}

const echo: Webhook = {
  path: "/hook/abc",
  receive: async ({ headers, body }) => ({ status: 202, body: `${headers["x-from"]}:${body.toString("hex")}` }),
};
const post = (url: string, body: string | Uint8Array<ArrayBuffer>, headers = {}) =>
  fetch(url, { method: "POST", body, headers });

describe("a webhook", () => {
  it("is handed the headers and the bytes as they came, and its answer goes back", async () => {
    const { url } = await serve({ webhooks: [echo] });
    const bytes = new Uint8Array([0, 0xff, 0x7b, 0x0a]);
    const answer = await post(`${url}/hook/abc?x=1`, bytes, { "x-from": "me", "content-type": "application/json" });
    expect(answer.status).toBe(202);
    expect(await answer.text()).toBe("me:00ff7b0a");
  });

  it("takes a body that comes in pieces, and none", async () => {
    const { url } = await serve({
      webhooks: [{ path: "/n", receive: async ({ body }) => ({ status: 200, body: `${body.length}` }) }],
    });
    const pieces = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 5; n++) controller.enqueue(new Uint8Array(70_000));
        controller.close();
      },
    });
    const inPieces = await fetch(`${url}/n`, { method: "POST", body: pieces, duplex: "half" } as RequestInit);
    expect(await inPieces.text()).toBe("350000");
    expect(await (await fetch(`${url}/n`, { method: "POST" })).text()).toBe("0");
    expect(await (await post(`${url}/n`, new Uint8Array(mostBody))).text()).toBe(`${mostBody}`);
  });

  it("is spared a body over the limit, said or unsaid beforehand", async () => {
    let called = 0;
    const counting: Webhook = { path: "/n", receive: async () => ({ status: 200 + called++ }) };
    const { server } = await serve({ webhooks: [counting] });
    const statusOf = async (head: string, body: string) => {
      const socket = connect(server.port, "127.0.0.1");
      socket.on("error", () => undefined);
      socket.write(`POST /n HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n${body}`);
      const [data] = await once(socket, "data");
      socket.destroy();
      return String(data).split("\r\n")[0];
    };
    expect(await statusOf(`content-length: ${mostBody + 1}`, "x")).toBe("HTTP/1.1 413 Payload Too Large");
    const long = "x".repeat(mostBody + 1);
    expect(await statusOf("transfer-encoding: chunked", `${long.length.toString(16)}\r\n${long}\r\n`)).toBe(
      "HTTP/1.1 413 Payload Too Large",
    );
    expect(called).toBe(0);
  });

  it("that fails answers a problem that gives nothing away, and is logged under its number", async () => {
    const failing: Webhook = { path: "/f", receive: () => Promise.reject(new Error("inner matters")) };
    const { url, lines } = await serve({ webhooks: [failing] });
    const answer = await post(`${url}/f`, "{}");
    const problem = (await answer.json()) as { instance: string };
    expect(problem).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      instance: expect.stringMatching(/^urn:uuid:/),
    });
    expect(JSON.parse(lines[0]!)).toMatchObject({
      correlation: problem.instance.slice("urn:uuid:".length),
      error: { message: "inner matters" },
    });
  });

  it("whose caller hangs up half-way is forgotten without a word", async () => {
    let called = 0;
    const counting: Webhook = { path: "/n", receive: async () => ({ status: 200 + called++ }) };
    const { server, url, lines } = await serve({ webhooks: [counting] });
    const socket = connect(server.port, "127.0.0.1");
    socket.write("POST /n HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf");
    await once(socket, "ready");
    await fetch(`${url}/healthz`);
    socket.destroy();
    await once(socket, "close");
    await fetch(`${url}/healthz`);
    expect(called).toBe(0);
    expect(lines).toEqual([]);
  });

  it("answers POST alone, at its own path alone", async () => {
    const { url } = await serve({ webhooks: [echo] });
    for (const [method, path] of [
      ["GET", "/hook/abc"],
      ["PUT", "/hook/abc"],
      ["POST", "/hook/abc/"],
      ["POST", "/hook/ab"],
    ])
      expect((await fetch(url + path, { method })).status).toBe(404);
  });

  it("shares its path with no other", async () => {
    await expect(serve({ webhooks: [echo, echo] })).rejects.toThrow("two webhooks have the same path");
  });
});

describe("health", () => {
  it("is well while the process runs, whatever its parts say", async () => {
    const { url } = await serve({ ready: () => Promise.reject(new Error("down")) });
    const answer = await fetch(`${url}/healthz`);
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
  });

  it("is ready when its parts are", async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/readyz`);
    expect([answer.status, await answer.json()]).toEqual([200, { ok: true, parts: { store: "ok" } }]);
  });

  it("is not ready when a part is not, when the check fails, or when it takes too long", async () => {
    const unready = { ok: false, parts: { store: "ok", telegram: "connecting" } };
    const checks: [HttpParts["ready"], unknown][] = [
      [async () => unready, unready],
      [() => Promise.reject(new Error("inner matters")), { ok: false, parts: { check: "failed" } }],
      [() => new Promise(() => undefined), { ok: false, parts: { check: "no answer within 50 ms" } }],
    ];
    for (const [ready, said] of checks) {
      const { url } = await serve({ ready, readyWithin: 50 });
      const answer = await fetch(`${url}/readyz`);
      expect([answer.status, await answer.json()]).toEqual([503, said]);
    }
  });
});

describe("everything else", () => {
  it("is a problem as RFC 9457 has it, under headers that let nothing be framed, sniffed or kept", async () => {
    const { url } = await serve();
    const answer = await fetch(`${url}/nothing/here`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toEqual({ type: "about:blank", title: "Not Found", status: 404 });
    expect(answer.headers.get("x-powered-by")).toBeNull();
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("malformed addresses are the caller's fault", async () => {
    const { url, lines } = await serve();
    expect((await fetch(`${url}/%E0%A4%A`)).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(`${url}/%E0%A4%A`)).status).toBeLessThan(500);
    expect(lines).toEqual([]);
  });
});

describe("stopping", () => {
  it("lets what is under way be answered and closes connections kept alive", async () => {
    const entered = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const slow: Webhook = {
      path: "/slow",
      receive: async () => {
        entered.resolve();
        await release.promise;
        return { status: 200, body: "done" };
      },
    };
    const { server, url } = await serve({ webhooks: [slow] });
    await (await fetch(`${url}/healthz`)).text();
    const answer = post(`${url}/slow`, "{}");
    await entered.promise;
    const closed = server.close(20_000);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    release.resolve();
    expect(await (await answer).text()).toBe("done");
    await closed;
  });

  it("cuts off what takes longer than it may", async () => {
    const entered = Promise.withResolvers<void>();
    const stuck: Webhook = {
      path: "/stuck",
      receive: () => {
        entered.resolve();
        return new Promise(() => undefined);
      },
    };
    const { server, url } = await serve({ webhooks: [stuck] });
    const answer = expect(post(`${url}/stuck`, "{}")).rejects.toThrow();
    await entered.promise;
    await server.close(30);
    await answer;
  });
});

describe("a port that can't be had", () => {
  it("in use: the sentence names PORT", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    await expect(listen(() => undefined, { host: "127.0.0.1", port })).rejects.toMatchObject({
      code: "unavailable",
      message: `PORT ${port} on 127.0.0.1 is already in use. Stop what listens there, or set PORT to another number.`,
    });
    other.close();
  });

  it("on an address this machine hasn't: the sentence names HOST", async () => {
    await expect(listen(() => undefined, { host: "192.0.2.1", port: 0 })).rejects.toMatchObject({
      message: expect.stringContaining("Set HOST."),
    });
  });
});
