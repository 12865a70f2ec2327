// The operator's pages: who may see them, what they show, dead letters replayed, with either queue.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { systemClock } from "../../src/adapters/clock.ts";
import type { Queue } from "../../src/core/ports/queue.ts";
import type { AdminParts } from "../../src/http/admin.ts";
import { httpApp } from "../../src/http/app.ts";
import { type Listening, listen } from "../../src/http/listen.ts";
import { bullmqQueue } from "../../src/jobs/drivers/bullmq.ts";
import { eventually } from "../support/eventually.ts";
import { silentLog } from "../support/queue-log.ts";
import { embeddedStand } from "../support/queue-stand.ts";
import { type RedisServer, redisServer } from "../support/redis-server.ts";
import { seededSecrets } from "../support/secrets.ts";

const token = "a".repeat(40);
const basic = { authorization: `Basic ${Buffer.from(`anyone:${token}`).toString("base64")}` };
const clock = systemClock();
const ends: (() => unknown)[] = [];
let server: Listening | undefined;
let redis: RedisServer | undefined;
let url = "";

async function serve(parts: Omit<AdminParts, "token">): Promise<void> {
  const ready = async () => ({ ok: true, parts: {} });
  const app = httpApp({ webhooks: [], ready, log: silentLog, admin: { token, ...parts } });
  server = await listen(app, { host: "127.0.0.1", port: 0 });
  url = `http://127.0.0.1:${server.port}`;
}

async function killedJob(queue: Queue): Promise<void> {
  queue.start(async () => ({ reason: "invalid: <b>broken</b>" }));
  await queue.enqueue([{ job: "test.job", input: { secret: "nobody sees it" }, key: "a" }]);
  await eventually(async () => (await queue.counts()).dead === 1);
  await queue.stop(1000);
}

async function onRedis() {
  redis = await redisServer();
  const own = redis;
  const queue = await bullmqQueue({ url: own.url, clock, secrets: seededSecrets(clock), log: silentLog });
  ends.push(
    () => own.close(),
    () => queue.close(),
  );
  await killedJob(queue);
  await serve({ queue, board: queue.board });
  return queue;
}

async function inStore() {
  const stand = await embeddedStand();
  const { queue } = await stand.open({ clock });
  ends.push(() => stand.close());
  await killedJob(queue);
  await serve({ queue });
  return queue;
}

beforeEach(() => {
  ends.length = 0;
});
afterEach(async () => {
  await server?.close(0);
  for (const end of ends.reverse()) await end();
});

describe.each([
  ["in the store", inStore],
  ["on Redis", onRedis],
])("with the jobs %s", (_name, open) => {
  let queue: Queue;
  beforeEach(async () => {
    queue = await open();
  });

  it("nobody gets in without the token, or with another", async () => {
    for (const path of ["/admin/jobs", "/admin/dead-letters", "/metrics"])
      for (const headers of [{}, { authorization: `Basic ${btoa("a:b")}` }, { authorization: "Bearer nope" }]) {
        const answer = await fetch(url + path, { headers });
        expect([path, answer.status]).toEqual([path, 401]);
        expect(answer.headers.get("www-authenticate")).toContain("Basic");
      }
  });

  it("a dead letter is shown as text, without what the job was told, and replayed by a button", async () => {
    const page = await (
      await fetch(`${url}/admin/dead-letters`, { headers: { ...basic, accept: "text/html" } })
    ).text();
    expect(page).toContain("invalid: &#60;b&#62;broken&#60;/b&#62;");
    expect(page).not.toContain("nobody sees it");
    const action = /action="([^"]+)"/.exec(page)![1]!;
    const replayed = await fetch(url + action, { method: "POST", headers: basic, redirect: "manual" });
    expect([replayed.status, replayed.headers.get("location")]).toEqual([303, "/admin/dead-letters"]);
    expect(await queue.counts()).toMatchObject({ pending: 1, dead: 0 });
    expect((await fetch(url + action, { method: "POST", headers: basic })).status).toBe(404);
  });

  it("is told to programs as JSON and to Prometheus", async () => {
    const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
    const told = await (await fetch(`${url}/admin/dead-letters`, { headers })).json();
    expect(told).toMatchObject({ counts: { pending: 0, dead: 1 }, dead: [{ job: "test.job", attempt: 1 }] });
    expect(JSON.stringify(told)).not.toContain("nobody sees it");
    const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
    expect(metrics).toContain('peerspark_jobs{state="dead"} 1');
    expect(metrics).toContain("peerspark_queue_up 1");
  });

  it("another site's page can't have a letter replayed", async () => {
    const [letter] = await queue.dead(1);
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://elsewhere.example" }]) {
      const path = `${url}/admin/dead-letters/${encodeURIComponent(letter!.id)}`;
      expect((await fetch(path, { method: "POST", headers: { ...basic, ...headers } })).status).toBe(403);
    }
    expect(await queue.counts()).toMatchObject({ dead: 1 });
  });
});

it("Bull Board stands at /admin/jobs, may run its own scripts and nobody else's, and knows both queues", async () => {
  await onRedis();
  const board = await fetch(`${url}/admin/jobs`, { headers: { ...basic, accept: "text/html" } });
  const page = await board.text();
  expect([board.status, board.headers.get("content-security-policy")]).toEqual([
    200,
    expect.stringMatching(/^default-src 'self'/),
  ]);
  const script = /src="(static\/js\/main[^"]+)"/.exec(page)![1];
  expect((await fetch(`${url}/admin/jobs/${script}`, { headers: basic })).status).toBe(200);
  const { queues } = (await (await fetch(`${url}/admin/jobs/api/queues`, { headers: basic })).json()) as {
    queues: { name: string }[];
  };
  expect(queues.map(({ name }) => name).toSorted()).toEqual(["dead", "jobs"]);
  expect((await fetch(`${url}/admin/jobs/api/queues`)).status).toBe(401);
});

it.each([
  ["is killed", (redis: RedisServer) => redis.kill()],
  ["stands still", async (redis: RedisServer) => redis.freeze()],
])("when Redis %s that is said within about a second, and the process's own figures are told", async (_, leaves) => {
  await onRedis();
  await leaves(redis!);
  for (const [path, method] of [
    ["/admin/dead-letters", "GET"],
    ["/admin/dead-letters/a", "POST"],
    ["/admin/jobs", "GET"],
    ["/admin/jobs/api/queues", "GET"],
  ]) {
    const began = performance.now();
    const answer = await fetch(url + path, { method, headers: basic });
    expect([path, answer.status]).toEqual([path, 503]);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("Look whether Redis runs") });
    expect(performance.now() - began).toBeLessThan(2000);
  }
  const metrics = await (await fetch(`${url}/metrics`, { headers: basic })).text();
  expect(metrics).toContain("peerspark_queue_up 0");
  expect(metrics).toContain("process_resident_memory_bytes");
  expect(metrics).not.toContain("peerspark_jobs{");
});

it("where the jobs are in the store, /admin/jobs shows the same page", async () => {
  await inStore();
  const answer = await fetch(`${url}/admin/jobs`, { headers: { ...basic, accept: "text/html" } });
  expect(await answer.text()).toContain("0 pending, 0 of them due or running; 1 dead.");
});
