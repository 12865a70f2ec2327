// Carrying messages over Telegram's wire: what only Telegram does, and what must not be seen in a log.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { noPace } from "../../../../src/adapters/chat/pace.ts";
import { botApi } from "../../../../src/adapters/chat/telegram/api.ts";
import { examine } from "../../../../src/adapters/chat/telegram/examine.ts";
import { refusalOfAddress } from "../../../../src/adapters/chat/telegram/webhook-address.ts";
import { botWire } from "../../../../src/adapters/chat/telegram/wire.ts";
import { systemClock } from "../../../../src/adapters/clock.ts";
import type { Post } from "../../../../src/core/ports/platform.ts";
import { collectedFrom } from "../../../support/file-samples.ts";
import type { TestGroup, TestUser } from "../../../support/telegram-server/index.ts";
import { recordingLog } from "../../../support/world.ts";
import { type Connected, connect, saying } from "./connected.ts";

let c: Connected;
let ada: TestUser;
let group: TestGroup;
beforeEach(async () => {
  c = await connect({ options: { rates: "none" } });
  ada = c.server.user({ first: "Ada" });
  group = c.server.group({ title: "Maths", botAdmin: true, forum: true });
  group.add(ada);
});
afterEach(() => c.close());

const post = (text: string, more: Partial<Post> = {}): Post => ({
  author: "Ada",
  from: "Discord",
  text,
  files: [],
  ...more,
});
const here = () => ({ platform: "telegram", channel: `${group.id}` });
const picture = (bytes: number[]) => ({ name: "plot.png", type: "image/png", content: Buffer.from(bytes) });
const shown = () => c.server.messages(group).map(({ text, file, thread }) => ({ text, file: file?.name, thread }));

describe("posts", () => {
  it("go to the topic, under the author's name in bold", async () => {
    const thread = group.topic("Week 3");
    const ref = await c.platform.post({ ...here(), thread: `${thread}` }, post("hello", { quote: "who is there?" }));
    expect(ref).toMatchObject({ thread: `${thread}` });
    expect(shown()).toEqual([{ text: "Ada · Discord\nwho is there?\nhello", file: undefined, thread }]);
    expect(c.server.messages(group)[0]!.entities).toEqual([
      { type: "bold", offset: 0, length: 3 },
      { type: "blockquote", offset: 14, length: 13 },
    ]);
  });

  it("send what Telegram can't read as a picture as a document", async () => {
    await c.platform.post(here(), post("a", { files: [picture([0x89, 0x50])] }));
    await c.platform.post(here(), post("b", { files: [picture([1, 2])] }));
    expect(c.server.calls().map(({ method }) => method)).toEqual(["sendPhoto", "sendPhoto", "sendDocument"]);
    expect(shown().map(({ file }) => file)).toEqual(["plot.png", "plot.png"]);
  });

  it("cut what a caption can't hold, with a mark", async () => {
    const ref = await c.platform.post(here(), post("short", { files: [picture([0x89, 0x50])] }));
    await c.platform.repost(ref, post("x".repeat(3_000)));
    const { text } = shown()[0]!;
    expect(text).toHaveLength(1024);
    expect(text.endsWith("x…")).toBe(true);
  });

  it("in a place that is closed, or gone, say so", async () => {
    const thread = group.topic("Week 4");
    group.closeTopic(thread);
    const closed = c.platform.post({ ...here(), thread: `${thread}` }, post("hello"));
    await expect(closed).rejects.toMatchObject({ code: "unavailable", detail: { reason: "closed" } });
    group.kickBot(ada);
    await expect(c.platform.post(here(), post("hello"))).rejects.toMatchObject({ detail: { reason: "gone" } });
  });
});

describe("files", () => {
  const given = { name: "a.txt", type: "text/plain", content: Buffer.from("secret plans") };
  const fileOf = async () => {
    await c.start();
    ada.say(group, "mine", { file: given });
    await c.server.drained();
    const { deed } = c.updates.at(-1)!;
    return deed.kind === "text" ? deed.talk!.files[0]! : undefined;
  };

  it("are loaded, and the token is in no log, whatever happens", async () => {
    const file = (await fileOf())!;
    expect(String(await collectedFrom(await c.platform.download(file, 100)))).toBe("secret plans");
    const lying = { ...file, bytes: 1 };
    await expect(c.platform.download(lying, 5).then(collectedFrom)).rejects.toMatchObject({
      detail: { reason: "gone" },
    });
    await expect(c.platform.download({ ...file, source: "no such" }, 100).then(collectedFrom)).rejects.toMatchObject({
      code: "unavailable",
      detail: { reason: "gone" },
    });
    await expect(
      c.platform.download({ ...file, bytes: 21 * 1024 * 1024 }, 2 ** 30).then(collectedFrom),
    ).rejects.toMatchObject({
      detail: { reason: "gone" },
    });
    const token = c.server.token.split(":")[1]!;
    const errors = await c.platform
      .download({ ...file, source: "x" }, 1)
      .catch((error: Error) => `${error} ${error.cause}`);
    expect(c.lines.join("\n") + errors).not.toContain(token);
    expect(c.lines.join("\n")).not.toContain("secret plans");
  });
});

