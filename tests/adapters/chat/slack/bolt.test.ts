// Bare Bolt, Slack's own library, talks to the server for tests: what it is strict about is what Slack is strict about.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import bolt from "@slack/bolt";
import { type SlackServer, slackServer, type TestUser } from "../../../support/slack-server/index.ts";
import { until } from "./connected.ts";

const { App, LogLevel } = bolt;

/** Its socket goes on complaining after it was stopped. */
const logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

let server: SlackServer;
let app: InstanceType<typeof App>;
let ada: TestUser;
beforeEach(async () => {
  server = await slackServer();
  ada = server.user("ada");
});
afterEach(async () => {
  await app.stop();
  await until(() => server.socket.connections === 0);
  await server.close();
});

const quiet = { unfurl_links: false, unfurl_media: false };

/** A small app: an echo, a command with a form, a button, a Home. */
function small(): void {
  const blocks = [
    {
      type: "actions" as const,
      elements: [
        { type: "button" as const, action_id: "go", value: "1", text: { type: "plain_text" as const, text: "Go" } },
      ],
    },
  ];
  app.message(async ({ message, say }) => {
    if (message.subtype === undefined)
      await say({
        text: `echo ${message.text}`,
        blocks: [{ type: "section", text: { type: "plain_text", text: "echo" } }, ...blocks],
        ...quiet,
      });
  });
  app.action("go", async ({ ack, respond }) => {
    await ack();
    await respond({ text: "gone", replace_original: false, response_type: "ephemeral" });
  });
  app.command("/form", async ({ ack, client, body }) => {
    await ack();
    const input = {
      type: "input" as const,
      block_id: "b",
      label: { type: "plain_text" as const, text: "What?" },
      element: { type: "plain_text_input" as const, action_id: "a" },
    };
    const title = { type: "plain_text" as const, text: "Form" };
    await client.views.open({
      trigger_id: body.trigger_id,
      view: { type: "modal", callback_id: "f", title, submit: title, blocks: [input] },
    });
  });
  app.view("f", async ({ ack, view, client, body }) => {
    await ack();
    await client.chat.postEphemeral({
      channel: ada.direct,
      user: body.user.id,
      text: `got ${view.state.values.b?.a?.value}`,
    });
  });
  app.event("app_home_opened", async ({ event, client }) => {
    await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [{ type: "divider" }] } });
  });
}

async function works(): Promise<void> {
  await ada.say(ada.direct, "hello");
  await until(() => server.messages(ada.direct).length === 1);
  await ada.press(server.messages(ada.direct)[0]!, "Go");
  await until(() => ada.sees().at(-1)?.text === "gone");
  await ada.command(ada.direct, "/form");
  await until(() => ada.form() !== undefined);
  await ada.fill({ b: "it" });
  await until(() => ada.sees().at(-1)?.text === "got it");
  await ada.openHome();
  await until(() => ada.home() !== undefined);
  expect(server.calls.filter(({ error }) => error)).toEqual([]);
}

const options = () => ({
  token: server.token,
  logger,
  clientOptions: { slackApiUrl: `${server.apiUrl}/` },
});

describe("bare Bolt", () => {
  it("works over signed HTTP", async () => {
    app = new App({ ...options(), signingSecret: server.signingSecret });
    small();
    const listening = (await app.start({ port: 0, host: "127.0.0.1" })) as { address(): { port: number } };
    server.requestUrl = `http://127.0.0.1:${listening.address().port}/slack/events`;
    await works();
  });

  it("works by Socket Mode", async () => {
    app = new App({ ...options(), appToken: server.appToken, socketMode: true });
    small();
    await app.start();
    await works();
  });
});
