// Signed HTTP: who is believed, how fast it is acknowledged, and what comes again is recognised.
import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import type { TestUser } from "../../../support/slack-server/index.ts";
import { type Connected, connect, saying, until } from "./connected.ts";

let connected: Connected;
beforeEach(async () => {
  connected = await connect({ mode: "http", options: { rates: "none" } });
});
afterEach(() => connected.close());

function post(body: string, { later = 0, key = connected.server.signingSecret, signature = "" } = {}) {
  const stamp = `${Math.floor((Date.now() + later) / 1000)}`;
  const right = `v0=${createHmac("sha256", key).update(`v0:${stamp}:${body}`).digest("hex")}`;
  const headers = {
    "content-type": "application/json",
    "x-slack-request-timestamp": stamp,
    "x-slack-signature": signature || right,
  };
  return fetch(`${connected.publicUrl}/slack/events`, { method: "POST", body, headers });
}
const challenge = JSON.stringify({
  type: "url_verification",
  challenge: "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
});

describe("a request", () => {
  it("that Slack signed is answered", async () => {
    const response = await post(challenge);
    expect([response.status, await response.text()]).toEqual([200, JSON.parse(challenge).challenge]);
  });

  it.each([
    ["is signed with another secret", { key: "another" }],
    ["has a signature of another length", { signature: "v0=1" }],
    ["has another signature", { signature: `v0=${"0".repeat(64)}` }],
    ["is older than five minutes", { later: -301_000 }],
    ["is of the future", { later: 310_000 }],
  ])("that %s is refused", async (_, more) => {
    expect((await post(challenge, more)).status).toBe(401);
  });

  it("without a signature is refused, and one that can't be read too", async () => {
    const url = `${connected.publicUrl}/slack/events`;
    expect((await fetch(url, { method: "POST", body: challenge })).status).toBe(401);
    expect((await post("{")).status).toBe(400);
  });

  it("is not taken before it receives, so that Slack brings it again", async () => {
    expect((await post(JSON.stringify({ type: "event_callback" }))).status).toBe(503);
  });

  it("that makes no sense is dropped and logged without its words", async () => {
    await connected.start();
    expect((await post(JSON.stringify({ type: "event_callback", team_id: 7, secret: "hush" }))).status).toBe(200);
    expect(connected.lines.join()).toContain("could not be read");
    expect(connected.lines.join()).not.toContain("hush");
  });
});

describe("what comes in", () => {
  it("is acknowledged when it is handled", async () => {
    await connected.start();
    const { server } = connected;
    const ada = server.user("ada");
    let handled = 0;
    connected.handle = async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      handled++;
    };
    await ada.say(ada.direct, "hello");
    expect(handled).toBe(1);
    await ada.command(ada.direct, "/event", "list");
    expect(handled).toBe(2);
  });

  it("is acknowledged as its answer sets out, unless it comes again when it is not", async () => {
    await connected.start();
    const ada = connected.server.user("ada");
    const over = Promise.withResolvers<void>();
    let isOver = false;
    connected.handle = async ({ reply }) => {
      await reply.show(saying("done", { audience: "caller" }));
      await over.promise;
      isOver = true;
    };
    const { ms } = await ada.command(ada.direct, "/event", "list");
    expect(ms).toBeLessThan(1_900);
    expect(isOver).toBe(false);
    const said = ada.say(ada.direct, "hello");
    await until(() => connected.updates.length === 2);
    over.resolve();
    await said;
    expect(isOver).toBe(true);
  });

  it("is acknowledged in time, however long it takes", async () => {
    await connected.start();
    const slow = Promise.withResolvers<void>();
    connected.handle = () => slow.promise;
    const { server } = connected;
    const ada = server.user("ada");
    const club = server.channel("club", [ada]);
    const button = { buttons: [[{ label: "Go", data: "go", style: "plain" as const }]] };
    await connected.platform.send(
      { platform: "slack", channel: `${server.team.id}:${club.id}` },
      saying("card", button),
    );
    const answers = [
      await ada.say(ada.direct, "hello"),
      await ada.command(club.id, "/event", "list"),
      await ada.press(server.messages(club.id)[0]!, "Go"),
      await ada.openHome(),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(3_000);
    await until(() => connected.updates.length === 4);
    slow.resolve();
  });

  it("again, or under a new event id, is the same update", async () => {
    await connected.start();
    const ada = connected.server.user("ada");
    await ada.say(ada.direct, "hello");
    await connected.server.again("same");
    await connected.server.again("new id");
    await until(() => connected.updates.length === 3);
    expect(new Set(connected.updates.map(({ id }) => id)).size).toBe(1);
  });

  it("in a form waits for its answer, and shows the form again with what is wrong", async () => {
    await connected.start();
    const { server } = connected;
    const ada = server.user("ada");
    const field = { name: "title", label: "What?", kind: "text", required: true, choices: [] } as const;
    const form = (problem?: string) =>
      saying("Plan", {
        audience: "caller",
        form: { title: "Plan", data: "event.create", fields: [{ ...field, problem }] },
      });
    connected.handle = async ({ deed, reply }) => {
      if (deed.kind === "text") await reply.show(form());
      if (deed.kind === "submit" && deed.answers.title === "x") await reply.show(form("Too short."));
      if (deed.kind === "submit" && deed.answers.title === "slow")
        await new Promise((resolve) => setTimeout(resolve, 2_500));
      if (deed.kind === "submit" && deed.answers.title !== "x")
        await reply.show(saying("Done", { audience: "caller" }));
    };
    const club = server.channel("club", [ada], { bot: false });
    await ada.command(club.id, "/event", "create");
    await until(() => ada.form() !== undefined);
    await ada.fill({ title: "x" });
    expect(ada.form()?.fields[0]?.problem).toContain("Too short.");
    const { ms } = await ada.fill({ title: "slow" });
    expect(ms).toBeLessThan(3_000);
    expect(ada.form()).toBeUndefined();
    await until(() => ada.sees().at(-1)?.text === "Done");
    expect(ada.sees().at(-1)).toMatchObject({ channel: club.id, only: ada.id });
  });
});

