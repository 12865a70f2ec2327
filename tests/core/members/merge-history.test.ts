// Two accounts with a history each are linked across apps: every collection's rows come over, nothing is lost, overwritten or counted twice.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { bridgeLinks } from "../../../src/core/bridge/link.ts";
import { keptViews } from "../../../src/core/conversations/kept-view.ts";
import { events } from "../../../src/core/events/event.ts";
import { rsvps } from "../../../src/core/events/rsvp.ts";
import { files } from "../../../src/core/files/file.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { mailAddresses } from "../../../src/core/notifications/mail-address.ts";
import { pushSubscriptions } from "../../../src/core/notifications/push-subscription.ts";
import { bindings } from "../../../src/core/pods/binding.ts";
import { invites } from "../../../src/core/pods/invite.ts";
import { joinRequests } from "../../../src/core/pods/join-request.ts";
import { memberships } from "../../../src/core/pods/membership.ts";
import { pods } from "../../../src/core/pods/pod.ts";
import type { AnyCollection } from "../../../src/core/ports/store.ts";
import { noteJoined } from "../../../src/core/spaces/read.ts";
import { press, type SmallHouse } from "../notifications/small-house.ts";
import { codeOf, joins, link, memberHouse } from "./member-house.ts";

type Rows = readonly Readonly<Record<string, unknown>>[];

let house: SmallHouse;
let desk: string;
let phone: string;
let bob: string;
let carol: string;
const does = (who: string, action: string, input: Record<string, unknown> = {}) => house.does(who, { action, input });
const join = (who: string, pod: string) => does(who, "pod.join", { pod });
async function event(who: string, what: string, pod: string, more = {}): Promise<string> {
  const create = (await does(who, "event.create", { what, pod, ...more })).buttons![0]![0]!;
  if (!("call" in create)) throw new Error("no preview");
  await house.does(who, create.call);
  return create.call.input.id as string;
}

beforeEach(async () => {
  house = await memberHouse();
  house.start();
  desk = await house.member("ada");
  phone = await house.member("ada-phone", { platform: "telegram" });
  bob = await house.member("bob");
  carol = await house.member("carol");
  await history();
});
afterEach(() => house.close());

