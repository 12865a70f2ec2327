// Delivering once: two at it, crashes, refusals, outages, and thousands of recipients.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { AppError } from "../../../src/core/errors.ts";
import { insert, patch } from "../../../src/core/kernel/change.ts";
import { defineFact } from "../../../src/core/kernel/fact.ts";
import type { Feature, NotificationKind } from "../../../src/core/kernel/house.ts";
import { accounts } from "../../../src/core/members/account.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { deliverNotification } from "../../../src/core/notifications/deliver-notification.ts";
import { deliveries } from "../../../src/core/notifications/delivery.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { notifications } from "../../../src/core/notifications/notification.ts";
import { reopen } from "../../../src/core/notifications/read.ts";
import { sweepNotifications } from "../../../src/core/notifications/sweep-notifications.ts";
import { note } from "../../../src/core/view.ts";
import { jobs } from "../../../src/jobs/drivers/embedded/rows.ts";
import { type Changes, dyingAt } from "../../support/dying-store.ts";
import { fakePlatform, people, refusal, type SmallHouse, smallHouse } from "./small-house.ts";

const minute = 60_000;
const newsBroke = defineFact("news.broke", z.object({ to: z.array(z.string()), text: z.string() }));
const newsKind: NotificationKind<typeof newsBroke.payload, { text: string }> = {
  type: "news",
  group: "social",
  urgency: "plain",
  late: "tell",
  fact: newsBroke,
  prepare: async (_ctx, { to, text }) => ({ to, data: { text } }),
  view: ({ text }) => ({ ...note(text), title: "News" }),
};
const news: Feature = { name: "news", facts: [newsBroke], notifications: [newsKind] };
const features = [people, news, notificationsOf([people, news])];

let house: SmallHouse;
let ada: string;
/** Cuts the process off at a commit that this names: it and all later ones never answer. */
let dies: ((changes: Changes) => boolean) | undefined;

const around = dyingAt((changes) => dies?.(changes));

beforeEach(async () => {
  dies = undefined;
  const platforms = {
    telegram: fakePlatform(),
    discord: fakePlatform(true),
    forgetful: fakePlatform(false, 3 * minute),
  };
  house = await smallHouse(features, { platforms, around });
  ada = await house.member("ada", { platform: "telegram" });
  await house.advance(1000);
  await alsoOn("discord");
});
afterEach(() => house.close());

async function alsoOn(platform: string) {
  const account = { id: `ada.${platform}`, memberId: ada, platform, userId: "ada", name: "Ada" };
  await house.store.commit([insert(accounts, { ...account, linkedAt: house.clock.now() })]);
}
async function prefers(platform: string) {
  await alsoOn(platform);
  await house.store.commit([patch(profiles, ada, { app: platform })]);
}
const state = (to: readonly string[], text = "hello") =>
  house.store.commit([newsBroke(house.context, { to: [...to], text })]);
const tell = async (to: readonly string[], text?: string) => {
  await state(to, text);
  await house.advance(0);
};
const sent = (platform: string) => house.platform(platform).sent.map(({ text }) => text);
const rows = async () => (await house.store.find(deliveries, { limit: 100 })).rows;
const inbox = async (memberId = ada) =>
  (await house.store.find(notifications, { where: { memberId }, orderBy: { field: "createdAt" }, limit: 100 })).rows;
const turn = (attempt = 1) => ({ attempt, runAt: house.clock.now() });
const deliver = async (attempt = 1, index = 0) =>
  deliverNotification.run(house.context, { notification: (await inbox())[index]!.id }, turn(attempt));
/** States news and makes its row, with nobody yet at work on it. */
const waiting = async () => {
  const listener = house.house.listeners.get("news.broke")![0]!;
  await listener.hear(house.context, { to: [ada], text: "hello" } as never, "fact");
};

describe("one message", () => {
  it("comes on the account linked first, not on the others, and is kept in the inbox", async () => {
    house.start();
    await tell([ada]);
    expect([sent("telegram"), sent("discord")]).toEqual([["News\nhello"], []]);
    expect(await rows()).toMatchObject([{ channel: "telegram", status: "sent", attempt: 1, ref: { channel: "ada" } }]);
    expect(await inbox()).toMatchObject([{ type: "news", data: { text: "hello" } }]);
    expect((await inbox())[0]!.dueAt).toBeUndefined();
  });

  it("comes once though two deliver it at the same instant", async () => {
    await waiting();
    await Promise.all([deliver(), deliver(), deliver()]);
    await deliver();
    expect(sent("telegram")).toHaveLength(1);
    house.start();
    await house.advance(10 * minute);
    expect(sent("telegram")).toHaveLength(1);
  });

  it("comes once though its fact is heard again and again", async () => {
    await waiting();
    await waiting();
    house.start();
    await house.advance(0);
    await waiting();
    await house.advance(10 * minute);
    expect(await inbox()).toHaveLength(1);
    expect(sent("telegram")).toHaveLength(1);
  });

  it("reaches a member who was merged, as the one they became, once", async () => {
    const old = await house.member("ada-old", { platform: "telegram" });
    await house.store.commit([patch(profiles, old, { mergedInto: ada })]);
    house.start();
    await tell([old, ada, "nobody"]);
    expect(sent("telegram")).toEqual(["News\nhello"]);
  });
});

