// The adapter over the wire, by webhook: who is let in, what is answered when, and redelivery.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { webhookRoute } from "../../../../src/adapters/chat/telegram/webhook.ts";
import { testClock } from "../../../support/clock.ts";
import { hearing } from "../../../support/inbox.ts";
import { type Connected, connect, saying, secret, until } from "./connected.ts";

let connected: Connected;
beforeEach(async () => {
  connected = await connect({ mode: "webhook", server: { retryMs: 5 } });
});
afterEach(() => connected.close());

const header = "x-telegram-bot-api-secret-token";
const update = (id: number) => JSON.stringify({ update_id: id });

describe("the webhook", () => {
  it("is set with its secret, and brings updates from many chats at once", async () => {
    const { server, start } = connected;
    connected.handle = ({ reply }) => reply.show(saying("hello"));
    await start();
    const users = Array.from({ length: 40 }, () => server.user());
    for (const user of users) user.say(user, "hi");
    for (const user of users) expect(await server.next(user)).toMatchObject({ text: "hello" });
    expect(server.calls("setWebhook")[0]!.params).toMatchObject({
      url: expect.stringMatching(new RegExp(`/telegram/${secret}$`)),
      secret_token: secret,
      allowed_updates: ["message", "edited_message", "message_reaction", "callback_query", "my_chat_member"],
    });
    await server.drained();
    expect(server.calls("getUpdates")).toEqual([]);
  });

  it("lets in only who shows the secret", async () => {
    await connected.start();
    const { post, updates } = connected;
    expect((await post(update(1))).status).toBe(401);
    expect((await post(update(1), { [header]: "wrong" })).status).toBe(401);
    expect((await post(update(1), { [header]: `${secret}x` })).status).toBe(401);
    expect((await post(update(1), { [header]: secret }, "/telegram/guess")).status).toBe(404);
    expect((await post(update(1), { [header]: secret })).status).toBe(200);
    expect(updates).toEqual([]);
  });

  it.each(["", "{", "null", "[]", "5", '"x"', "{}", '{"update_id":"7"}'])("refuses %j as malformed", async (body) => {
    await connected.start();
    expect((await connected.post(body, { [header]: secret })).status).toBe(400);
  });

  it("takes nothing before the start and after the stop, so that Telegram delivers it again", async () => {
    expect((await connected.post(update(1), { [header]: secret })).status).toBe(503);
    await connected.start();
    await connected.platform.stop(100);
    expect((await connected.post(update(1), { [header]: secret })).status).toBe(503);
  });

  it("answers when the update is handled", async () => {
    const { server, start, updates } = connected;
    const handling = Promise.withResolvers<void>();
    connected.handle = () => handling.promise;
    await start();
    const ada = server.user();
    ada.say(ada, "hi");
    await until(() => updates.length === 1);
    let drained = false;
    const all = server.drained().then(() => {
      drained = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(drained).toBe(false);
    handling.resolve();
    await all;
    expect(updates).toHaveLength(1);
  });

  it("answers after 20 s although the update is still being handled", async () => {
    const clock = testClock();
    const route = webhookRoute(secret, clock, () => () => new Promise(() => {}));
    let status = 0;
    void route
      .receive({ headers: { [header]: secret }, query: new URLSearchParams(), body: Buffer.from(update(1)) })
      .then((answer) => {
        status = answer.status;
      });
    await clock.advance(19_999);
    expect(status).toBe(0);
    await clock.advance(1);
    expect(status).toBe(200);
  });

  it("says what is wrong with an address that Telegram refuses, without the secret", async () => {
    const webhook = { publicUrl: "http://intranet.example", secret };
    const start = connected.another({ webhook }).start(hearing(), []);
    await expect(start).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("PUBLIC_URL") });
    await start.catch((error: Error) => expect(String(error)).not.toContain(secret));
  });

  it("refuses a secret that Telegram would refuse", () => {
    expect(() => connected.another({ webhook: { publicUrl: "https://a.example", secret: "with space" } })).toThrow(
      "TELEGRAM_WEBHOOK_SECRET",
    );
  });
});
