// Slack over Socket Mode in processes of their own: where the chats are it is heard, where HTTP is served it is installed.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { eventually } from "../support/eventually.ts";
import { type House, programs } from "../support/program.ts";
import { type SlackServer, slackServer } from "../support/slack-server/index.ts";

let server: SlackServer;
let house: House;
beforeEach(async () => {
  server = await slackServer();
  house = await programs({
    PUBLIC_URL: "http://127.0.0.1:9",
    SLACK_API_URL: server.apiUrl,
    SLACK_BOT_TOKEN: server.token,
    SLACK_APP_TOKEN: server.appToken,
    SLACK_SIGNING_SECRET: server.signingSecret,
    SLACK_CLIENT_ID: server.client.id,
    SLACK_CLIENT_SECRET: server.client.secret,
  });
});
afterEach(async () => {
  await house.close();
  await server.close();
});

/** In a browser that says yes. */
async function install(url: string): Promise<number> {
  const away = await fetch(`${url}/slack/install`, { redirect: "manual" });
  const state = new URL(away.headers.get("location")!).searchParams.get("state")!;
  const cookie = away.headers.get("set-cookie")!.split(";")[0]!;
  const ada = server.user("ada", { admin: true });
  const query = new URLSearchParams({ state, code: server.auth.grant(server.team, ada.id) });
  const { status } = await fetch(`${url}/slack/oauth_redirect?${query}`, { headers: { cookie } });
  await eventually(() => ada.sees().length > 0);
  return status;
}

it("is heard by the chats alone, though workspaces can install it", async () => {
  await house.serve({ ROLES: "chat,worker" });
  await eventually(() => server.socket.connections === 1);
  const ada = server.user("ada");
  await ada.say(ada.direct, "help");
  await eventually(() => ada.sees().length > 0);
});

it("is installed where HTTP is served, with a welcome and without a connection", async () => {
  const { url } = await house.serve({ ROLES: "http" });
  expect(await install(url)).toBe(200);
  expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ parts: { slack: "on" } });
  expect(server.socket.opened).toBe(0);
});
