// What has waited and is no longer true: it comes by no message, alone or with others, and the inbox says why.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { blocks } from "../../../src/core/blocks/block.ts";
import { AppError } from "../../../src/core/errors.ts";
import { insert, patch } from "../../../src/core/kernel/change.ts";
import { deliveries } from "../../../src/core/notifications/delivery.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { notifications } from "../../../src/core/notifications/notification.ts";
import { digestType } from "../../../src/core/notifications/texts.ts";
import { invites } from "../../../src/core/pods/invite.ts";
import { joinRequests } from "../../../src/core/pods/join-request.ts";
import { reminders } from "../../../src/core/reminders/index.ts";
import { type World, world } from "../../support/world.ts";
import { type EventHouse, eventHouse } from "../events/event-house.ts";
import {
  ada,
  choose,
  hour,
  house,
  inbox,
  liked,
  met,
  minute,
  noMore,
  open,
  sent,
  tell,
  until,
} from "./attention-house.ts";
import { people, smallHouse } from "./small-house.ts";

describe("what has waited", () => {
  beforeEach(() => open("2026-03-02T12:00:00Z"));
  afterEach(() => house.close());
  const left = async () => (await inbox()).filter(({ held }) => held === "untrue").map(({ data }) => data.text);

  it("for quiet hours to end and is no longer true is left to the inbox, which says why", async () => {
    await choose("quiet 13:00-14:00");
    await tell(liked, "a");
    await tell(liked, "b");
    noMore.add("a");
    await house.advance(2 * hour);
    expect(sent()).toEqual(["liked\nb"]);
    expect(await left()).toEqual(["a"]);
    const { text } = await house.does(ada, { action: "inbox.show", input: {} });
    expect(text).toContain("only here: it was no longer true");
    const told = (await inbox()).find(({ data }) => data.text === "a")!;
    const why = await house.does(ada, { action: "notification.why", input: { notification: told.id } });
    expect(why.text).toContain("left to the inbox: it was no longer true");
    await house.advance(24 * hour);
    expect(sent()).toHaveLength(1);
  });

  it("in bulk for quiet hours to end comes without what is no longer true", async () => {
    await choose("quiet 13:00-14:00");
    for (let n = 1; n <= 8; n++) await tell(liked, `n${n}`);
    noMore.add("n2").add("n7");
    await house.advance(2 * hour);
    expect(sent()).toEqual([expect.stringMatching(/^News for you \(6\)/)]);
    expect(sent()[0]).not.toMatch(/n2|n7/);
    expect((await left()).toSorted()).toEqual(["n2", "n7"]);
  });

  it("for a digest comes in it only if it is still true", async () => {
    await choose("digest daily 18:00");
    for (const text of ["a", "b", "c"]) await tell(liked, text);
    noMore.add("b");
    await until("2026-03-02T17:00:00Z");
    expect(sent()).toEqual([expect.stringMatching(/^News for you \(2\)\n- liked · a.*\n- liked · c/)]);
    expect(await left()).toEqual(["b"]);
  });

  it("for a digest that waits itself is left out of it", async () => {
    await choose("digest daily 18:00");
    await choose("quiet 17:00-19:00");
    for (const text of ["a", "b", "c"]) await tell(liked, text);
    await until("2026-03-02T17:30:00Z");
    expect(sent()).toEqual([]);
    noMore.add("b");
    await until("2026-03-02T18:00:00Z");
    expect(sent()).toEqual([expect.stringMatching(/^News for you \(2\)\n- liked · a.*\n- liked · c/)]);
  });

  it("in a digest that an app would not take is left out of it", async () => {
    await choose("digest daily 18:00");
    for (const text of ["a", "b", "c"]) await tell(liked, text);
    const terminal = house.platform("terminal");
    terminal.before = () => {
      throw new AppError("unavailable", "away", { detail: { retryAfter: 20 * minute } });
    };
    await until("2026-03-02T17:00:00Z");
    expect((await inbox()).filter(({ type }) => type === digestType)).toMatchObject([{ dueAt: house.clock.now() }]);
    terminal.before = () => undefined;
    noMore.add("b");
    await house.advance(hour);
    expect(sent()).toEqual([expect.stringMatching(/^News for you \(2\)\n- liked · a.*\n- liked · c/)]);
  });

  it("for a digest that waits itself makes it nothing when nothing of it is true", async () => {
    await choose("digest daily 18:00");
    await choose("quiet 17:00-19:00");
    for (const text of ["a", "b"]) await tell(liked, text);
    await until("2026-03-02T17:30:00Z");
    noMore.add("a").add("b");
    await house.advance(24 * hour);
    expect(sent()).toEqual([]);
  });

  it("for a digest of which nothing is true any more makes none", async () => {
    await choose("digest daily 18:00");
    await tell(liked, "a");
    noMore.add("a");
    await until("2026-03-03T17:00:00Z");
    expect(sent()).toEqual([]);
    expect((await inbox()).filter(({ type }) => type === digestType)).toEqual([]);
  });

  it("with many of its kind is not counted among them", async () => {
    for (const text of ["Ada", "Bob", "Cid", "Dan", "Eve", "Fay"]) await tell(liked, text, { about: "post" });
    noMore.add("Fay");
    await house.advance(5 * minute);
    expect(sent().slice(3)).toEqual([expect.stringMatching(/^Eve and 1 others liked it/)]);
  });

  it("over the day's budget is not counted the next morning", async () => {
    await choose("budget 0");
    await tell(liked, "a");
    await tell(met, "m", { at: house.clock.now() + 48 * hour });
    noMore.add("m");
    await until("2026-03-03T08:00:00Z");
    expect(sent()).toEqual(["liked\na"]);
  });

  it("comes where it is still true", async () => {
    await choose("quiet 13:00-14:00");
    await tell(met, "m", { at: house.clock.now() + 5 * hour });
    await house.advance(2 * hour);
    expect(sent()).toEqual(["met\nm"]);
    expect(await left()).toEqual([]);
  });
});

