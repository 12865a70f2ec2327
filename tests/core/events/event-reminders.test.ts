// Reminders of events, and events that begin and end by themselves: on time, late, once.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type EventRow, events } from "../../../src/core/events/event.ts";
import { turnToMoveOn } from "../../../src/core/events/move-on.ts";
import { remindOfEvent } from "../../../src/core/events/remind-of-event.ts";
import { sweepEvents } from "../../../src/core/events/sweep-events.ts";
import { eventTexts } from "../../../src/core/events/texts.ts";
import { patch, remove } from "../../../src/core/kernel/change.ts";
import { outbox } from "../../../src/core/kernel/fact.ts";
import { jobs } from "../../../src/jobs/drivers/embedded/rows.ts";
import { day, type EventHouse, eventHouse, hour, minute } from "./event-house.ts";

/** What is late waits so long for what else is. */
const lull = 10_000;

let house: EventHouse;
let ada: string;
let bob: string;

beforeEach(async () => {
  house = await eventHouse();
  ada = await house.member("ada");
  bob = await house.member("bob");
  await house.pod("Algebra", [ada, bob]);
});
afterEach(() => house.close());

const told = () => house.platform("terminal").sent.map(({ channel, text }) => `${channel}: ${text.split("\n")[0]}`);
const toldFully = () => house.platform("terminal").sent.map(({ text }) => text);
const until = (instant: number) => house.advance(instant - house.clock.now());
const eigenvalues = (when = "wednesday 6pm for 2 hours") => house.event(ada, `Eigenvalues ${when}`);

