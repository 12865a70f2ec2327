// Answering: seats and the waitlist under races, merges and leavers.
import { afterEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { events } from "../../../src/core/events/event.ts";
import { freeSeats } from "../../../src/core/events/free-seats.ts";
import { mergeRsvps } from "../../../src/core/events/merge-rsvps.ts";
import { type Answer, rsvps } from "../../../src/core/events/rsvp.ts";
import { takeSeat } from "../../../src/core/events/take-seat.ts";
import { insert, patch, remove } from "../../../src/core/kernel/change.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import { perform } from "../../../src/core/kernel/perform.ts";
import { mergeMembers } from "../../../src/core/members/merge-members.ts";
import { membershipOf, memberships } from "../../../src/core/pods/membership.ts";
import { pods } from "../../../src/core/pods/pod.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { mulberry32 } from "../../support/secrets.ts";
import { press } from "../notifications/small-house.ts";
import { type EventHouse, eventHouse } from "./event-house.ts";

let house: EventHouse;
afterEach(() => house.close());

/** What must hold after every commit. */
async function expectSound(id: string): Promise<void> {
  const event = await house.row(id);
  const { rows } = await house.store.find(rsvps, { where: { eventId: id }, limit: 500 });
  const count = (status: string) => rows.filter((row) => row.status === status).length;
  expect(event).toMatchObject({
    attendeesCount: count("going"),
    maybeCount: count("maybe"),
    waitlistCount: count("waitlisted"),
  });
  const { maxAttendees = Number.POSITIVE_INFINITY } = event;
  expect(count("going")).toBeLessThanOrEqual(maxAttendees);
  if (count("going") < maxAttendees) expect(count("waitlisted")).toBe(0);
}

/** A store whose answers take turns as a seed has it, as a far store's would. */
function shaken(seed: number): (store: Store) => Store {
  const fraction = mulberry32(seed);
  const wait = async () => {
    for (let turns = Math.floor(fraction() * 4); turns > 0; turns--) await Promise.resolve();
  };
  return (store) => {
    const plain = bound(store);
    return {
      ...plain,
      get: (collection, id) => wait().then(() => plain.get(collection, id)),
      getBy: (collection, key) => wait().then(() => plain.getBy(collection, key)),
      find: (collection, query) => wait().then(() => plain.find(collection, query)),
      commit: (changes) => wait().then(() => plain.commit(changes)),
    };
  };
}

async function crowd(capacity: number | undefined, people: number, around?: (store: Store) => Store) {
  house = await eventHouse({ around });
  const ids = await house.members(people);
  await house.pod("Algebra", ids);
  const event = await house.event(ids[0]!, "Eigenvalues tomorrow 6pm", capacity ? { capacity } : {});
  return { ids, event };
}

describe("answers at once", () => {
  it("never exceed the seats, nor leave one empty while somebody waits", async () => {
    const answers = fc.array(
      fc.record({
        who: fc.nat({ max: 6 }),
        answer: fc.constantFrom<Answer>("going", "going", "maybe", "declined"),
      }),
      { minLength: 1, maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), answers, fc.integer(), async (capacity, said, seed) => {
        const { ids, event } = await crowd(capacity, 7, shaken(seed));
        // Each as if in a process of its own: nobody waits for a turn.
        const context = { ...house.context, inTurn: <T>(_: string, work: () => Promise<T>) => work() };
        const seats = await Promise.all(said.map(({ who, answer }) => takeSeat(context, event, ids[who]!, answer)));
        expect(seats).toHaveLength(said.length);
        await expectSound(event.id);
        await house.close();
      }),
      { seed: 20260302, numRuns: 40 },
    );
    await crowd(1, 1);
  });

  it("let a crowd of 120 in by turns", async () => {
    const { ids, event } = await crowd(50, 120);
    await Promise.all(ids.map((id) => house.rsvp(id, event.id)));
    expect(await house.row(event.id)).toMatchObject({ attendeesCount: 50, waitlistCount: 70 });
    await expectSound(event.id);
  });

  it("count one person once who presses twice", async () => {
    const { ids, event } = await crowd(3, 2);
    const said = await Promise.all([house.rsvp(ids[1]!, event.id), house.rsvp(ids[1]!, event.id)]);
    expect(said.map(({ text }) => text).sort()).toEqual([
      expect.stringContaining("You are going to Eigenvalues already"),
      expect.stringContaining("You are going to Eigenvalues. See you"),
    ]);
    expect((await house.row(event.id)).attendeesCount).toBe(2);
  });
});