describe("what is judged again when its time has come", () => {
  beforeEach(() => open("2026-03-02T12:00:00Z"));
  afterEach(() => house.close());
  const held = async () => (await inbox()).filter(({ type }) => type !== digestType).map((row) => row.held);

  it.each(["digest daily 18:00", "quiet 13:00-18:00", "budget 0"])("is whether its group is on: %s", async (change) => {
    await choose(change);
    for (const text of ["a", "b"]) await tell(liked, text);
    await tell(met, "m", { at: house.clock.now() + 48 * hour });
    await choose("social off");
    await house.advance(24 * hour);
    expect(sent()).toEqual([expect.stringMatching(/^met\nm/)]);
    expect((await held()).filter((one) => one === "off")).toHaveLength(2);
  });

  it.each(["digest daily 18:00", "quiet 13:00-18:00", "budget 0"])(
    "is whether its author is blocked: %s",
    async (change) => {
      const [bob, eve] = [await house.member("bob"), await house.member("eve")];
      await choose(change);
      await tell(liked, "from bob", { by: bob });
      await tell(liked, "from eve", { by: eve });
      await house.store.commit([insert(blocks, { id: "b", memberId: ada, blockedId: eve, createdAt: 0 })]);
      await house.advance(24 * hour);
      expect(sent()).toEqual(["liked\nfrom bob"]);
      expect((await held()).filter((one) => one === "blocked")).toHaveLength(1);
    },
  );

  it("is by which channels its group comes", async () => {
    await choose("quiet 13:00-14:00");
    await tell(liked, "a");
    await choose("social mail on");
    await choose("social chat off");
    await house.advance(2 * hour);
    expect(sent()).toEqual([]);
    expect(await inbox()).toMatchObject([{ via: ["mail", "push"] }]);
  });

  it("is whether a newer one about the same thing has come since", async () => {
    await choose("quiet 13:00-14:00");
    const at = house.clock.now() + 5 * hour;
    await tell(met, "in an hour", { about: "e", at });
    await tell(met, "in ten minutes", { about: "e", at });
    await tell(met, "else", { about: "f", at });
    await house.advance(2 * hour);
    expect(sent()).toEqual(["met\nin ten minutes", "met\nelse"]);
  });

  it("and a failed try of it does not wait any more", async () => {
    const terminal = house.platform("terminal");
    terminal.before = () => {
      throw new AppError("unavailable", "away", { detail: { retryAfter: 20 * minute } });
    };
    await tell(liked, "a");
    terminal.before = () => undefined;
    noMore.add("a");
    await house.advance(hour);
    expect(sent()).toEqual([]);
    const { rows } = await house.store.find(deliveries, { limit: 10 });
    expect(rows).toMatchObject([{ status: "suppressed", reason: "untrue" }]);
    const { text } = await house.does(ada, { action: "notification.why", input: {} });
    expect(text).toContain("Terminal: not sent, it was no longer true");
  });
});