it("answers where it is in no channel, to the caller alone or to all", async () => {
  await connected.start();
  const { server } = connected;
  const ada = server.user("ada");
  const club = server.channel("club", [ada], { bot: false });
  connected.handle = async ({ reply }) => {
    await reply.show(saying("for you", { audience: "caller" }));
    await reply.show(saying("for all"));
  };
  await ada.command(club.id, "/pod", "info");
  await until(() => server.messages(club.id).length === 1);
  expect(ada.sees().map(({ text }) => text)).toEqual(["for you"]);
  expect(server.messages(club.id).map(({ text }) => text)).toEqual(["for all"]);
});

describe("the App Home", () => {
  const buttons = [[{ label: "Open", data: "inbox.show", style: "plain" as const }]];
  let ada: TestUser;
  const open = async () => {
    ada = connected.server.user("ada", { tz: "Asia/Tokyo", locale: "de-DE" });
    await connected.start();
    await ada.openHome();
    await until(() => ada.home() !== undefined);
  };
  const opened = () => connected.updates.filter(({ deed }) => deed.kind === "command").length;

  it("is the member's own", async () => {
    connected.handle = ({ reply, deed }) => reply.show(saying(deed.kind, { audience: "caller", buttons }));
    await open();
    expect(connected.updates[0]).toMatchObject({
      deed: { kind: "command", call: { action: "home.show" } },
      account: { zone: "Asia/Tokyo", language: "de-DE", workspace: connected.server.team.id },
    });
  });

  it("shows what is pressed there at once, above itself as it is now", async () => {
    const held = Promise.withResolvers<void>();
    connected.handle = async ({ reply, deed }) => {
      if (deed.kind === "press") return reply.replace(saying("you are in", { audience: "caller" }));
      if (opened() > 1) await held.promise;
      return reply.show(saying(`home ${opened()}`, { audience: "caller", buttons }));
    };
    await open();
    await ada.pressHome("Open");
    await until(() => ada.home()?.text === "you are in");
    held.resolve();
    await until(() => /^you are in\s+home 2$/.test(ada.home()!.text));
    await ada.openHome();
    await until(() => ada.home()!.text === "home 3");
    expect(ada.sees()).toEqual([]);
  });

  it("has a notice, several answers and a form sent off from there on it too", async () => {
    const field = { name: "when", label: "When?", kind: "text", required: true, choices: [] } as const;
    const form = { title: "Plan", data: "plan", fields: [field] };
    connected.handle = async ({ reply, deed }) => {
      if (deed.kind === "press") return reply.show(saying("", { audience: "caller", form }));
      if (deed.kind !== "submit") return reply.show(saying("home", { audience: "caller", buttons }));
      await reply.notice("noted");
      await reply.show(saying("one", { audience: "caller" }));
      return reply.show(saying("two"));
    };
    await open();
    await ada.pressHome("Open");
    await until(() => ada.form() !== undefined);
    await ada.fill({ when: "tomorrow" });
    await until(() => /^noted\s+one\s+two\s+home$/.test(ada.home()!.text));
    expect(ada.sees()).toEqual([]);
    expect(connected.server.calls.filter(({ error }) => error)).toEqual([]);
  });
});

it("replaces what only the caller sees, where it stands", async () => {
  await connected.start();
  const { server } = connected;
  const ada = server.user("ada");
  const club = server.channel("club", [ada]);
  const buttons = [[{ label: "Join", data: "join", style: "primary" as const }]];
  connected.handle = ({ reply, deed }) =>
    deed.kind === "press"
      ? reply.replace(saying("Joined", { audience: "caller" }))
      : reply.show(saying("Join?", { audience: "caller", buttons }));
  await ada.command(club.id, "/pod", "join");
  await until(() => ada.sees().length === 1);
  await ada.press(ada.sees()[0]!, "Join");
  await until(() => ada.sees()[0]?.text === "Joined");
  expect(ada.sees()).toHaveLength(1);
});