/** Something in every collection, on both sides wherever both can have it. */
async function history(): Promise<void> {
  const { store, secrets, clock } = house.context;
  const [tablet, eve] = [await house.member("ada-tablet"), await house.member("eve")];
  await joins(house, tablet, await codeOf(house, phone));
  await house.does(phone, link("WRONG222")).catch(() => undefined);
  await house.does(desk, link("WRONG222")).catch(() => undefined);
  await does(desk, "pod.create", { name: "Desk pod", policy: "approval" });
  await does(phone, "pod.create", { name: "Phone pod", policy: "approval" });
  await does(bob, "pod.create", { name: "Shared" });
  await does(bob, "pod.create", { name: "Secret", privacy: "private" });
  await does(carol, "pod.create", { name: "Choosy", policy: "approval" });
  for (const who of [desk, phone, carol]) await join(who, "Shared");
  await does(desk, "pod.invite", { pod: "Desk pod" });
  await does(phone, "pod.invite", { pod: "Phone pod" });
  await does(bob, "pod.invite", { pod: "Secret", who: "ada", days: 1 });
  await join(desk, "Choosy");
  await answer(carol, desk, "refuse");
  await house.advance(25 * 3600_000);
  await does(bob, "pod.invite", { pod: "Secret", who: "ada-phone", days: 7 });
  await join(phone, "Choosy");
  for (const [asker, owner, pod] of [
    [bob, desk, "Desk pod"],
    [carol, phone, "Phone pod"],
  ] as const) {
    await join(asker, pod);
    await answer(owner, asker, "approve");
  }
  const meeting = await event(bob, "Meeting tomorrow 6pm", "Shared", { capacity: 3 });
  for (const who of [desk, phone, carol]) await does(who, "event.rsvp", { event: meeting });
  const called = await event(bob, "Off tomorrow 7pm", "Shared");
  for (const who of [desk, phone]) await does(who, "event.rsvp", { event: called, answer: "maybe" });
  await does(bob, "event.cancel", { event: called, sure: true });
  for (const who of [desk, phone]) {
    await does(who, "notifications.show", { change: who === desk ? "quiet 22-7" : "events mail on" });
    await does(who, "member.block", { who: "eve" });
    await does(eve, "member.block", { who: who === desk ? "ada" : "ada-phone" });
    const announced = await does(who, "pod.announce", { pod: who === desk ? "Desk pod" : "Phone pod", text: "Hello" });
    await house.does(who, press(announced, "Send to 1 member"));
    await event(who, "Own meeting in 3 days at 6pm", "Shared");
    for (const what of ["stretch in 1 minute", "revise in 2 hours"]) await does(who, "reminder.create", { what });
    const file = {
      bucket: "resources" as const,
      name: "notes.txt",
      type: "text/plain",
      bytes: 5,
      createdAt: clock.now(),
    };
    await store.commit([insert(files, { id: secrets.id(), ...file, memberId: who, state: "kept" })]);
    await store.commit([insert(keptViews, { id: secrets.id(), memberId: who, view: {}, at: clock.now() })]);
    const spot = { platform: "telegram", channel: `g-${who}`, space: `g-${who}` };
    const pod = (await store.find(pods, { where: { creatorId: who }, limit: 1 })).rows[0]!;
    const binding = { ...spot, podId: pod.id, boundBy: who, boundAt: clock.now() };
    const bindingId = secrets.id();
    const agreed = { bindingId, podId: pod.id, bridge: "b1", answer: "yes", by: who } as const;
    await store.commit([
      insert(bindings, { id: bindingId, ...binding }),
      insert(bridgeLinks, { id: secrets.id(), ...agreed }),
    ]);
    const browser = {
      endpoint: `https://push.example/${who}`,
      endpointKey: `key of ${who}`.slice(0, 32),
      p256dh: "p",
      auth: "a",
      browser: "B",
    };
    await store.commit([
      insert(mailAddresses, { id: secrets.id(), memberId: who, address: `${who}@example.org` }),
      insert(pushSubscriptions, { id: secrets.id(), memberId: who, ...browser, createdAt: clock.now() }),
    ]);
    const space = { id: spot.space, title: "Group" };
    await noteJoined(house.context, { ...spot, space, kind: "channel" }, "en", who);
  }
  await house.advance(61_000);
  await rested();
  for (const who of [desk, phone]) await house.does(who, link());
}

async function answer(owner: string, asker: string, given: "approve" | "refuse"): Promise<void> {
  const { rows } = await house.store.find(joinRequests, { where: { memberId: asker, status: "pending" }, limit: 1 });
  await does(owner, "request.answer", { request: rows[0]!.id, answer: given });
}

async function allOf(of: AnyCollection): Promise<Rows> {
  return (await house.store.find(of, { limit: 500 })).rows as Rows;
}
const holding = () => house.house.collections.filter(({ members }) => members.length > 0);
async function everything(): Promise<ReadonlyMap<AnyCollection, Rows>> {
  return new Map(await Promise.all(holding().map(async (of) => [of, await allOf(of)] as const)));
}
async function linked(): Promise<void> {
  await joins(house, phone, await codeOf(house, desk));
  await rested();
}
/** Everything that is due is done. */
async function rested(): Promise<void> {
  do await house.advance(1000);
  while ((await house.queue.counts()).due > 0);
}

/** What tells a row apart, under every unique key that a member is part of, once the two are one. */
function keysOf({ unique, members }: AnyCollection, row: Readonly<Record<string, unknown>>): readonly string[] {
  const asOne = (value: unknown) => (value === phone ? desk : value);
  return unique
    .filter((key) => key.some((field) => members.includes(field)))
    .filter((key) => key.every((field) => row[field] !== undefined && row[field] !== null))
    .map((key) => JSON.stringify([key, key.map((field) => asOne(row[field]))]));
}

/** The rows of which one is left: the two members' under one key. */
function clashes(of: AnyCollection, rows: Rows): ReadonlySet<unknown> {
  const byKey = Map.groupBy(
    rows.flatMap((row) => keysOf(of, row).map((key) => ({ key, row }))),
    ({ key }) => key,
  );
  return new Set(
    [...byKey.values()]
      .filter(({ length }) => length > 1)
      .flat()
      .map(({ row }) => row.id),
  );
}