describe("of an event", () => {
  let house: EventHouse;
  let [ada, bob] = ["", ""];
  beforeEach(async () => {
    house = await eventHouse();
    [ada, bob] = [await house.member("ada"), await house.member("bob")];
    await house.pod("Algebra", [ada, bob]);
    house.start();
  });
  afterEach(() => house.close());
  const toldTo = (who: string) =>
    house.platform("terminal").sent.flatMap(({ channel, text }) => (channel === who ? [text.split("\n")[0]] : []));
  const until = (instant: string) => house.advance(Date.parse(instant) - house.clock.now());
  const quietFor = (who: string) =>
    house.does(who, { action: "notifications.show", input: { change: "quiet 17:00-19:00" } });
  const cancel = (event: string) => house.does(ada, { action: "event.cancel", input: { event, sure: true } });

  it("that is called off in somebody's quiet hours they hear once that it is, and no reminder", async () => {
    await house.does(bob, { action: "notifications.show", input: { change: "reminders 1d" } });
    const { id } = await house.event(ada, "Eigenvalues tomorrow 6pm for 2 hours");
    await house.rsvp(bob, id, "going");
    await quietFor(bob);
    await until("2026-03-02T18:30:00Z");
    await cancel(id);
    expect(toldTo("bob")).toEqual([]);
    await until("2026-03-03T12:00:00Z");
    expect(toldTo("bob")).toEqual(["Eigenvalues was cancelled"]);
  });

  it("that goes on they are reminded, and of how long it is by then", async () => {
    const { id } = await house.event(ada, "Eigenvalues tomorrow 6pm for 2 hours");
    await house.rsvp(bob, id, "going");
    await quietFor(bob);
    await until("2026-03-03T12:00:00Z");
    expect(toldTo("bob")).toEqual(["Eigenvalues starts in 23 hours"]);
  });

  it("of which several reminders waited for the same end of quiet hours comes as one", async () => {
    const { id } = await house.event(ada, "Eigenvalues tomorrow 7:05pm for 2 hours");
    await house.rsvp(bob, id, "going");
    await house.does(bob, { action: "notifications.show", input: { change: "reminders 1h 10min" } });
    await quietFor(bob);
    await until("2026-03-03T19:30:00Z");
    expect(toldTo("bob").filter((text) => text?.includes("starts in"))).toEqual(["Eigenvalues starts in 5 minutes"]);
  });

  it("they don't come to any more they are not reminded of", async () => {
    const { id } = await house.event(ada, "Eigenvalues tomorrow 6pm for 2 hours");
    await house.rsvp(bob, id, "going");
    await quietFor(bob);
    await until("2026-03-02T18:30:00Z");
    await house.rsvp(bob, id, "declined");
    await until("2026-03-03T16:30:00Z");
    expect(toldTo("bob")).toEqual([]);
  });

  it("they got a seat in is no news once it is called off", async () => {
    const { id } = await house.event(ada, "Eigenvalues wednesday 6pm for 2 hours", { capacity: 1 });
    await house.rsvp(bob, id, "going");
    await quietFor(bob);
    await until("2026-03-02T17:30:00Z");
    await house.rsvp(ada, id, "declined");
    await house.advance(0);
    await cancel(id);
    await until("2026-03-02T20:00:00Z");
    expect(toldTo("bob")).toEqual(["Eigenvalues was cancelled"]);
  });
});

it("a reminder that could not be brought, and was given another time meanwhile, comes then and only then", async () => {
  const features = [people, reminders];
  const house = await smallHouse([...features, notificationsOf(features)], { now: "2026-03-02T12:00:00Z" });
  house.start();
  const ada = await house.member("ada");
  const terminal = house.platform("terminal");
  terminal.before = () => {
    throw new AppError("unavailable", "away");
  };
  await house.does(ada, { action: "reminder.create", input: { what: "breathe", when: "in 20 minutes" } });
  await house.advance(21 * minute);
  await house.does(ada, { action: "reminder.snooze", input: { for: "1h" } });
  terminal.before = () => undefined;
  await house.advance(50 * minute);
  expect(terminal.sent).toEqual([]);
  await house.advance(24 * hour);
  expect(terminal.sent.map(({ text }) => text.split("\n")[1])).toEqual(["breathe"]);
  await house.close();
});

