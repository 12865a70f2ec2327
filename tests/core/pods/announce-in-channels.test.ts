// An announcement in the channels its pod is bound to: once in each, whatever fails on the way.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { AppError } from "../../../src/core/errors.ts";
import { insert, patch } from "../../../src/core/kernel/change.ts";
import { bindings } from "../../../src/core/pods/binding.ts";
import { channelPosts } from "../../../src/core/pods/channel-post.ts";
import { type EventHouse, eventHouse } from "../events/event-house.ts";
import { fakePlatform, press } from "../notifications/small-house.ts";

let house: EventHouse;
let ada: string;
let pod: string;
beforeEach(async () => {
  house = await eventHouse({
    platforms: { terminal: fakePlatform(true), telegram: fakePlatform(), discord: fakePlatform(true) },
  });
  ada = await house.member("ada");
  pod = await house.pod("Logic", [ada, await house.member("bob")]);
  for (const [platform, channel] of [
    ["telegram", "t1"],
    ["discord", "d1"],
    ["discord", "d2"],
  ] as const) {
    const where = { platform, channel, space: channel, boundBy: ada, boundAt: 0 };
    await house.store.commit([insert(bindings, { id: channel, podId: pod, ...where })]);
  }
  house.start();
});
afterEach(() => house.close());

async function announce(text = "Room 5") {
  const preview = await house.does(ada, { action: "pod.announce", input: { text, pod } });
  await house.does(ada, press(preview, "Send to 1 member"));
  await house.advance(0);
}
const seen = (platform: string) => house.platform(platform).sent.map(({ channel, text }) => `${channel}: ${text}`);
const everywhere = () => [...seen("telegram"), ...seen("discord")].sort();
const said = (channel: string) => `${channel}: Logic\nRoom 5\nada to everybody in the pod`;

it("is shown once in each, and to the members", async () => {
  await announce();
  expect(everywhere()).toEqual([said("d1"), said("d2"), said("t1")]);
  expect(seen("terminal")).toEqual([said("bob")]);
  await house.advance(3600_000);
  expect(everywhere()).toHaveLength(3);
});

it("is not shown where nothing can be written any more", async () => {
  await house.store.commit([patch(bindings, "d1", { goneAt: 1 })]);
  house.platform("discord").before = () => {
    throw new AppError("unavailable", "closed", { detail: { reason: "closed" } });
  };
  await announce();
  await house.advance(3600_000);
  expect(everywhere()).toEqual([said("t1")]);
  expect((await house.queue.counts()).dead).toBe(0);
});

it("comes again where it surely did not, and where a second one is known; elsewhere never twice", async () => {
  let failing = true;
  house.platform("discord").after = () => {
    if (failing) throw new Error("cut off");
  };
  house.platform("telegram").before = () => {
    if (failing) throw new AppError("unavailable", "busy", { detail: { reason: "rate_limited" } });
  };
  await announce();
  expect(seen("telegram")).toEqual([]);
  failing = false;
  await house.advance(60_000);
  expect(everywhere()).toEqual([said("d1"), said("d2"), said("t1")]);
  failing = true;
  house.platform("telegram").before = () => {};
  house.platform("telegram").after = house.platform("discord").after;
  await announce();
  failing = false;
  await house.advance(3600_000);
  expect(seen("telegram")).toHaveLength(2);
  expect(await house.store.count(channelPosts, { state: "sending" })).toBe(1);
});
