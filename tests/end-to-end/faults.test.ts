// Telegram slows down, fails, hangs, or acts without answering: reminders arrive all the same, repeated as often as is said.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { deliveries } from "../../src/core/notifications/read.ts";
import type { Fault, TestUser } from "../support/telegram-server/index.ts";
import { eventually, type Town, town } from "../support/town.ts";

let t: Town;
let ada: TestUser;
beforeEach(async () => {
  t = await town();
  ada = await t.person("Ada");
  await t.says(ada, ada, "/remind me to call Grace in 1 hour");
});
afterEach(() => t.close());

/** Makes the next `times` messages meet the fault, and lets the reminder ring. */
async function rings(fault: Fault, times = 1): Promise<void> {
  t.server.fault(fault, { method: "sendMessage", times });
  await t.later({ hours: 1 });
}
const came = async () => (await t.news(ada)).filter((text) => text.includes("call Grace")).length;
const tries = () => t.server.calls("sendMessage").length - 2;
const delivery = async () => (await t.store.find(deliveries, { limit: 2 })).rows;

describe("a reminder comes once", () => {
  it("after as long as Telegram asks to wait", async () => {
    await rings({ kind: "429", retryAfter: 60 });
    expect(await came()).toBe(0);
    await t.later({ seconds: 59 });
    expect(await came()).toBe(0);
    await t.later({ seconds: 15 });
    expect(await came()).toBe(1);
    expect(tries()).toBe(2);
  });

  it("after a few failures of Telegram's own", async () => {
    await rings({ kind: "status", status: 502 }, 2);
    expect(await came()).toBe(1);
    expect(tries()).toBe(3);
    expect(t.troubles()).toEqual([]);
  });

  it("after an outage of half a minute", async () => {
    t.server.fault({ kind: "status", status: 500 }, { method: "sendMessage", times: 6 });
    await t.later({ hours: 1 });
    for (const seconds of [7, 37]) {
      expect(await came()).toBe(0);
      await t.later({ seconds });
    }
    expect(await came()).toBe(1);
    expect((await delivery()).map(({ status }) => status)).toEqual(["sent"]);
  });

  it("when the first try hangs", async () => {
    t.server.fault({ kind: "hang" }, { method: "sendMessage" });
    t.clock.leap(3600_000);
    await eventually(() => tries() === 1);
    t.clock.leap(15_000);
    await t.settled();
    await t.later({ seconds: 7 });
    expect(await came()).toBe(1);
    expect(tries()).toBe(2);
  });

  it("though the house is restarted before its time", async () => {
    await t.restart();
    await t.later({ hours: 1 });
    await t.restart();
    await t.later({ hours: 1 });
    expect(await came()).toBe(1);
  });
});

describe("where nobody knows whether it came", () => {
  it("it comes a second time at most", async () => {
    await rings({ kind: "act-then-cut" }, 5);
    for (const seconds of [7, 37, 150, 721, 2200, 8700]) await t.later({ seconds });
    expect(await came()).toBe(2);
    expect(tries()).toBe(2);
    expect(await delivery()).toMatchObject([{ status: "failed", reason: "unknown", resent: 1 }]);
    expect((await t.says(ada, ada, "/inbox")).here).toContain("call Grace");
  });

  it("it comes the second time when the first was cut off", async () => {
    await rings({ kind: "cut" });
    await t.later({ seconds: 7 });
    expect(await came()).toBe(1);
    expect(await delivery()).toMatchObject([{ status: "sent", resent: 1 }]);
  });

  it("an event is posted in its group once", async () => {
    const group = t.server.group({ title: "Maths" });
    group.add(ada, { admin: true });
    await t.says(ada, ada, "/pod create Topology");
    await t.says(ada, group, "/pod bind Topology");
    await t.says(ada, group, "/event create Knots tomorrow 6pm");
    t.server.fault({ kind: "act-then-cut" }, { method: "sendMessage" });
    await t.presses(ada, ada, "Create");
    for (const seconds of [7, 37, 400, 2200]) await t.later({ seconds });
    expect((await t.news(group)).filter((text) => text.includes("Knots"))).toHaveLength(1);
  });
});

describe("who has blocked the bot", () => {
  it("finds everything in the inbox, is told once, and gets the next one directly after writing again", async () => {
    await t.says(ada, ada, "/remind me to buy chalk in 2 hours");
    await t.says(ada, ada, "/remind me to sweep up in 4 hours");
    ada.block();
    await t.later({ hours: 1 });
    await t.later({ hours: 1 });
    const asked = t.server.calls("sendMessage").filter(({ status }) => status === 403).length;
    expect(asked).toBe(1);
    const { here } = await t.says(ada, ada, "/inbox");
    for (const words of ["call Grace", "buy chalk", "I can't write to you on Telegram any more"])
      expect([words, here.split(words).length - 1]).toEqual([words, 1]);
    await t.news(ada);
    await t.later({ hours: 2 });
    expect(await t.news(ada)).toEqual([expect.stringContaining("sweep up")]);
    expect((await t.says(ada, ada, "/inbox")).here.split("any more")).toHaveLength(2);
  });
});

it("an answer that Telegram failed at is given all the same, and its action is done once", async () => {
  t.server.fault({ kind: "status", status: 502 }, { method: "sendMessage", times: 2 });
  const { here } = await t.says(ada, ada, "/pod create Topology");
  expect(here).toContain("Topology is ready");
  expect((await t.says(ada, ada, "/pod find Topology")).here.match(/Topology \(/g)).toHaveLength(1);
  expect(t.troubles()).toEqual([]);
});
