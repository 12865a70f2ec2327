// `npm start` as a process: its first words, its health, its end, and what is there when it comes back.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type House, programs } from "../support/program.ts";

let house: House;
beforeEach(async () => {
  house = await programs();
});
afterEach(() => house.close());

describe("the service, without any variable but its port", () => {
  it("says what is on, what is off and how to turn it on, where the data is and how to talk; answers; stops", async () => {
    const service = await house.serve();
    expect(service.hello.replace(/:\d+,/, ":PORT,")).toBe(`PeerSpark is running.
  on    terminal, http://127.0.0.1:PORT, jobs
  off   no webhooks: chat apps are polled: set PUBLIC_URL (see .env.example)
  off   no Telegram: set TELEGRAM_BOT_TOKEN (see .env.example)
  off   no Discord: set DISCORD_TOKEN (see .env.example)
  off   no Slack: set SLACK_BOT_TOKEN (see .env.example)
  off   no mail: set SMTP_URL (see .env.example)
  off   no web push: set VAPID_PUBLIC_KEY (see .env.example)
  data  ${house.folder}/data/peerspark.db
  talk  npm run chat -- --as NAME

`);
    const health = await fetch(`${service.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { ok: true }]);
    const ready = await fetch(`${service.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { ok: true, parts: { store: "ok", queue: "ok", files: "ok" } },
    ]);
    expect((await fetch(`${service.url}/nowhere`)).status).toBe(404);

    service.signal("SIGTERM");
    const { code, stderr } = await service.ended;
    expect(code).toBe(0);
    const logged = stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).msg);
    expect(logged).toEqual(["started", "stopping", "stopped"]);
  });

  it("is told by Ctrl-C too, and starts again on what it has kept", async () => {
    const first = await house.serve();
    await house.chat("ada", "/pod create Topology\n");
    first.signal("SIGINT");
    expect((await first.ended).code).toBe(0);
    const again = await house.serve();
    expect((await house.chat("grace", "/pod join Topology\n")).stdout).toContain("Welcome to Topology");
    again.signal("SIGTERM");
    expect((await again.ended).code).toBe(0);
  });
});

it("a role that is left out is off, and how to turn it on is said", async () => {
  const service = await house.serve({ ROLES: "worker" });
  expect(service.hello).toContain("  on    terminal, jobs\n");
  expect(service.hello).toContain("  off   chat in this process: add it to ROLES\n");
  expect(service.hello).toContain("  off   http in this process: add it to ROLES\n");
});

it("goes on when nobody reads its first words", async () => {
  const service = house.start();
  const logged = service.complains('"msg":"started"');
  service.ignores();
  await logged;
  service.signal("SIGTERM");
  const { code, stderr } = await service.ended;
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/EPIPE| at .*\.ts:/);
});

it("kill -9: what was acknowledged is there, what was due is done, once", async () => {
  const service = await house.serve();
  const ada = house.start(["chat", "--as", "ada"]);
  ada.types("/pod create Topology\n");
  await ada.shows("Topology is ready");
  ada.types(`/remind me to breathe ${new Date(Date.now() + 2000).toISOString()}\n`);
  await ada.shows("Reminder set");
  service.signal("SIGKILL");
  ada.signal("SIGKILL");
  await Promise.all([service.ended, ada.ended]);

  await house.serve();
  const back = house.start(["chat", "--as", "ada"]);
  await back.shows(/» Reminder\nbreathe/);
  back.types("/pod info Topology\n");
  await back.shows("Members: 1 of");
  back.leaves();
  const { stdout } = await back.ended;
  expect(stdout.match(/» Reminder/g)).toHaveLength(1);
  expect((await house.chat("ada", "/inbox\n")).stdout).toMatch(/^Inbox \(1 unread\)/);
});