describe("of a pod", () => {
  let w: World;
  beforeEach(async () => {
    w = await world({ now: "2026-03-02T12:00:00Z" });
    await w.terminal("ada").says("/pod create Logic privacy:private");
    await w.terminal("grace").says("/notifications quiet 11:00-14:00");
    for (const name of ["ada", "grace"]) await w.terminal(name).sees();
  });
  afterEach(() => w.close());
  const invited = async () => {
    await w.terminal("ada").says("/pod invite Logic who:grace");
    await w.settled();
  };

  it("an invitation that waits comes when the quiet hours end", async () => {
    await invited();
    expect(await w.terminal("grace").sees()).toBe("");
    await w.advanceTo("2026-03-02T14:00:00Z");
    expect(await w.terminal("grace").sees()).toContain("ada invites you");
  });

  it("an invitation that was used meanwhile does not come", async () => {
    await invited();
    const [invite] = (await w.store.find(invites, { limit: 1 })).rows;
    await w.store.commit([patch(invites, invite!.id, { usesLeft: 0 })]);
    await w.terminal("grace").sees();
    await w.advanceTo("2026-03-02T14:00:00Z");
    expect(await w.terminal("grace").sees()).toBe("");
  });

  it("a request that somebody else has answered asks for no answer", async () => {
    await w.terminal("ada").says("/pod create Chess policy:approval");
    await w.terminal("ada").says("/notifications quiet 11:00-14:00");
    await w.terminal("linus").says("/pod join Chess");
    await w.settled();
    const [request] = (await w.store.find(joinRequests, { limit: 1 })).rows;
    expect(request).toMatchObject({ status: "pending" });
    await w.store.commit([patch(joinRequests, request!.id, { status: "refused" })]);
    await w.terminal("ada").sees();
    await w.advanceTo("2026-03-02T14:00:00Z");
    expect(await w.terminal("ada").sees()).toBe("");
  });
});

describe("an invitation that runs out", () => {
  let house: EventHouse;
  let [ada, bob] = ["", ""];
  beforeEach(async () => {
    house = await eventHouse();
    [ada, bob] = [await house.member("ada"), await house.member("bob")];
    house.start();
  });
  afterEach(() => house.close());
  const invite = async () => {
    const pod = await house.pod("Logic", [ada], "private");
    await house.does(ada, { action: "pod.invite", input: { pod, who: "bob", days: 1 } });
    await house.advance(0);
  };
  const waiting = async () =>
    (await house.store.find(notifications, { where: { type: "pod_invite" }, limit: 1 })).rows[0]!;
  const inboxOf = async (who: string) => {
    const shown = await house.does(who, { action: "inbox.show", input: {} });
    await house.store.commit([patch(notifications, (await waiting()).id, { readAt: undefined })]);
    return { text: shown.text, offers: shown.select?.options.length ?? 0 };
  };
  const invitation = expect.stringContaining("Invitation to Logic");

  it("while it waits for a digest comes in none, and the inbox offers it no more", async () => {
    await house.does(bob, { action: "notifications.show", input: { change: "digest weekly sunday 18:00" } });
    await invite();
    await house.advance(23 * hour);
    expect(await inboxOf(bob)).toEqual({ text: invitation, offers: 1 });
    await house.advance(hour);
    expect(await inboxOf(bob)).toEqual({ text: invitation, offers: 0 });
    await house.advance(7 * 24 * hour);
    expect(house.platform("terminal").sent).toEqual([]);
    expect(await waiting()).toMatchObject({ held: "late" });
  });

  it("in an outage is not brought after it", async () => {
    const terminal = house.platform("terminal");
    terminal.before = () => {
      throw new AppError("unavailable", "away", { detail: { retryAfter: 25 * hour } });
    };
    await invite();
    await house.advance(24 * hour);
    terminal.before = () => undefined;
    await house.advance(2 * hour);
    expect(terminal.sent).toEqual([]);
    expect(await waiting()).toMatchObject({ held: "late" });
  });
});