describe("reminders", () => {
  it("come 24 hours, 1 hour and 10 minutes before, to those who come and may come", async () => {
    const { id, startTime } = await eigenvalues();
    const carl = await house.member("carl");
    await house.rsvp(bob, id, "maybe");
    expect(carl).toBeDefined();
    house.start();
    await until(startTime - day - 1);
    expect(told()).toEqual([]);
    await until(startTime - day);
    expect(told().sort()).toEqual(["ada: Eigenvalues starts in 24 hours", "bob: Eigenvalues starts in 24 hours"]);
    await house.rsvp(bob, id, "declined");
    await until(startTime - hour - 1);
    expect(told()).toHaveLength(2);
    await until(startTime - hour);
    await until(startTime - 10 * minute);
    await until(startTime + 3 * day);
    expect(told().slice(2)).toEqual(["ada: Eigenvalues starts in 1 hour", "ada: Eigenvalues starts in 10 minutes"]);
    expect(toldFully().join()).not.toContain("late");
  });

  it("leave out those that are past when the event is made", async () => {
    const { startTime } = await eigenvalues("in 30 minutes for 1 hour");
    house.start();
    await until(startTime - 10 * minute);
    expect(told()).toEqual(["ada: Eigenvalues starts in 10 minutes"]);
  });

  it("come when the member has chosen, instead of when the event has it", async () => {
    const carl = await house.member("carl");
    const pod = await house.pod("Topology", [ada, bob, carl]);
    const what = "Eigenvalues in 9 days at 6pm";
    const { id, startTime } = await house.event(ada, what, { pod, reminders: "2d 30min" });
    for (const who of [bob, carl]) await house.rsvp(who, id, "going");
    await house.does(bob, { action: "notifications.show", input: { change: "reminders 1w 1h" } });
    await house.does(carl, { action: "notifications.show", input: { change: "reminders off" } });
    house.start();
    await until(startTime);
    expect(told()).toEqual([
      "bob: Eigenvalues starts in 7 days",
      "ada: Eigenvalues starts in 2 days",
      "bob: Eigenvalues starts in 1 hour",
      "ada: Eigenvalues starts in 30 minutes",
    ]);
  });

  it("that a member has chosen and that was missed comes late with the next", async () => {
    const { id, startTime } = await eigenvalues();
    await house.rsvp(bob, id, "going");
    await house.does(bob, { action: "notifications.show", input: { change: "reminders 12h" } });
    house.start();
    await house.advance(0);
    await house.queue.stop(100);
    await until(startTime - 2 * hour);
    house.start();
    await house.advance(lull);
    expect(told().sort()).toEqual(["ada: Eigenvalues starts in 2 hours", "bob: Eigenvalues starts in 2 hours"]);
    expect(toldFully().every((text) => /late/.test(text))).toBe(true);
  });

  it("can only be at moments that are offered", async () => {
    const wrong = await house.does(ada, { action: "event.create", input: { what: "X friday 6pm", reminders: "7min" } });
    expect(wrong).toMatchObject({ asks: "reminders", call: { input: { what: "X friday 6pm" } } });
    expect(wrong.text).toMatch(/^I can remind people 1w/);
  });

  it.each(["off", "aus"])("may be left out (%s), but come to whoever wants them", async (reminders) => {
    await house.pod("Logic", [ada, bob]);
    const { id, startTime } = await house.event(ada, "Proofs friday 6pm", { pod: "Logic", reminders });
    await house.rsvp(bob, id, "going");
    await house.does(bob, { action: "notifications.show", input: { change: "reminders 1h" } });
    house.start();
    await until(startTime);
    expect(told()).toEqual(["bob: Proofs starts in 1 hour"]);
  });

  it("that are both overdue become the last of them, which says that it is late", async () => {
    const { startTime } = await eigenvalues();
    house.start();
    await house.advance(0);
    await house.queue.stop(100);
    await until(startTime - 35 * minute);
    house.start();
    await house.advance(lull);
    expect(toldFully()).toHaveLength(1);
    expect(toldFully()[0]).toMatch(/^Eigenvalues starts in 35 minutes\n.*late/);
    await until(startTime - 10 * minute);
    expect(toldFully()).toHaveLength(2);
    expect(toldFully()[1]).toMatch(/^Eigenvalues starts in 10 minutes\n(?!.*late)/);
  });

  it.each([
    [30, "30 Minuten"],
    [61, "1 Stunde 1 Minute"],
    [1440, "24 Stunden"],
    [2880, "2 Tagen"],
  ])("say in German that it starts in %i minutes", (minutes, words) => {
    const { comesUp } = eventTexts({ language: "de", zone: "UTC", platform: "terminal" });
    expect(comesUp({ title: "Eigenwerte", minutes })).toEqual(["Eigenwerte", " beginnt in ", words]);
  });

  it("come late while the event is on, and not at all when it is over", async () => {
    const first = await eigenvalues();
    const second = await house.event(ada, "Compactness thursday 6pm for 1 hour");
    house.start();
    await house.advance(0);
    await house.queue.stop(100);
    await until(first.startTime + 20 * minute);
    house.start();
    await house.advance(lull);
    expect(toldFully().filter((text) => text.includes("Eigenvalues"))).toEqual([
      expect.stringMatching(/^Eigenvalues has begun\nIt began on .*\n.*late/),
    ]);
    await house.queue.stop(100);
    const before = told().length;
    await until(second.endTime + minute);
    house.start();
    await house.advance(0);
    expect(told()).toHaveLength(before);
    expect(await house.row(second.id)).toMatchObject({ status: "completed" });
    expect((await house.row(second.id)).nextReminderAt ?? null).toBeNull();
  });

  it("are put back when the queue has lost them, and stated once whoever gets the turn", async () => {
    const { id, startTime } = await eigenvalues();
    house.start();
    await house.advance(0);
    await loseJobs();
    await until(startTime - day);
    expect(told()).toEqual([]);
    await sweepEvents.run(house.context, {}, { attempt: 1, runAt: 0 });
    await sweepEvents.run(house.context, {}, { attempt: 1, runAt: 0 });
    await house.advance(0);
    expect(told()).toEqual(["ada: Eigenvalues starts in 24 hours"]);
    const turn = () =>
      remindOfEvent.run(house.context, { event: id, offset: 1440, startTime }, { attempt: 1, runAt: 0 });
    await Promise.all([turn(), turn(), turn()]);
    await house.advance(0);
    expect(told()).toHaveLength(1);
  });

  it("do nothing for an event that was cancelled, that starts at another time, or whose turn is too early", async () => {
    const event = await eigenvalues();
    const turn = (startTime = event.startTime) =>
      remindOfEvent.run(house.context, { event: event.id, offset: 1440, startTime }, { attempt: 1, runAt: 0 });
    const stated = async () => (await house.store.find(outbox, { where: { fact: "event.comes_up" }, limit: 10 })).rows;
    await turn();
    await house.clock.advanceTo(event.startTime - day);
    await turn(event.startTime + 1);
    const asIs = await house.row(event.id);
    await house.store.commit([patch(events, event.id, { status: "cancelled" })]);
    await turn();
    await house.store.commit([remove(events, event.id)]);
    await turn();
    expect(await stated()).toEqual([]);
    expect(asIs.nextReminderAt).toBe(event.startTime - 2 * day);
  });

  async function loseJobs() {
    const { rows } = await house.store.find(jobs, { limit: 100 });
    await house.store.commit(rows.map((row) => remove(jobs, row.id)));
  }

  describe("and states", () => {
    const statusOf = async (event: EventRow) => (await house.row(event.id)).status;

    it("go from scheduled to ongoing to completed by themselves", async () => {
      const event = await eigenvalues();
      house.start();
      await until(event.startTime - 1);
      expect(await statusOf(event)).toBe("scheduled");
      await until(event.startTime);
      expect(await statusOf(event)).toBe("ongoing");
      await until(event.endTime);
      expect(await statusOf(event)).toBe("completed");
    });

    it("are shown by the clock while the jobs are late, and caught up by the sweep", async () => {
      const event = await eigenvalues();
      await house.clock.advanceTo(event.startTime + minute);
      const info = () => house.does(bob, { action: "event.info", input: { event: event.id } });
      expect(await info()).toMatchObject({ text: expect.stringContaining("It is on now."), buttons: [] });
      expect(await statusOf(event)).toBe("scheduled");
      house.start();
      await loseJobs();
      await sweepEvents.run(house.context, {}, { attempt: 1, runAt: 0 });
      await house.advance(0);
      expect(await statusOf(event)).toBe("ongoing");
      await until(event.endTime);
      await loseJobs();
      await sweepEvents.run(house.context, {}, { attempt: 1, runAt: 0 });
      await house.advance(0);
      expect(await statusOf(event)).toBe("completed");
      expect((await info()).text).toContain("It is over.");
    });

    it("stay cancelled", async () => {
      const event = await eigenvalues();
      house.start();
      await house.does(ada, { action: "event.cancel", input: { event: event.id, sure: true } });
      await house.queue.enqueue([turnToMoveOn(event, event.startTime)]);
      await until(event.endTime + day);
      expect(await statusOf(event)).toBe("cancelled");
      expect(told()).toEqual([]);
    });
  });
});
