// What can be made to go wrong with the server of our own, and that its requests are counted.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type AppwriteServer, appwriteServer } from "../../support/appwrite-server/index.ts";

let server: AppwriteServer;

const call = (method: string, path: string, body?: object, signal?: AbortSignal) =>
  fetch(server.url + path, {
    method,
    signal,
    headers: {
      "x-appwrite-project": server.projectId,
      "x-appwrite-key": server.apiKey,
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });

const create = (databaseId: string, signal?: AbortSignal) =>
  call("POST", "/tablesdb", { databaseId, name: databaseId }, signal);
const exists = async (databaseId: string) => (await call("GET", `/tablesdb/${databaseId}`)).ok;

beforeEach(async () => {
  server = await appwriteServer();
});
afterEach(() => server.close());

describe("a fault", () => {
  it("drops a request before anything is done", async () => {
    server.faults.add({ kind: "drop" }, { method: "POST" });
    await expect(create("one")).rejects.toThrow("fetch failed");
    expect(await exists("one")).toBe(false);
  });

  it("drops the answer to what is done", async () => {
    server.faults.add({ kind: "act and drop" }, { method: "POST" });
    await expect(create("one")).rejects.toThrow("fetch failed");
    expect(await exists("one")).toBe(true);
  });

  it("cuts an answer in the middle", async () => {
    server.faults.add({ kind: "cut" });
    const response = await create("one");
    expect(response.status).toBe(201);
    await expect(response.text()).rejects.toThrow("terminated");
    expect(await exists("one")).toBe(true);
  });

  it.each([429, 500, 503] as const)("answers %d and does nothing", async (status) => {
    server.faults.add({ kind: "refuse", status, headers: { "retry-after": "1" } });
    const response = await create("one");
    expect([response.status, response.headers.get("retry-after")]).toEqual([status, "1"]);
    expect(await response.json()).toMatchObject({ code: status, version: "1.9.6" });
    expect(await exists("one")).toBe(false);
  });

  it("delays, and what the caller gave up waiting for is done all the same", async () => {
    server.faults.add({ kind: "delay", ms: 30 }, { method: "POST" });
    const caller = new AbortController();
    const asked = create("one", caller.signal);
    while (!server.requests.count("POST")) await sleep(1);
    caller.abort();
    await expect(asked).rejects.toThrow("aborted");
    while (!(await exists("one"))) await sleep(5);
  });

  it("is for the requests that are aimed at, as often as was said", async () => {
    server.faults.add({ kind: "refuse", status: 503 }, { method: "GET", path: /tablesdb\/one$/, times: 2 });
    await create("one");
    expect([await exists("one"), await exists("one"), await exists("one")]).toEqual([false, false, true]);
  });
});

describe("requests", () => {
  it("are counted by method and path", async () => {
    await create("one");
    await exists("one");
    await exists("one");
    const { requests } = server;
    expect([requests.count(), requests.count("GET"), requests.count("POST", /tablesdb$/)]).toEqual([3, 2, 1]);
    requests.clear();
    expect(requests.all).toEqual([]);
  });

  it("of more than 12 MiB get no answer", async () => {
    const name = "x".repeat(13 * 1024 * 1024);
    await expect(call("POST", "/tablesdb", { databaseId: "one", name })).rejects.toThrow("fetch failed");
  });

  it("with too long an address get none that says why", async () => {
    const response = await call("GET", `/tablesdb?queries[0]=${"x".repeat(70_000)}`);
    expect([response.status, await response.text()]).toEqual([400, ""]);
  });

  it("for nothing that is there get a page", async () => {
    const response = await call("GET", "/nothing");
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
  });
});