describe("an examination", () => {
  const findings = async () =>
    (await c.platform.examine([here()])).map(({ state, what, remedy }) => [state, what, remedy !== undefined]);

  it("warns of privacy mode and missing rights, and finds the rest well", async () => {
    expect(await findings()).toEqual([
      ["well", "The token is @PeerSparkTestBot's.", false],
      ["warning", expect.stringContaining("Privacy mode is on"), true],
      ["well", "Updates are fetched by polling.", false],
      ["well", expect.stringContaining("is an administrator"), false],
    ]);
    group.addBot(ada, "member");
    expect((await findings())[3]).toEqual(["warning", expect.stringContaining("no administrator"), true]);
    group.muteBot(ada);
    expect((await findings())[3]).toEqual(["broken", expect.stringContaining("may not write"), true]);
    group.kickBot(ada);
    expect((await findings())[3]).toEqual(["broken", expect.stringContaining("is not in the group"), true]);
  });

  it("finds what keeps the bot from writing in a group, and says who can change it", async () => {
    const obstacle = async () => {
      const sentence = await c.platform.obstacle(here());
      const words = sentence?.({ language: "en", zone: "UTC", platform: "telegram" });
      const sent = c.platform.send(here(), saying("hello")).then(
        () => true,
        () => false,
      );
      expect(await sent).toBe(words === undefined);
      return words;
    };
    const told = expect.stringMatching(/allow me to send messages/);
    expect(await obstacle()).toBeUndefined();
    group.addBot(ada, "member");
    expect(await obstacle()).toBeUndefined();
    group.quieten();
    expect(await obstacle()).toEqual(told);
    group.addBot(ada, "administrator");
    expect(await obstacle()).toBeUndefined();
    group.muteBot(ada);
    expect(await obstacle()).toEqual(told);
    group.kickBot(ada);
    expect(await obstacle()).toEqual(told);
  });

  it("of a bot that hears all, without groups, is short", async () => {
    await c.close();
    c = await connect({ options: { rates: "none" }, server: { hearsAll: true } });
    expect((await c.platform.examine([])).map(({ state }) => state)).toEqual(["well", "well"]);
    expect((await c.platform.examine([here()]))[1]).toMatchObject({ state: "well" });
  });

  it("says what is wrong with the token", async () => {
    const other = c.another({ token: "1:wrong" });
    expect(await other.examine([])).toMatchObject([
      { state: "broken", what: expect.stringContaining("does not know") },
    ]);
    await other.stop(100);
  });

  it("of a webhook tells whether it is set and works", async () => {
    await c.close();
    c = await connect({ mode: "webhook", options: { rates: "none" } });
    expect(await c.platform.examine([])).toMatchObject([
      {},
      { state: "warning", what: expect.stringContaining("No webhook is set yet") },
    ]);
    await c.start();
    expect(await c.platform.examine([])).toMatchObject([{}, { state: "well" }]);
  });

  it.each([
    ["https://foo.example", false],
    ["https://foo.example:8443/under/it", false],
    ["http://foo.example", true],
    ["https://foo.example:9000", true],
  ])("of a webhook at %s says whether Telegram would refuse it", async (publicUrl, refused) => {
    const refusal = refusalOfAddress(publicUrl);
    expect(refusal !== undefined).toBe(refused);
    const clock = systemClock();
    const wire = botWire(c.server.url, c.server.token, clock);
    const api = botApi({ wire, pace: noPace, clock, log: recordingLog([]), moved: () => {} });
    const [, found] = await examine(api, { refusal }, []);
    expect(found).toMatchObject(
      refused ? { state: "broken", what: expect.stringContaining("port 443, 80, 88 or 8443") } : { state: "warning" },
    );
    await api.close();
  });
});
