// The whole house on Slack: commands, forms, buttons, cards and the Home, each message once however often Slack brings it.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { slack } from "../../src/adapters/chat/slack/index.ts";
import { pods } from "../../src/core/pods/read.ts";
import { spaces } from "../../src/core/spaces/read.ts";
import { withWebhooks } from "../../src/http/webhooks.ts";
import { realClock } from "../adapters/chat/telegram/connected.ts";
import { type SlackServer, slackServer, type TestUser } from "../support/slack-server/index.ts";
import type { Channel } from "../support/slack-server/state.ts";
import { type World, world } from "../support/world.ts";

let server: SlackServer;
let w: World;
let web: Server;
let ada: TestUser;
let grace: TestUser;
let club: Channel;
beforeEach(async () => {
  server = await slackServer();
  const { apiUrl, token: botToken, signingSecret } = server;
  w = await world({
    platforms: ({ secrets, log, store }) => [
      slack({ apiUrl, botToken, signingSecret, secrets, log, store, clock: realClock, rates: "none" }),
    ],
  });
  const { webhooks } = w.service.platforms.get("slack")!;
  web = createServer(withWebhooks(webhooks, (_, response) => void response.end(), w.service.context.log));
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  server.requestUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}/slack/events`;
  ada = server.user("Ada", { admin: true, tz: "Europe/Berlin" });
  grace = server.user("Grace");
  club = server.channel("maths", [ada, grace]);
});
afterEach(async () => {
  expect(w.troubles).toEqual([]);
  expect(server.calls.filter(({ error }) => error)).toEqual([]);
  await w.close();
  web.closeAllConnections();
  web.close();
  await server.close();
});

/** Resolves as soon as it holds, while the network and the house go on. */
async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); await w.settled()) {
    if (Date.now() > end) throw new Error(`never held: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
const told = () =>
  ada
    .sees()
    .map(({ text }) => text)
    .join("\n");
const posted = () => server.messages(club.id);

it("plans an event from a form, keeps its card current, and shows it at home", async () => {
  await server.tell({
    type: "member_joined_channel",
    user: server.team.botUser,
    channel: club.id,
    inviter: ada.id,
    event_ts: "1.1",
  });
  await until(() => posted().length === 1);
  await ada.command(club.id, "/pod", "create Linear Algebra");
  await until(() => told().includes("Linear Algebra"));
  await ada.command(club.id, "/pod", 'bind "Linear Algebra"');
  await until(() => posted().length === 2);
  await ada.command(club.id, "/event", "create Eigenvalues");
  await until(() => ada.form() !== undefined);
  await ada.fill({ when: "no such day" });
  expect(ada.form()?.fields[0]).toMatchObject({ problem: expect.any(String), value: "no such day" });
  await ada.fill({ when: "tomorrow 6pm" });
  const question = () => ada.sees().findLast(({ buttons }) => buttons.some(({ label }) => label === "Create"));
  await until(() => question() !== undefined);
  await ada.press(question()!, "Create");
  await until(() => posted().some(({ text }) => text.includes("Eigenvalues")));
  const card = () => posted().findLast(({ text }) => text.includes("Eigenvalues"))!;
  await grace.command(club.id, "/pod", "join Linear Algebra");
  await until(() => grace.sees().length > 0);
  await grace.press(card(), card().buttons[0]!.label);
  await until(() => card().edits > 0 && card().text.includes("Grace"));
  await ada.openHome();
  await until(() => ada.home()?.text.includes("Eigenvalues") ?? false);
  expect(ada.home()!.text).toContain("Linear Algebra");
});

it("makes one pod of a message that comes three times", async () => {
  await ada.say(ada.direct, "/pod create Topology");
  await server.again("same");
  await server.again("new id");
  await until(() => told().includes("Topology"));
  await until(() => server.state.calls.some(({ method }) => method === "chat.postMessage"));
  await w.settled();
  expect(await w.store.count(pods)).toBe(1);
  expect(ada.sees()).toHaveLength(1);
});

it("takes a mention in a channel for a command, once, and leaves other talk alone", async () => {
  await ada.say(club.id, `<@${server.team.botUser}> help`, { raw: true });
  await ada.say(club.id, "just chatting");
  await until(() => ada.sees().length > 0);
  await w.settled();
  expect(posted()).toEqual([]);
  expect(ada.sees()).toHaveLength(1);
});

it("goes on in the workspace when it has to leave one channel", async () => {
  const event_ts = "2.2";
  await server.tell({ type: "member_joined_channel", user: server.team.botUser, channel: club.id, event_ts });
  await server.tell({ type: "channel_left", channel: club.id, actor_id: ada.id, event_ts: "3.3" });
  let rows = 0;
  await until(() => {
    void w.store.count(spaces).then((count) => {
      rows = count;
    });
    return rows === 2;
  });
  const whole = await w.store.getBy(spaces, { platform: "slack", externalId: server.team.id });
  expect(whole!.goneAt).toBeUndefined();
});