describe("the store is asked", () => {
  it.each([
    ["event.rsvp", { answer: "going" }, 4],
    ["event.rsvp", { answer: "declined" }, 5],
    ["event.info", {}, 5],
    ["event.cancel", { sure: true }, 4],
  ] as const)("%s %j: %d times", async (action, input, times) => {
    const { ids, event } = await crowd(2, 3);
    const who = action === "event.cancel" ? ids[0]! : ids[1]!;
    if (action === "event.rsvp" && input.answer === "declined") {
      await house.rsvp(ids[1]!, event.id);
      await house.rsvp(ids[2]!, event.id);
    }
    const ctx = await house.actingAs(who);
    let asked = 0;
    const counted = new Proxy(ctx.store, {
      get(store, method: keyof Store) {
        asked++;
        return store[method].bind(store);
      },
    });
    await perform({ ...ctx, store: counted }, { action, input: { event: event.id, ...input } });
    expect(asked).toBe(times);
  });
});

describe("the waitlist", () => {
  it("tells the place, keeps it, and gives a free seat to the first in line in the same commit", async () => {
    const { ids, event } = await crowd(2, 5);
    const [, b, c, d, e] = ids as [string, string, string, string, string];
    expect((await house.rsvp(b, event.id)).text).toContain("You are going");
    expect((await house.rsvp(c, event.id)).text).toContain("waitlist at place 1");
    expect((await house.rsvp(d, event.id)).text).toContain("waitlist at place 2");
    expect((await house.rsvp(e, event.id)).text).toContain("waitlist at place 3");
    expect((await house.rsvp(d, event.id)).text).toContain("already, at place 2");
    await house.rsvp(c, event.id, "maybe");
    expect((await house.rsvp(c, event.id)).text).toContain("place 3");
    house.start();
    expect((await house.rsvp(b, event.id, "declined")).text).toContain("You are not coming");
    expect((await house.store.getBy(rsvps, { eventId: event.id, memberId: d }))!.status).toBe("going");
    await expectSound(event.id);
    await house.advance(0);
    const told = house.platform("terminal").sent;
    expect(told.map(({ channel }) => channel)).toEqual(["person-3"]);
    expect(told[0]!.text).toContain("You have a seat now: Eigenvalues");
  });

  it("tells the same place again, however long the line", async () => {
    const { ids, event } = await crowd(1, 2);
    const before = Array.from({ length: 120 }, (_, n) => n);
    for (const some of [before.slice(0, 60), before.slice(60)])
      await house.store.commit(
        some.map((n) => {
          const row = { id: `w${n}`, eventId: event.id, memberId: `m${n}`, ticket: n - 200, createdAt: 1 };
          return insert(rsvps, { ...row, status: "waitlisted" as const });
        }),
      );
    await house.store.commit([patch(events, event.id, { waitlistCount: 120 })]);
    expect((await house.rsvp(ids[1]!, event.id)).text).toContain("waitlist at place 121");
    const shown = await house.does(ids[1]!, { action: "event.info", input: { event: event.id } });
    expect(shown.text).toContain("You are on the waitlist at place 121.");
  });

  it("lets those who change nothing change nothing", async () => {
    const { ids, event } = await crowd(2, 2);
    await house.rsvp(ids[1]!, event.id, "maybe");
    const before = await house.row(event.id);
    expect((await house.rsvp(ids[1]!, event.id, "maybe")).text).toContain("You said maybe already");
    expect(await house.row(event.id)).toEqual(before);
  });
});

