// The adapter with a Slack that others wrote (github.com/parvalabs/local-slack): what it takes for Slack, we do too.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type SlackOptions, slack } from "../../../../src/adapters/chat/slack/index.ts";
import { slackInstallations } from "../../../../src/adapters/chat/slack/installations.ts";
import { slackSends } from "../../../../src/adapters/chat/slack/once.ts";
import { cryptoSecrets } from "../../../../src/adapters/secrets.ts";
import { openSqlite } from "../../../../src/adapters/store/sqlite.ts";
import type { Platform, Update } from "../../../../src/core/ports/platform.ts";
import { hearing } from "../../../support/inbox.ts";
import { quietLog, realClock } from "../telegram/connected.ts";
import { saying } from "./connected.ts";

const binary = fileURLToPath(
  new URL("../../../servers/node_modules/local-slack-linux-x64/bin/local-slack", import.meta.url),
);
const reason = "local-slack is a program for Linux on x64, installed into tests/servers before `npm test`";
const where = existsSync(binary) ? describe : describe.skip;

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};

async function eventually<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never came: ${look}`);
}

const buttons = [[{ label: "Plan", data: "event.create", style: "primary" as const }]];
const field = { name: "title", label: "What?", kind: "text", required: true, choices: [] } as const;
const form = { title: "Plan an event", data: "event.create", fields: [field] };

async function answer({ deed, reply }: Update): Promise<unknown> {
  if (deed.kind === "press") return reply.show(saying("form", { audience: "caller", form }));
  return reply.show(saying(`heard ${deed.kind}`, { buttons }));
}

where.each(["socket", "events"] as const)(`local-slack by %s${existsSync(binary) ? "" : ` (${reason})`}`, (mode) => {
  let folder: string;
  let program: ChildProcess;
  let platform: Platform;
  let base: string;
  let close: () => Promise<void>;
  const updates: Update[] = [];

  const control = async (path: string, body?: object): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    const given = body && { method: "POST", headers, body: JSON.stringify(body) };
    return (await fetch(`${base}/_control${path}`, given)).json();
  };
  const shown = async () => {
    const { messages } = (await control("/messages/C01GEN")) as {
      messages: readonly {
        ts: string;
        text: string;
        blocks?: readonly { type: string; elements: readonly object[] }[];
      }[];
    };
    return messages.filter(({ blocks }) => blocks !== undefined);
  };
  const log = async () => JSON.stringify(await control("/log"));

  beforeEach(async () => {
    updates.length = 0;
    folder = await mkdtemp(join(tmpdir(), "peerspark-local-slack-"));
    const web = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const query = new URLSearchParams();
      const asked = { headers: request.headers, query, body: Buffer.concat(chunks) };
      const { status, headers, body } = await platform.webhooks[0]!.receive(asked);
      response.writeHead(status, headers).end(body);
    });
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    const requestUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}/slack/events`;
    const port = await freePort();
    base = `http://127.0.0.1:${port}`;
    const config = {
      workspace: { name: "Peers", domain: "peers", teamId: "T01PEERS" },
      app: {
        appId: "A01APP",
        botUserId: "U0BOT",
        botName: "peerspark",
        botToken: "xoxb-test-token",
        appToken: "xapp-test-token",
        signingSecret: "test-signing-secret",
        mode,
        requestUrl,
      },
      users: [{ id: "U01ADA", name: "ada", real_name: "Ada" }],
      channels: [{ id: "C01GEN", name: "general", members: ["U01ADA", "U0BOT"] }],
    };
    const file = join(folder, "config.json");
    await writeFile(file, JSON.stringify(config));
    program = spawn(
      binary,
      ["--config", file, "--port", `${port}`, "--base-host", "127.0.0.1", "--files-dir", folder],
      { stdio: "ignore" },
    );
    await eventually(() => control("/state").catch(() => undefined));
    const store = await openSqlite({ path: ":memory:", collections: [slackInstallations, slackSends] });
    const options: SlackOptions = {
      apiUrl: `${base}/api`,
      botToken: "xoxb-test-token",
      ...(mode === "socket" && { appToken: "xapp-test-token" }),
      signingSecret: "test-signing-secret",
      clock: realClock,
      log: quietLog().log,
      secrets: cryptoSecrets("a key for tests that is long enough", realClock),
      store,
      rates: "none",
    };
    platform = slack(options);
    await platform.start(
      hearing(async (update) => {
        updates.push(update);
        await answer(update);
      }),
      [],
    );
    close = async () => {
      await platform.stop(1_000);
      web.closeAllConnections();
      await new Promise((resolve) => web.close(resolve));
      await store.close();
    };
  });
  afterEach(async () => {
    await close();
    const gone = new Promise((resolve) => program.once("exit", resolve));
    program.kill();
    await gone;
    await rm(folder, { recursive: true, force: true });
  });

  it("brings messages, commands, presses and the Home, and takes messages, forms and views", async () => {
    const ada = { channel: "C01GEN", user: "U01ADA" };
    await control("/message", { ...ada, text: "hello & <b>" });
    await eventually(() => updates.find(({ deed }) => deed.kind === "text"));
    await control("/command", { ...ada, command: "/event", text: "list" });
    await eventually(() =>
      updates.find(({ deed }) => deed.kind === "text" && deed.text === "/event list" && deed.addressed),
    );
    const message = await eventually(async () => (await shown()).at(-1));
    expect(message.text).toBe("heard text");
    const element = message.blocks!.at(-1)!.elements[0]!;
    await control("/interact", { ...ada, messageTs: message.ts, action: { ...element, block_id: "b" } });
    await eventually(() => updates.find(({ deed }) => deed.kind === "press" && deed.data === "event.create"));
    await eventually(async () => ((await log()).includes("views.open") ? true : undefined));
    await control("/open-home", { user: "U01ADA" });
    await eventually(async () => ((await log()).includes("views.publish") ? true : undefined));
    expect(updates.at(-1)).toMatchObject({
      account: { workspace: "T01PEERS", userId: "U01ADA" },
      place: { kind: "direct" },
    });
    expect(await log()).not.toContain('"ok":false');
  });
});