describe("a crash", () => {
  it("between the rows and their turns loses nothing: the fact is heard again", async () => {
    dies = (changes) => changes.some((change) => change.in === jobs);
    await expect(waiting()).rejects.toThrow("the process died");
    expect(await inbox()).toHaveLength(1);
    dies = undefined;
    await waiting();
    house.start();
    await house.advance(0);
    expect(sent("telegram")).toHaveLength(1);
  });

  const crashAfterSend = async () => {
    await waiting();
    dies = (changes) => changes.some((change) => change.kind === "patch" && change.set.status === "sent");
    await expect(deliver()).rejects.toThrow("the process died");
    dies = undefined;
  };

  it("between send and close is settled after the lease: sent again once where nothing tells", async () => {
    await crashAfterSend();
    house.start();
    await house.advance(minute);
    expect(sent("telegram")).toHaveLength(1);
    await house.advance(2 * minute);
    expect(sent("telegram")).toHaveLength(2);
    expect(await rows()).toMatchObject([{ status: "sent", attempt: 2, resent: 1 }]);
  });

  it("between send and close, twice, is left at two messages, and no other channel is tried", async () => {
    await crashAfterSend();
    await house.advance(3 * minute);
    dies = (changes) => changes.some((change) => change.kind === "patch" && change.set.status === "sent");
    await expect(deliver()).rejects.toThrow("the process died");
    dies = undefined;
    await house.advance(3 * minute);
    house.start();
    await house.advance(10 * minute);
    expect([sent("telegram").length, sent("discord").length]).toEqual([2, 0]);
    expect(await rows()).toMatchObject([{ status: "failed", reason: "unknown", resent: 1 }]);
    expect((await inbox())[0]!.dueAt).toBeUndefined();
  });

  it("between send and close shows nothing twice where the platform knows the key", async () => {
    await house.store.commit([patch(accounts, await telegramAccount(), { closedAt: 1 })]);
    await crashAfterSend();
    house.start();
    await house.advance(5 * minute);
    expect(sent("discord")).toHaveLength(1);
    expect(await rows()).toMatchObject([{ channel: "discord", status: "sent", attempt: 2, resent: 0 }]);
  });

  it("of the queue's memory is made good by the sweep", async () => {
    await waiting();
    const lost = await house.store.find(jobs, { limit: 100 });
    await house.store.commit(lost.rows.map((row) => ({ kind: "remove" as const, in: jobs, id: row.id })));
    house.start();
    await house.advance(20 * minute);
    expect(sent("telegram")).toEqual([]);
    await sweepNotifications.run(house.context, {}, turn());
    await house.advance(0);
    expect(sent("telegram")).toHaveLength(1);
    expect(sent("telegram")[0]).toContain("This comes late");
  });
});

const telegramAccount = async () =>
  (await house.store.find(accounts, { where: { memberId: ada }, limit: 10 })).rows.find(
    ({ platform }) => platform === "telegram",
  )!.id;

