// The whole house on Slack: commands, forms, buttons, cards and the Home, each message once however often Slack brings it.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { pods } from "../../src/core/pods/read.ts";
import { spaces } from "../../src/core/spaces/read.ts";
import { type SlackHouse, slackHouse } from "../support/slack-house.ts";
import type { TestUser } from "../support/slack-server/index.ts";
import type { Channel } from "../support/slack-server/state.ts";

interface Modal {
  readonly title: { readonly text: string };
}

let house: SlackHouse;
let ada: TestUser;
let grace: TestUser;
let club: Channel;
beforeEach(async () => {
  house = await slackHouse();
  ada = house.server.user("Ada", { admin: true, tz: "Europe/Berlin" });
  grace = house.server.user("Grace");
  club = house.server.channel("maths", [ada, grace]);
});
afterEach(async () => {
  expect(house.w.troubles).toEqual([]);
  expect(house.server.calls.filter(({ error }) => error)).toEqual([]);
  await house.close();
});

const told = () =>
  ada
    .sees()
    .map(({ text }) => text)
    .join("\n");
const posted = () => house.server.messages(club.id);

it("plans an event from a form, keeps its card current, and shows it at home", async () => {
  await house.server.tell({
    type: "member_joined_channel",
    user: house.server.team.botUser,
    channel: club.id,
    inviter: ada.id,
    event_ts: "1.1",
  });
  await house.until(() => posted().length === 1);
  await ada.command(club.id, "/pod", "create Linear Algebra");
  await house.until(() => told().includes("Linear Algebra"));
  await ada.command(club.id, "/pod", 'bind "Linear Algebra"');
  await house.until(() => posted().length === 2);
  await ada.command(club.id, "/event", "create Eigenvalues");
  await house.until(() => ada.form() !== undefined);
  await ada.fill({ when: "no such day" });
  expect(ada.form()?.fields[0]).toMatchObject({ problem: expect.any(String), value: "no such day" });
  await ada.fill({ when: "tomorrow 6pm" });
  const question = () => ada.sees().findLast(({ buttons }) => buttons.some(({ label }) => label === "Create"));
  await house.until(() => question() !== undefined);
  await ada.press(question()!, "Create");
  await house.until(() => posted().some(({ text }) => text.includes("Eigenvalues")));
  const card = () => posted().findLast(({ text }) => text.includes("Eigenvalues"))!;
  await grace.command(club.id, "/pod", "join Linear Algebra");
  await house.until(() => grace.sees().length > 0);
  await grace.press(card(), card().buttons[0]!.label);
  await house.until(() => card().edits > 0 && card().text.includes("Grace"));
  await ada.openHome();
  await house.until(() => ada.home()?.text.includes("Eigenvalues") ?? false);
  expect(ada.home()!.text).toContain("Linear Algebra");
  const before = ada.sees().length;
  await ada.pressHome("Linear Algebra");
  await house.until(() => /2 of 100[\s\S]*Your PeerSpark/.test(ada.home()!.text));
  await ada.pressHome("Members");
  await house.until(() => /Grace[\s\S]*Your PeerSpark/.test(ada.home()!.text));
  expect(ada.home()!.text).not.toContain("2 of 100");
  expect(ada.sees()).toHaveLength(before);
});

it("makes one pod of a message that comes three times", async () => {
  await ada.say(ada.direct, "/pod create Topology");
  await house.server.again("same");
  await house.server.again("new id");
  await house.until(() => told().includes("Topology"));
  await house.until(() => house.server.state.calls.some(({ method }) => method === "chat.postMessage"));
  await house.w.settled();
  expect(await house.w.store.count(pods)).toBe(1);
  expect(ada.sees()).toHaveLength(1);
});

it("takes a mention in a channel for a command, once, and leaves other talk alone", async () => {
  await ada.say(club.id, `<@${house.server.team.botUser}> help`, { raw: true });
  await ada.say(club.id, "just chatting");
  await house.until(() => ada.sees().length > 0);
  await house.w.settled();
  expect(posted()).toEqual([]);
  expect(ada.sees()).toHaveLength(1);
});