describe("linking two members with a history each", () => {
  it("is tried with rows of both in every field of every collection that holds a member", async () => {
    const oneSided = new Set(["profiles.mergedInto"]);
    for (const [of, rows] of await everything())
      for (const field of of.members) {
        const at = `${of.name}.${field}`;
        const who = oneSided.has(at) ? [phone] : [desk, phone];
        for (const id of who)
          expect({ at, id, rows: rows.filter((row) => row[field] === id).length > 0 }).toEqual({ at, id, rows: true });
      }
  });

  it("brings every row over as it was, but for those of which one is left", async () => {
    const before = await everything();
    await linked();
    for (const [of, rows] of before) {
      const after = new Map((await allOf(of)).map((row) => [row.id, row]));
      const one = clashes(of, rows);
      for (const row of rows) {
        if (one.has(row.id) || ["profiles", "link_codes", "link_tries"].includes(of.name)) continue;
        const now = after.get(row.id);
        expect({ of: of.name, gone: now === undefined }).toEqual({ of: of.name, gone: false });
        for (const field of of.members) expect(now![field]).toBe(row[field] === phone ? desk : row[field]);
        const rest = Object.keys(row).filter(
          (key) => !["rev", "linkedAt"].includes(key) && !of.members.includes(key) && !/Count$/.test(key),
        );
        if (row.memberId !== carol)
          expect(Object.fromEntries(rest.map((key) => [key, now![key]]))).toEqual(
            Object.fromEntries(rest.map((key) => [key, row[key]])),
          );
      }
    }
  });

  it("leaves one of each pair, whichever still matters", async () => {
    await linked();
    for (const of of holding()) {
      const rows = await allOf(of);
      expect({ of: of.name, clashes: clashes(of, rows).size }).toEqual({ of: of.name, clashes: 0 });
    }
    const [request] = (await house.store.find(joinRequests, { where: { memberId: desk, status: "pending" }, limit: 9 }))
      .rows;
    await does(carol, "request.answer", { request: request!.id, answer: "approve" });
    const open = { memberId: desk, usesLeft: 1 };
    const [invite] = (await house.store.find(invites, { where: open, limit: 9 })).rows;
    expect((await does(desk, "invite.accept", { invite: invite!.id })).text).toContain("Secret");
    expect((await does(desk, "pod.members", { pod: "Choosy" })).text).toContain("ada");
  });

  it("counts everybody once", async () => {
    await linked();
    for (const pod of await allOf(pods)) {
      const count = await house.store.count(memberships, { podId: pod.id as string });
      expect({ name: pod.name, count }).toEqual({ name: pod.name, count: pod.membersCount });
    }
    for (const one of await allOf(events)) {
      const count = (status: "going" | "maybe" | "waitlisted") =>
        house.store.count(rsvps, { eventId: one.id as string, status });
      expect([await count("going"), await count("maybe"), await count("waitlisted")]).toEqual([
        one.attendeesCount,
        one.maybeCount,
        one.waitlistCount,
      ]);
    }
    const meeting = (await allOf(events)).find(({ title }) => title === "Meeting")!;
    expect(meeting).toMatchObject({ attendeesCount: 3, waitlistCount: 0 });
    expect(await house.store.getBy(rsvps, { eventId: meeting.id as string, memberId: carol })).toMatchObject({
      status: "going",
    });
  });

  it("leaves nobody who became one who is another by now", async () => {
    await linked();
    const became = (await allOf(profiles)).filter(({ mergedInto }) => mergedInto);
    expect(became.map(({ mergedInto }) => mergedInto)).toEqual([desk, desk]);
  });

  it("tells the one member once of what comes then", async () => {
    await linked();
    const screens = ["terminal", "telegram"].map((name) => house.platform(name).sent);
    const before = screens.map(({ length }) => length);
    const [meeting] = (await allOf(events)).filter(({ title }) => title === "Meeting");
    await does(bob, "event.cancel", { event: meeting!.id, sure: true });
    await rested();
    const told = screens.flatMap((sent, index) => sent.slice(before[index]));
    expect(told.map(({ channel }) => channel).sort()).toEqual(["ada", "carol"]);
  });
});
