// Where no direct message comes through: one word in a channel of the pod, none of the news, and the inbox after that.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { insert, patch, remove } from "../../../src/core/kernel/change.ts";
import { accounts } from "../../../src/core/members/account.ts";
import { deliveries } from "../../../src/core/notifications/delivery.ts";
import { notifications } from "../../../src/core/notifications/notification.ts";
import { bindings } from "../../../src/core/pods/binding.ts";
import { podHandedOver } from "../../../src/core/pods/facts.ts";
import { memberships } from "../../../src/core/pods/membership.ts";
import { spaces } from "../../../src/core/spaces/space.ts";
import { dyingAt } from "../../support/dying-store.ts";
import { type EventHouse, eventHouse } from "../events/event-house.ts";
import { fakePlatform, press, refusal } from "./small-house.ts";

const hour = 3600_000;
let house: EventHouse;
let ada: string;
let bob: string;
let pod: string;
/** Whether the process dies at a commit that closes a delivery as sent. */
let dies: boolean;

const around = dyingAt(
  (changes) => dies && changes.some((change) => change.kind === "patch" && change.set.status === "sent"),
);

beforeEach(async () => {
  dies = false;
  house = await eventHouse({ platforms: { terminal: fakePlatform(true), discord: fakePlatform(true) }, around });
  ada = await house.member("ada");
  bob = await house.member("bob");
  pod = await house.pod("Logic", [ada, bob]);
  await house.store.commit([
    insert(accounts, { id: "b2", memberId: bob, platform: "discord", userId: "bob", name: "bob", linkedAt: 1 }),
    insert(bindings, {
      id: "d1",
      podId: pod,
      platform: "discord",
      channel: "d1",
      space: "s1",
      boundBy: ada,
      boundAt: 0,
    }),
  ]);
  for (const name of ["terminal", "discord"])
    house.platform(name).before = ({ channel }) => {
      if (channel === "bob") throw refusal("blocked");
    };
  house.start();
});
afterEach(() => house.close());

const tell = async () => {
  await house.store.commit([podHandedOver(house.context, { subject: pod, member: bob, by: ada })]);
  await house.advance(0);
};
const called = () => house.platform("discord").sent.filter(({ channel }) => channel === "d1");
const rows = async () => (await house.store.find(deliveries, { where: { memberId: bob }, limit: 100 })).rows;
const waiting = () => house.store.count(notifications, { memberId: bob, dueAt: { gte: 0 } });

describe("when all direct messages are refused", () => {
  it("calls its member in the pod's channel, says nothing of the news, and keeps why", async () => {
    await tell();
    expect(called().map(({ text }) => text)).toEqual([
      "bob: there is news for you about this pod. Open your inbox: /inbox",
    ]);
    expect(called()[0]!.view.body).toMatchObject([
      { paragraph: expect.arrayContaining([{ mention: "bob", platform: "discord", name: "bob" }]) },
    ]);
    expect(called()[0]!.view.buttons).toBeUndefined();
    const refused = { status: "failed", reason: "blocked" };
    expect(await rows()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ channel: "terminal", ...refused }),
        expect.objectContaining({ channel: "discord", ...refused }),
        expect.objectContaining({
          channel: "pod",
          target: pod,
          status: "sent",
          instead: expect.stringMatching(/: blocked$/),
        }),
      ]),
    );
    expect(await waiting()).toBe(0);
  });

  it("calls once a day, and leaves what comes meanwhile to the inbox", async () => {
    await tell();
    await tell();
    await house.advance(23 * hour);
    await tell();
    expect(called()).toHaveLength(1);
    const { rows: told } = await house.store.find(notifications, { where: { type: "pod_handed_over" }, limit: 9 });
    for (const { id } of told.slice(1))
      expect(await house.store.getBy(deliveries, { notificationId: id, channel: "chat" })).toMatchObject({
        status: "suppressed",
        reason: "no_channel",
      });
    expect(told).toHaveLength(3);
    expect(await waiting()).toBe(0);
    await house.advance(hour + 1);
    await tell();
    expect(called()).toHaveLength(2);
    expect((await rows()).filter(({ channel }) => channel === "pod").at(-1)).toMatchObject({ instead: "chat: closed" });
  });

  it("speaks the language of the channel's space", async () => {
    await house.store.commit([
      insert(spaces, { id: "s", platform: "discord", externalId: "s1", channel: "d1", joinedAt: 0, language: "de" }),
    ]);
    await tell();
    expect(called()[0]!.text).toContain("Es gibt Neues für dich zu diesem Pod");
  });

  it.each([
    ["who has left the pod", async () => leave()],
    ["without an account on an app of its channels", () => house.store.commit([remove(accounts, "b2")])],
    ["known in another workspace", () => house.store.commit([patch(accounts, "b2", { workspace: "s2" })])],
    ["whose pod has no channel any more", () => house.store.commit([patch(bindings, "d1", { goneAt: 1 })])],
  ])("calls nobody %s: it is in the inbox", async (_, happens) => {
    await happens();
    await tell();
    expect(called()).toEqual([]);
    expect(await house.store.count(notifications, { memberId: bob, type: "pod_handed_over" })).toBe(1);
    expect(await waiting()).toBe(0);
  });

  const leave = async () => {
    const own = await house.store.getBy(memberships, { podId: pod, memberId: bob });
    await house.store.commit([remove(memberships, own!.id)]);
  };
});

it("a crash between send and close shows it once, where a repeated send is known", async () => {
  dies = true;
  await tell();
  expect(called()).toHaveLength(1);
  dies = false;
  await house.advance(hour);
  expect(called()).toHaveLength(1);
  expect((await rows()).find(({ channel }) => channel === "pod")).toMatchObject({ status: "sent", resent: 0 });
  expect(await waiting()).toBe(0);
});

it("what a direct message takes is told in no channel", async () => {
  house.platform("discord").before = () => {};
  await tell();
  expect(called()).toEqual([]);
});

describe("what was told", () => {
  it("says in the inbox, once, why it came by no message", async () => {
    await house.store.commit([remove(bindings, "d1")]);
    await tell();
    const look = async () => (await house.does(bob, { action: "inbox.show", input: {} })).text;
    expect(await look()).toMatch(/Logic.*only here: (Terminal|Discord), direct messages are refused there/);
    expect(await look()).not.toContain("only here");
  });

  it("says in a direct message, at a press, why it came; not to whoever it didn't come to", async () => {
    house.platform("discord").before = () => {};
    await tell();
    const { view } = house.platform("discord").sent.find(({ text }) => text.startsWith("Logic"))!;
    expect(view.buttons!.flat().map(({ label }) => label)).toEqual(["Show pod", "Members", "Why?"]);
    expect((await house.does(bob, press(view, "Why?"))).text).toContain("belongs to Pods");
    await expect(house.does(ada, press(view, "Why?"))).rejects.toMatchObject({ code: "not_found" });
  });
});
