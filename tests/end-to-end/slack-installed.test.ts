// Slack, installed by workspaces: the first words lead to something that works where they are read, and come once.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { type SlackHouse, slackHouse } from "../support/slack-house.ts";
import type { TestUser } from "../support/slack-server/index.ts";
import type { Team } from "../support/slack-server/state.ts";

let house: SlackHouse;
let chess: Team;
let ada: TestUser;
beforeEach(async () => {
  house = await slackHouse({ installable: true });
  chess = house.server.addTeam("Chess & Co");
  ada = house.server.user("Ada", { team: chess, admin: true });
});
afterEach(async () => {
  await house.close();
});

const newest = () => ada.sees().at(-1)!;

it("whoever installs it makes a pod from the first message, and brings it to where PeerSpark is invited", async () => {
  const { server, until } = house;
  expect(await house.install(chess, ada)).toContain("Chess &#38; Co");
  await until(() => ada.sees().length === 1);
  expect(newest().channel).toBe(ada.direct);
  expect(newest().text).toContain("I am in Chess & Co now");
  expect(newest().text).toContain("/invite @PeerSpark");
  for (const { label } of newest().buttons) {
    await ada.press(newest(), label);
    await until(() => ada.form() !== undefined);
    await ada.fill({ name: "Openings" });
    await until(() => ada.sees().length === 2);
  }
  const club = server.channel("chess", [ada], { team: chess });
  await ada.command(club.id, "/pod", "bind Openings");
  await until(() => server.messages(club.id).length === 1);
  expect(server.messages(club.id)[0]!.text).toContain("Openings is at home here now");
  expect(house.w.troubles).toEqual([]);
});

it("greets once, however often it is installed", async () => {
  const grace = house.server.user("Grace", { team: chess });
  await house.install(chess, ada);
  await house.until(() => ada.sees().length === 1);
  expect(await house.install(chess, ada)).toContain("Chess &#38; Co");
  expect(await house.install(chess, grace)).toContain("Chess &#38; Co");
  await ada.command(ada.direct, "/setup");
  await house.until(() => ada.sees().length === 2);
  expect(newest().text).toMatch(/private chat.*in a channel of the server or workspace/);
  expect(grace.sees()).toEqual([]);
});