describe("members who turn out to be one", () => {
  it("keep the stronger answer, and the seat that is over goes to the first in line", async () => {
    const { ids, event } = await crowd(2, 4);
    const [, b, c, d] = ids as [string, string, string, string];
    await house.rsvp(b, event.id);
    await house.rsvp(c, event.id);
    await house.rsvp(d, event.id);
    await mergeMembers.hear(house.context, { kept: ids[0]!, merged: b } as never, "f1");
    expect((await house.store.getBy(rsvps, { eventId: event.id, memberId: c }))!.status).toBe("going");
    await expectSound(event.id);
    expect(await house.row(event.id)).toMatchObject({ attendeesCount: 2, waitlistCount: 1 });
    await mergeMembers.hear(house.context, { kept: d, merged: c } as never, "f2");
    expect((await house.store.getBy(rsvps, { eventId: event.id, memberId: d }))!.status).toBe("going");
    expect(await house.row(event.id)).toMatchObject({ attendeesCount: 2, waitlistCount: 0 });
    await expectSound(event.id);
  });

  it("stay countable whatever others answer meanwhile", async () => {
    const answers = fc.array(fc.constantFrom<Answer>("going", "going", "maybe", "declined"), {
      minLength: 5,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        answers,
        answers,
        fc.integer(),
        async (seats, first, then, seed) => {
          const { ids, event } = await crowd(seats, 6, shaken(seed));
          const members = ids.slice(1);
          for (const [index, answer] of first.entries()) await house.rsvp(members[index]!, event.id, answer);
          const context = { ...house.context, inTurn: <T>(_: string, work: () => Promise<T>) => work() };
          const fresh = await house.row(event.id);
          const [merged, ...others] = members;
          const answerOf = async (memberId: string) =>
            (await house.store.getBy(rsvps, { eventId: event.id, memberId }))!;
          await Promise.all([
            mergeRsvps.clash(context, await answerOf(others[0]!), await answerOf(merged!)),
            ...others.map((id, index) => takeSeat(context, fresh, id, then[index]!)),
          ]);
          expect(await house.store.getBy(rsvps, { eventId: event.id, memberId: merged! })).toBeUndefined();
          await expectSound(event.id);
          await house.close();
        },
      ),
      { seed: 20260302, numRuns: 30 },
    );
    await crowd(1, 1);
  });

  it("are counted once when the other's answer arrives between the look and the write", async () => {
    const { ids, event } = await crowd(5, 3);
    await house.rsvp(ids[1]!, event.id);
    const moving = (await house.store.getBy(rsvps, { eventId: event.id, memberId: ids[1]! }))!;
    let moved = false;
    const store: Store = {
      ...bound(house.context.store),
      async commit(changes) {
        if (!moved) await house.store.commit([patch(rsvps, moving, { memberId: ids[2]! })]);
        moved = true;
        await house.context.store.commit(changes);
      },
    };
    const seat = await takeSeat({ ...house.context, store }, await house.row(event.id), ids[2]!, "going");
    expect(seat).toMatchObject({ status: "going", unchanged: true });
    await expectSound(event.id);
  });

  it("are settled once, however often and at once the rule runs", async () => {
    const { ids, event } = await crowd(3, 3);
    await house.rsvp(ids[1]!, event.id);
    await house.rsvp(ids[2]!, event.id, "maybe");
    const of = (memberId: string) => house.store.getBy(rsvps, { eventId: event.id, memberId });
    const [kept, merged] = [(await of(ids[1]!))!, (await of(ids[2]!))!];
    await Promise.all([1, 2, 3].map(() => mergeRsvps.clash(house.context, kept, merged)));
    expect(await of(ids[2]!)).toBeUndefined();
    expect(await house.row(event.id)).toMatchObject({ attendeesCount: 2, maybeCount: 0 });
    await expectSound(event.id);
  });

  it("keep the organizer's event theirs", async () => {
    const { ids, event } = await crowd(3, 2);
    await mergeMembers.hear(house.context, { kept: ids[1]!, merged: ids[0]! } as never, "f1");
    expect((await house.row(event.id)).organizerId).toBe(ids[1]);
    expect(await house.store.getBy(rsvps, { eventId: event.id, memberId: ids[1]! })).toMatchObject({
      status: "going",
      role: "organizer",
    });
    await expectSound(event.id);
  });
});

