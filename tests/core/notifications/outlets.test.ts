// Mail and push beside the chat: each by itself, each once, through real servers; and how a member turns them on.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import webPush from "web-push";
import { z } from "zod";
import { smtpMailer } from "../../../src/adapters/mail/index.ts";
import { webPusher } from "../../../src/adapters/push/index.ts";
import { AppError } from "../../../src/core/errors.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import { defineFact } from "../../../src/core/kernel/fact.ts";
import type { Feature, NotificationKind } from "../../../src/core/kernel/house.ts";
import { deliveries } from "../../../src/core/notifications/delivery.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { mailAddresses, mailAddressOf, mailedCodes } from "../../../src/core/notifications/mail-address.ts";
import { notifications } from "../../../src/core/notifications/notification.ts";
import { preferences } from "../../../src/core/notifications/preferences.ts";
import { pushSubscriptions } from "../../../src/core/notifications/push-subscription.ts";
import { endMail, memberOfToken, subscribe } from "../../../src/core/notifications/read.ts";
import { sweepNotifications } from "../../../src/core/notifications/sweep-notifications.ts";
import { note } from "../../../src/core/view.ts";
import { type Changes, dyingAt } from "../../support/dying-store.ts";
import { type MailServer, mailServer } from "../../support/mail-server.ts";
import { type PushServer, pushServer } from "../../support/push-server.ts";
import { fakePlatform, people, type SmallHouse, smallHouse } from "./small-house.ts";

const minute = 60_000;
const newsBroke = defineFact(
  "news.broke",
  z.object({ to: z.array(z.string()), text: z.string(), until: z.number().optional() }),
);
const newsKind: NotificationKind<typeof newsBroke.payload, { text: string; until?: number }> = {
  type: "news",
  group: "social",
  urgency: "asked",
  late: "tell",
  fact: newsBroke,
  pastAt: ({ until }) => until,
  prepare: async (_ctx, { to, text, until }) => ({ to, data: { text, until } }),
  view: ({ text }) => ({ ...note(text), title: "News" }),
};
const news: Feature = { name: "news", facts: [newsBroke], notifications: [newsKind] };
const vapid = { ...webPush.generateVAPIDKeys(), subject: "mailto:a@b.example" };

let mails: MailServer;
let pushes: PushServer;
let house: SmallHouse;
let ada: string;
/** What the store does instead of a commit that this picks. */
let dies: ((changes: Changes) => boolean) | undefined;

beforeEach(async () => {
  dies = undefined;
  [mails, pushes] = await Promise.all([mailServer(), pushServer()]);
  const around = dyingAt((changes) => dies?.(changes));
  house = await smallHouse([people, news, notificationsOf([people, news])], {
    platforms: { telegram: fakePlatform() },
    around,
    outlets: {
      mailer: smtpMailer({ url: mails.url, from: "PeerSpark <hello@peerspark.example>" }),
      pusher: webPusher({ ...vapid, anywhere: true }),
      publicUrl: "https://peerspark.example",
    },
  });
  ada = await house.member("ada", { platform: "telegram" });
});
afterEach(async () => {
  await house.close();
  await Promise.all([house.context.mailer!.close(), house.context.pusher!.close()]);
  await Promise.all([mails.close(), pushes.close()]);
});

const withMail = async () => {
  await house.store.commit([
    insert(mailAddresses, { id: "ada.mail", memberId: ada, address: "ada@example.org" }),
    insert(preferences, { id: "ada.prefs", memberId: ada, switches: { "social.mail": true } }),
  ]);
};
const withPush = async () => {
  const browser = await pushes.subscribe(vapid.publicKey);
  await subscribe(house.context, ada, browser, "Firefox · Linux");
  return browser.hash;
};
/** Real servers take real time, in which the house's own clock stands still. */
const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries > 300) throw new Error("it did not come");
    await new Promise((resolve) => setTimeout(resolve, 10));
    await house.advance(0);
  }
};
const rows = async () => (await house.store.find(deliveries, { limit: 100 })).rows;
const open = async () =>
  (await house.store.find(notifications, { limit: 100 })).rows.filter((row) => row.dueAt !== undefined);