describe("a refusal", () => {
  it("falls to the other platform and is said once", async () => {
    house.platform("telegram").before = () => {
      throw refusal("blocked");
    };
    house.start();
    await tell([ada], "one");
    await tell([ada], "two");
    expect(sent("telegram")).toEqual([]);
    expect(sent("discord").filter((text) => text.startsWith("News"))).toEqual(["News\none", "News\ntwo"]);
    expect(sent("discord").filter((text) => text.includes("on Telegram any more"))).toHaveLength(1);
    expect(await inbox()).toHaveLength(3);
    expect(await rows()).toContainEqual(
      expect.objectContaining({ channel: "telegram", status: "failed", reason: "blocked" }),
    );
  });

  it("found by many deliveries at once is said once", async () => {
    house.platform("telegram").before = () => {
      throw refusal("blocked");
    };
    for (let n = 0; n < 10; n++) await state([ada], `n${n}`);
    house.start();
    await house.advance(minute);
    expect(sent("discord").filter((text) => text.includes("on Telegram any more"))).toHaveLength(1);
    expect(sent("discord").filter((text) => text.startsWith("News"))).toHaveLength(10);
  });

  it("everywhere leaves it to the inbox, and says so in the record", async () => {
    for (const name of ["telegram", "discord"])
      house.platform(name).before = () => {
        throw refusal("unreachable");
      };
    house.start();
    await tell([ada]);
    expect(await inbox()).toHaveLength(3);
    expect((await inbox()).filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
    expect(await rows()).toContainEqual(
      expect.objectContaining({ channel: "chat", status: "suppressed", reason: "no_channel" }),
    );
  });

  it("ends when the person writes directly, or in a channel a day later", async () => {
    const id = await telegramAccount();
    const account = { platform: "telegram", workspace: "", userId: "ada" };
    const closed = async () => (await house.store.get(accounts, id))!.closedAt;
    await house.store.commit([patch(accounts, id, { closedAt: house.clock.now() })]);
    await reopen(house.context, account, { kind: "channel" });
    expect(await closed()).toBeDefined();
    await reopen(house.context, account, { kind: "direct" });
    expect(await closed()).toBeUndefined();
    await house.store.commit([patch(accounts, id, { closedAt: house.clock.now() })]);
    await house.advance(24 * 60 * minute);
    await reopen(house.context, account, { kind: "channel" });
    expect(await closed()).toBeUndefined();
    house.start();
    await tell([ada]);
    expect(sent("telegram")).toHaveLength(1);
  });
});

describe("an outage", () => {
  it("is waited for: the message comes when the platform is back, on the same channel", async () => {
    house.platform("telegram").before = () => {
      throw new AppError("rate_limited", "slow down", { detail: { retryAfter: 20_000 } });
    };
    house.start();
    await tell([ada]);
    expect(await rows()).toMatchObject([{ channel: "telegram", status: "queued" }]);
    house.platform("telegram").before = () => {};
    await house.advance(19_000);
    expect(sent("telegram")).toEqual([]);
    await house.advance(2_000);
    expect([sent("telegram").length, sent("discord").length]).toEqual([1, 0]);
  });

  it("that lasts goes to the next channel at the last try, and leaves no dead letter", async () => {
    house.platform("telegram").before = () => {
      throw new AppError("unavailable", "down");
    };
    house.start();
    await tell([ada]);
    await house.advance(4 * 60 * minute);
    expect([sent("telegram").length, sent("discord").length]).toEqual([0, 1]);
    expect((await house.queue.counts()).dead).toBe(0);
  });

  it("in which nobody knows whether it was sent is asked again once", async () => {
    house.platform("telegram").after = () => {
      throw new AppError("unavailable", "timed out", { detail: { unknown: true } });
    };
    house.start();
    await tell([ada]);
    await house.advance(24 * 60 * minute);
    expect([sent("telegram").length, sent("discord").length]).toEqual([2, 0]);
    expect(await rows()).toMatchObject([{ status: "failed", reason: "unknown", resent: 1 }]);
  });

  it("in which nobody knows is repeated for as long as the platform shows it once, and after that once at most", async () => {
    await prefers("forgetful");
    const at: number[] = [];
    house.platform("forgetful").after = () => {
      at.push(house.clock.now());
      throw new AppError("unavailable", "timed out", { detail: { unknown: true } });
    };
    house.start();
    await tell([ada]);
    await house.advance(24 * 60 * minute);
    expect(at.length).toBeGreaterThan(2);
    expect(at.filter((one) => one - at[0]! >= 3 * minute)).toHaveLength(1);
    expect(await rows()).toMatchObject([{ channel: "forgetful", status: "failed", reason: "unknown", resent: 1 }]);
    expect(sent("telegram")).toEqual([]);
  });

  it("says why in words of ours: what the app itself says is for the log", async () => {
    house.platform("telegram").before = () => {
      throw new AppError("invalid", "no", { detail: { reason: "Bad Request: message is too long" } });
    };
    house.start();
    await tell([ada]);
    expect(await rows()).toMatchObject([
      { channel: "telegram", reason: "invalid" },
      { channel: "discord", instead: "telegram: invalid" },
    ]);
    expect(sent("discord")).toEqual([expect.stringContaining("Telegram did not take it")]);
  });

  it("a message the platform will never take goes to the next channel at once", async () => {
    house.platform("telegram").before = () => {
      throw new AppError("invalid", "bad request");
    };
    house.start();
    await tell([ada]);
    expect(sent("discord")).toHaveLength(1);
    expect(await telegramAccount().then((id) => house.store.get(accounts, id))).toMatchObject({ platform: "telegram" });
    expect((await house.queue.counts()).dead).toBe(0);
  });
});

it("ten thousand members are told once each, though it is cut off on the way", async () => {
  const ids = Array.from({ length: 10_000 }, (_, n) => `m${n}`);
  for (let at = 0; at < ids.length; at += 100)
    await house.store.commit(
      ids.slice(at, at + 100).map((id) => insert(profiles, { id, username: id, displayName: id, joinedAt: 0 })),
    );
  let batches = 0;
  dies = (changes) => changes.some((change) => change.in === notifications) && ++batches > 60;
  const listener = house.house.listeners.get("news.broke")![0]!;
  const hear = () => listener.hear(house.context, { to: ids, text: "hello" } as never, "fact");
  await expect(hear()).rejects.toThrow("the process died");
  dies = undefined;
  expect(await house.store.count(notifications)).toBe(6000);
  await hear();
  expect(await house.store.count(notifications)).toBe(10_000);
  expect(await house.store.count(jobs)).toBe(10_000);
});
