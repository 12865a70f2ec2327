// Two of one name on Discord and two on Telegram: whoever is mentioned is meant, also who has never spoken to PeerSpark.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { discord } from "../../src/adapters/chat/discord/index.ts";
import { accounts, profiles } from "../../src/core/members/read.ts";
import { invites } from "../../src/core/pods/invite.ts";
import { memberships } from "../../src/core/pods/read.ts";
import {
  controlsOf,
  type DiscordServer,
  discordServer,
  type TestUser,
  textOf,
} from "../support/discord-server/index.ts";
import type { TestUser as TelegramUser } from "../support/telegram-server/index.ts";
import { eventually, type Town, town } from "../support/town.ts";

let server: DiscordServer;
let t: Town;
beforeEach(async () => {
  server = await discordServer();
  const { token, url: apiUrl } = server;
  t = await town({ besides: (parts) => [discord({ ...parts, token, apiUrl, perSecond: 100_000 })] });
});
afterEach(async () => {
  expect(t.troubles()).toEqual([]);
  await t.close();
  await server.close();
});

/** The platform's ids of who owns a pod. */
async function owner(): Promise<string> {
  const { rows } = await t.store.find(memberships, { where: { role: "owner" }, limit: 2 });
  const theirs = await t.store.find(accounts, { where: { memberId: rows[0]!.memberId }, limit: 2 });
  return theirs.rows.map(({ userId }) => userId).join();
}

it("on Discord, in an option of a command", async () => {
  const ada = server.user({ name: "Ada" });
  const [one, two, tim] = ["grace", "grace", "Tim Berners"].map((name) => server.user({ name })) as TestUser[];
  const guild = server.guild({ name: "Maths" });
  for (const user of [ada, one!, two!, tim!]) guild.add(user);
  const privately = (user: TestUser) => server.privately(user).map(textOf).join("\n");
  ada.say(ada.direct, "/pod create Linear Algebra");
  await eventually(() => privately(ada).includes("Linear Algebra"));
  for (const user of [one!, two!]) {
    user.say(user.direct, "/pod join Linear Algebra");
    await eventually(() => privately(user).includes("Linear Algebra"));
  }
  await ada.command("pod invite", { who: `<@${tim!.id}>` });
  await eventually(() => privately(ada).includes("I have invited Tim Berners"));
  await eventually(() => privately(tim!).includes("Linear Algebra"));
  await ada.command("pod handover", { who: `<@!${two!.id}>` });
  const asking = () =>
    server.privately(ada).findLast((message) => controlsOf(message).some(({ label }) => label === "Hand over"));
  await eventually(() => asking() !== undefined);
  await ada.press(asking()!, "Hand over");
  await eventually(async () => (await owner()) === two!.id);
});

it("on Telegram, by account or by username", async () => {
  const ada = await t.person("Ada");
  const one = await t.person("Grace");
  const two = t.server.user({ first: "Grace", username: "Amazing_Grace" });
  const tim = t.server.user({ first: "Tim Berners" });
  two.start();
  await t.says(ada, ada, "/pod create Linear Algebra");
  for (const user of [one, two]) await t.says(user, user, "/pod join Linear Algebra");
  const mentions: readonly TelegramUser[] = [tim];
  ada.say(ada, "/pod invite Tim Berners", { mentions });
  await t.settled();
  expect((await t.news(ada)).join("\n")).toContain("I have invited Tim Berners to Linear Algebra");
  expect(await t.store.count(profiles)).toBe(4);
  expect((await t.says(ada, ada, "/pod handover @amazing_grace")).here).toContain("Make Grace the owner");
  await t.presses(ada, ada, "Hand over");
  expect(await owner()).toBe(`${two.id}`);
});

it("on Telegram, a username that nobody known has is not taken for PeerSpark's own", async () => {
  const ada = await t.person("Ada");
  const annas = ["anna1", "anna2"].map((username) => t.server.user({ first: "Anna", username }));
  for (const anna of annas) anna.start();
  await t.settled();
  await t.says(ada, ada, "/pod create Secret privacy:private");
  const refused = (await t.says(ada, ada, "/pod invite Secret who:@anna")).here;
  expect(refused).toContain("I don't know @\u2060anna");
  expect(await t.store.count(invites)).toBe(0);
  expect((await t.says(ada, ada, "/pod invite Secret who:@anna2")).here).toContain("I have invited Anna to Secret");
});