const closed = async () => (await house.store.count(notifications)) > 0 && (await open()).length === 0;
const tell = (text: string, until?: number) =>
  house.store.commit([newsBroke(house.context, { to: [ada], text, until })]);
const chat = () => house.platform("telegram").sent.map(({ text }) => text);

describe("each channel", () => {
  it("that is away gets nothing any more once it is past, whether or not another has brought it", async () => {
    await withMail();
    house.platform("telegram").before = () => {
      throw new AppError("unavailable", "down");
    };
    house.start();
    await tell("soon", house.clock.now() + 10 * minute);
    await until(() => mails.taken.length === 1);
    await house.advance(9 * minute);
    house.platform("telegram").before = () => {};
    await house.advance(60 * minute);
    expect(chat()).toEqual([]);
    expect(await rows()).toContainEqual(
      expect.objectContaining({ channel: "telegram", status: "suppressed", reason: "late" }),
    );
    expect(await open()).toEqual([]);
  });

  it("gets it once, by itself", async () => {
    await withMail();
    const hash = await withPush();
    house.start();
    await tell("hello");
    await until(closed);
    expect(chat()).toEqual(["News\nhello"]);
    expect(mails.taken.map((mail) => [mail.to, mail.header("Subject")])).toEqual([["ada@example.org", "News"]]);
    expect(pushes.shown(hash)).toMatchObject([{ title: "News", body: "hello" }]);
    expect((await rows()).map(({ channel, status }) => [channel.split(".")[0], status]).sort()).toEqual([
      ["mail", "sent"],
      ["push", "sent"],
      ["telegram", "sent"],
    ]);
    expect(await open()).toEqual([]);
  });

  it("waits for its own server alone", async () => {
    await withMail();
    mails.next.rcpt.push(451);
    house.start();
    await tell("hello");
    await until(async () => (await rows()).some((row) => row.channel === "mail" && row.status === "queued"));
    await until(() => chat().length === 1);
    expect(mails.taken).toEqual([]);
    await house.advance(10_000);
    await until(closed);
    expect([chat().length, mails.taken.length]).toEqual([1, 1]);
  });

  it("costs nothing where the member has none", async () => {
    house.start();
    await tell("hello");
    await until(closed);
    expect((await rows()).map(({ channel }) => channel)).toEqual(["telegram"]);
  });

  it("knows a mail that may have come by its name, and sends it a second time at most", async () => {
    await withMail();
    mails.next.data.push("cut", "cut");
    house.start();
    await tell("hello");
    for (let n = 0; n < 8; n++) {
      await house.advance(minute);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    await until(closed);
    expect(mails.taken).toHaveLength(2);
    expect(new Set(mails.taken.map((mail) => mail.header("Message-ID"))).size).toBe(1);
    expect(await rows()).toContainEqual(
      expect.objectContaining({ channel: "mail", status: "failed", reason: "unknown", resent: 1 }),
    );
  });

  it.each(["claim", "sent", "turn"])("is brought all the same when the process dies at: %s", async (step) => {
    await withMail();
    const hash = await withPush();
    house.start();
    let deaths = 2;
    dies = (changes) => {
      const named = { claim: "sending", sent: "sent", turn: "" }[step];
      const hit = changes.some((change) =>
        step === "turn"
          ? change.in.name === "jobs"
          : change.in === deliveries && JSON.stringify(change).includes(`"status":"${named}"`),
      );
      return hit && deaths-- > 0;
    };
    await tell("hello")
      .catch(() => tell("hello"))
      .catch(() => tell("hello"));
    for (let n = 0; n < 12; n++) {
      await house.advance(minute);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await until(closed);
    expect([...new Set(chat().map((text) => text.slice(0, 10)))]).toEqual(["News\nhello"]);
    expect(mails.taken.length).toBeGreaterThanOrEqual(1);
    expect(mails.taken.length).toBeLessThanOrEqual(2);
    expect(new Set(mails.taken.map((mail) => mail.header("Message-ID"))).size).toBe(1);
    expect(new Set(pushes.shown(hash).map(({ tag }) => tag)).size).toBe(1);
  });
});

describe("a way that has ended", () => {
  it("a mailbox that is not there is forgotten, and said once", async () => {
    await withMail();
    mails.next.rcpt.push(550, 550);
    house.start();
    await tell("one");
    await tell("two");
    await until(async () => (await closed()) && chat().length >= 3);
    expect(await house.store.count(mailAddresses)).toBe(0);
    expect(chat().filter((text) => text.startsWith("No more mail"))).toHaveLength(1);
    expect(mails.taken).toEqual([]);
  });

  it("a browser that has unsubscribed is forgotten, said once, and the other one goes on", async () => {
    const [gone, other] = [await withPush(), await withPush()];
    pushes.expire(gone);
    house.start();
    await tell("one");
    await until(async () => (await closed()) && chat().length >= 2);
    await tell("two");
    await until(async () => (await closed()) && chat().length >= 3);
    expect(await house.store.count(pushSubscriptions)).toBe(1);
    expect(chat().filter((text) => text.startsWith("Push messages have ended"))).toHaveLength(1);
    expect(pushes.shown(other).map(({ body }) => body)).toEqual(expect.arrayContaining(["one", "two"]));
  });
});

describe("turning mail on", () => {
  const does = (action: string, input: Record<string, unknown> = {}, who = ada) => house.does(who, { action, input });
  const codeIn = (at = -1) => /(\d{6})/.exec(mails.taken.at(at)!.header("Subject")!)![1]!;

  it("takes the code that was mailed, and ends by a word", async () => {
    expect((await does("mail.set", { address: "ada@example.org" })).text).toContain("ada@example.org");
    expect(await house.store.find(mailAddresses, { limit: 1 })).not.toMatchObject({
      rows: [{ address: "ada@example.org" }],
    });
    const confirmed = await does("mail.confirm", { code: codeIn() });
    expect(confirmed.text).toContain("Mail goes to ada@example.org");
    expect(confirmed.text).toContain("nothing does until then");
    expect((await does("mail.remove")).text).toContain("forgotten");
    expect(JSON.stringify(await mailAddressOf(house.store, ada))).not.toContain("@");
    expect((await does("mail.remove")).text).not.toContain("forgotten");
  });

  it("is not remembered longer than it counts", async () => {
    await does("mail.set", { address: "ada@example.org" });
    const sweep = () => sweepNotifications.run(house.context, {}, { attempt: 1, runAt: 0 });
    await house.clock.advance(60 * minute - 1);
    await sweep();
    expect(await house.store.count(mailedCodes)).toBe(2);
    await house.clock.advance(1);
    await sweep();
    expect(await house.store.count(mailedCodes)).toBe(0);
  });

  it("says what comes by mail, where something was to before there was an address", async () => {
    const change = (words: string) => does("notifications.show", { change: words });
    expect((await change("pods mail on")).text).toContain("Nothing comes by e-mail until you give me an address");
    await does("mail.set", { address: "ada@example.org" });
    const { text } = await does("mail.confirm", { code: codeIn() });
    expect(text).toContain("By mail comes: Pods.");
    expect(text).not.toContain("nothing does until then");
    expect((await change("events mail on")).text).not.toContain("Nothing comes by e-mail");
  });

  it("counts tries, and a code is good for a quarter of an hour and for who asked", async () => {
    await does("mail.set", { address: "ada@example.org" });
    const code = codeIn();
    const eve = await house.member("eve", { platform: "telegram" });
    await does("mail.set", { address: "eve@example.org" }, eve);
    await expect(does("mail.confirm", { code }, eve)).rejects.toMatchObject({ code: "invalid" });
    const wrong = code === "000000" ? "111111" : "000000";
    for (let n = 0; n < 5; n++) await expect(does("mail.confirm", { code: wrong })).rejects.toBeInstanceOf(AppError);
    await expect(does("mail.confirm", { code })).rejects.toMatchObject({ code: "rate_limited" });
    await does("mail.set", { address: "ada@example.org" });
    const second = codeIn();
    await house.advance(15 * minute);
    await expect(does("mail.confirm", { code: second })).rejects.toMatchObject({ code: "invalid" });
  });

  it("mails three codes an hour at most: to one address, whoever asks, and for one member", async () => {
    for (let n = 0; n < 3; n++) await does("mail.set", { address: "ada@example.org" });
    await expect(does("mail.set", { address: "else@example.org" })).rejects.toMatchObject({ code: "rate_limited" });
    const eve = await house.member("eve", { platform: "telegram" });
    await expect(does("mail.set", { address: "Ada@example.org" }, eve)).rejects.toMatchObject({ code: "rate_limited" });
    await house.advance(60 * minute);
    await does("mail.set", { address: "ada@example.org" });
    expect(mails.taken).toHaveLength(4);
  });

  it("refuses what is no address, and says when there is no such mailbox", async () => {
    for (const address of ["ada", "ada@example.org, eve@example.org", "a@b@c.de", "ada@example.org\nbcc:x@y.de"])
      await expect(does("mail.set", { address })).rejects.toMatchObject({ code: "invalid" });
    mails.next.rcpt.push(550);
    await expect(does("mail.set", { address: "nobody@example.org" })).rejects.toMatchObject({
      detail: { reason: "unreachable" },
    });
  });

  it("is ended by the link in each mail, and by no other", async () => {
    await withMail();
    house.start();
    await tell("hello");
    await until(() => mails.taken.length === 1);
    const [, token] = /\/mail\/off\/([^>]+)>/.exec(mails.taken[0]!.header("List-Unsubscribe")!)!;
    expect(await endMail(house.context, `${token!.slice(0, -1)}x`)).toBe(false);
    expect(await house.store.count(mailAddresses)).toBe(1);
    expect(await endMail(house.context, token!)).toBe(true);
    expect((await mailAddressOf(house.store, ada))?.address).toBeUndefined();
    expect(await endMail(house.context, token!)).toBe(true);
  });
});

describe("turning push on", () => {
  it("goes by a link that is the member's, for an hour", async () => {
    const view = await house.does(ada, { action: "push.show", input: {} });
    const [button] = view.buttons![0]!;
    const token = (button as { url: string }).url.split("/push/")[1]!;
    expect(memberOfToken(house.context, token)).toBe(ada);
    expect(memberOfToken(house.context, `${token}x`)).toBeUndefined();
    await house.advance(60 * minute);
    expect(memberOfToken(house.context, token)).toBeUndefined();
  });

  it("keeps a browser once, lists it, and lets it go by a press of its owner's", async () => {
    const browser = await pushes.subscribe(vapid.publicKey);
    for (let n = 0; n < 2; n++) await subscribe(house.context, ada, browser, "Firefox · Linux");
    const view = await house.does(ada, { action: "push.show", input: {} });
    expect(view.text).toContain("Firefox · Linux");
    const [press] = view.buttons![1]!;
    const { call } = press as { call: { action: string; input: Record<string, unknown> } };
    const eve = await house.member("eve", { platform: "telegram" });
    await house.does(eve, call);
    expect(await house.store.count(pushSubscriptions)).toBe(1);
    await house.does(ada, call);
    expect(await house.store.count(pushSubscriptions)).toBe(0);
  });
});

describe("why", () => {
  const why = (input = {}, who = ada) => house.does(who, { action: "notification.why", input });

  it("says what it was, which setting let it through, by which way it came and how to stop it", async () => {
    await withMail();
    mails.next.data.push(554);
    house.start();
    await tell("hello");
    await until(closed);
    const { text, buttons } = await why();
    expect(text).toContain("“News” belongs to Likes, comments, followers");
    expect(text).toContain("You have this group on by: Chat, E-mail, Push");
    expect(text).toMatch(/Telegram: sent Mon/);
    expect(text).toContain("Mail: not sent, it did not take the message");
    expect(text).toContain("/notifications");
    expect(buttons![0]![0]).toMatchObject({ call: { action: "notifications.show" } });
  });

  it("tells of the way it came instead, in German too, and nothing to others", async () => {
    house.platform("telegram").before = () => {
      throw new AppError("unavailable", "refused", { detail: { reason: "blocked" } });
    };
    house.start();
    await tell("hello");
    await until(closed);
    const [told] = (await house.store.find(notifications, { where: { type: "news" }, limit: 1 })).rows;
    expect((await why({ notification: told!.id })).text).toContain("direct messages are refused there");
    const karl = await house.member("karl", { language: "de" });
    await expect(why({ notification: told!.id }, karl)).rejects.toMatchObject({ code: "not_found" });
    await expect(why({}, karl)).rejects.toMatchObject({ code: "not_found" });
  });
});