describe("whoever leaves the pod", () => {
  it("gives back the seat, unless they are back by then", async () => {
    const { ids, event } = await crowd(2, 3);
    await house.rsvp(ids[1]!, event.id);
    await house.rsvp(ids[2]!, event.id);
    const left = { subject: event.podId, member: ids[1]! } as never;
    await freeSeats.hear(house.context, left, "f0");
    expect((await house.row(event.id)).waitlistCount).toBe(1);
    const membership = (await house.store.getBy(memberships, { podId: event.podId, memberId: ids[1]! }))!;
    await house.store.commit([remove(memberships, membership)]);
    await freeSeats.hear(house.context, left, "f1");
    await freeSeats.hear(house.context, left, "f1");
    expect((await house.store.getBy(rsvps, { eventId: event.id, memberId: ids[2]! }))!.status).toBe("going");
    await expectSound(event.id);
  });
});

describe("who may answer, and until when", () => {
  it("members, and whoever comes into an open pod by it; nothing is seen of a private one", async () => {
    house = await eventHouse();
    const [ada, eve] = [await house.member("ada"), await house.member("eve")];
    const open = await house.pod("Open", [ada]);
    const closed = await house.pod("Closed", [ada], "private");
    const shown = await house.event(ada, "Eigenvalues tomorrow 6pm", { pod: open });
    const hidden = await house.event(ada, "Secrets tomorrow 6pm", { pod: closed });
    expect((await house.does(eve, { action: "event.info", input: { event: shown.code } })).text).toContain(
      "Eigenvalues",
    );
    expect((await house.rsvp(eve, shown.id, "declined")).text).toContain("You are not in Open");
    expect(await membershipOf(house.store, open, eve)).toBeUndefined();
    expect((await house.rsvp(eve, shown.id)).text).toMatch(/^You are in Open now\. You are going to Eigenvalues\./);
    expect(await membershipOf(house.store, open, eve)).toBeDefined();
    await expectSound(shown.id);
    expect((await house.rsvp(eve, shown.id)).text).toMatch(/^You are going to Eigenvalues already/);
    const missing = await house.rsvp(eve, "00000000000000000000000000").catch((error: Error) => error);
    const unseen = await house.rsvp(eve, hidden.id).catch((error: Error) => error);
    expect(unseen).toMatchObject({ code: "not_found" });
    expect((unseen as Error).message).toBe((missing as Error).message);
    await expect(house.does(eve, { action: "event.info", input: { event: hidden.code } })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(house.does(eve, { action: "event.cancel", input: { event: hidden.id } })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it.each([
    ["approval", "You are not in Algebra yet", ["Ask to join"]],
    ["invite-only", "by invitation only", []],
  ] as const)("not before they are in where that is by %s", async (joinPolicy, words, labels) => {
    const { event } = await crowd(undefined, 2);
    await house.store.commit([patch(pods, event.podId, { joinPolicy })]);
    const eve = await house.member("eve");
    const answer = await house.rsvp(eve, event.id);
    expect(answer.text).toContain(words);
    expect(answer.buttons?.flat().map(({ label }) => label) ?? []).toEqual(labels);
    if (labels[0]) expect((await house.does(eve, press(answer, labels[0]))).text).toContain("I have asked");
    expect(await membershipOf(house.store, event.podId, eve)).toBeUndefined();
    await expectSound(event.id);
  });

  it("not once it is full, and nobody comes into a pod by an event that has begun", async () => {
    const { event } = await crowd(undefined, 2);
    const [eve, kim] = [await house.member("eve"), await house.member("kim")];
    await house.store.commit([patch(pods, event.podId, { maxMembers: 2 })]);
    await expect(house.rsvp(eve, event.id)).rejects.toThrow("is full");
    await house.store.commit([patch(pods, event.podId, { maxMembers: 9 })]);
    await house.clock.advanceTo(event.startTime);
    await expect(house.rsvp(kim, event.id)).rejects.toThrow("has begun");
    expect(await membershipOf(house.store, event.podId, kim)).toBeUndefined();
  });

  it("until it begins, is cancelled or is gone", async () => {
    const { ids, event } = await crowd(undefined, 2);
    const late = async () => (await house.rsvp(ids[1]!, event.id).catch((error: Error) => error)) as Error;
    await house.clock.advanceTo(event.startTime);
    expect((await late()).message).toContain("has begun");
    await house.clock.advanceTo(event.endTime);
    expect((await late()).message).toContain("is over");
    await house.store.commit([patch(events, event.id, { status: "cancelled" })]);
    expect((await late()).message).toContain("was cancelled");
    await house.store.commit([remove(events, event.id)]);
    expect((await late()).message).toContain("can't find such an event");
  });
});