it("hands a pod to the one of two of a name who is mentioned, and invites one who has never spoken to it", async () => {
  const [one, two, tim] = [house.server.user("grace"), house.server.user("grace"), house.server.user("Tim Berners")];
  const tag = (user: TestUser) => `<@${user.id}|${user.name}>`;
  await ada.command(club.id, "/pod", "create Linear Algebra");
  await house.until(() => told().includes("Linear Algebra"));
  for (const user of [one, two]) {
    await user.command(user.direct, "/pod", "join Linear Algebra");
    await house.until(() => user.sees().length > 0);
  }
  await ada.command(club.id, "/pod", `invite ${tag(tim)}`, { raw: true });
  await house.until(() => told().includes("I have invited Tim Berners"));
  await house.until(() => tim.sees().some(({ text }) => text.includes("Linear Algebra")));
  await ada.command(club.id, "/pod", `handover who:${tag(two)} pod:Linear`, { raw: true });
  const question = () => ada.sees().findLast(({ buttons }) => buttons.some(({ label }) => label === "Hand over"));
  await house.until(() => question() !== undefined);
  await ada.press(question()!, "Hand over");
  const madeOwner = ({ text }: { readonly text: string }) => text.includes("made you the owner");
  await house.until(() => two.sees().some(madeOwner));
  expect(one.sees().some(madeOwner)).toBe(false);
});

it("goes on in the workspace when it has to leave one channel", async () => {
  const event_ts = "2.2";
  await house.server.tell({
    type: "member_joined_channel",
    user: house.server.team.botUser,
    channel: club.id,
    event_ts,
  });
  await house.server.tell({ type: "channel_left", channel: club.id, actor_id: ada.id, event_ts: "3.3" });
  let rows = 0;
  await house.until(() => {
    void house.w.store.count(spaces).then((count) => {
      rows = count;
    });
    return rows === 2;
  });
  const whole = await house.w.store.getBy(spaces, { platform: "slack", externalId: house.server.team.id });
  expect(whole!.goneAt).toBeUndefined();
});

it.each([
  ["/peerspark", "event list", /Nothing is planned/],
  ["/peerspark", "/event list", /Nothing is planned/],
  ["/peerspark", "peerspark /event list", /Nothing is planned/],
  ["/peerspark", "/ps-remind list", /no open reminders/],
  ["/peerspark", "", /What I can do/],
  ["/peerspark", "help", /What I can do/],
  ["/event", "help", /\/event create/],
  ["/ps-remind", "?", /\/ps-remind me/],
])("reads %s %s as people mean it", async (command, words, answer) => {
  await grace.command(club.id, command, words);
  await house.until(() => grace.sees().length === 1);
  expect(grace.sees()[0]!.text).toMatch(answer);
});

it("names its commands as Slack has them, also where it does not know what was typed", async () => {
  await grace.command(club.id, "/ps-remind", "to eat in 1 minute");
  await house.until(() => grace.sees().length === 1);
  const [{ text, buttons }] = grace.sees() as [ReturnType<TestUser["sees"]>[number]];
  expect(text).toContain("Did you mean /ps-remind me?");
  expect(`${text} ${buttons.map(({ label }) => label)}`).not.toMatch(/\/remind/);
});

it("greets who calls it by its name and says nothing", async () => {
  await grace.say(club.id, `<@${house.server.team.botUser}>`, { raw: true });
  await house.until(() => grace.sees().length === 1);
  expect(grace.sees()[0]!).toMatchObject({ channel: club.id, text: expect.stringContaining("Hello Grace") });
});

it("offers a form that can't be opened with its first question, below a short title", async () => {
  await grace.say(grace.direct, "/pod create");
  await house.until(() => grace.sees().length === 1);
  const [offer] = grace.sees();
  expect(offer).toMatchObject({
    text: expect.stringContaining("What should the pod be called?"),
    buttons: [{ label: "Open the form" }],
  });
  await grace.press(offer!, "Open the form");
  await house.until(() => grace.form() !== undefined);
  const { title } = house.server.state.users.get(grace.id)!.modal!.view as unknown as Modal;
  expect(title.text).toBe("Start a pod");
});
