// Finding, listing and cancelling events.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { events } from "../../../src/core/events/event.ts";
import { eventTexts } from "../../../src/core/events/texts.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import { outbox } from "../../../src/core/kernel/fact.ts";
import { plain } from "../../../src/core/text.ts";
import { press } from "../notifications/small-house.ts";
import { day, type EventHouse, eventHouse, hour } from "./event-house.ts";

let house: EventHouse;
let ada: string;
let bob: string;
let eve: string;

beforeEach(async () => {
  house = await eventHouse();
  ada = await house.member("ada");
  bob = await house.member("bob");
  eve = await house.member("eve");
  await house.pod("Algebra", [ada, bob, eve]);
});
afterEach(() => house.close());

const cancel = (who: string, event: string, more = {}) =>
  house.does(who, { action: "event.cancel", input: { event, ...more } });
const list = (who: string, input = {}) => house.does(who, { action: "event.list", input });

describe("/event cancel", () => {
  it("asks first, then tells those who wanted to come, but not who cancelled, and does it once", async () => {
    const event = await house.event(bob, "Eigenvalues tomorrow 6pm", { capacity: 1 });
    await house.rsvp(eve, event.id);
    await house.rsvp(ada, event.id, "maybe");
    house.start();
    await house.advance(0);
    const asked = await cancel(ada, "eigen");
    expect(asked.text).toContain("I will tell the 2 people who answered");
    expect((await house.row(event.id)).status).toBe("scheduled");
    const done = await Promise.all([1, 2].map(() => house.does(ada, press(asked, "Cancel the event"))));
    expect(done.map(({ text }) => text).sort()).toEqual([
      "Eigenvalues is cancelled. I will tell those who wanted to come.",
      "Eigenvalues was cancelled already.",
    ]);
    await house.advance(2 * day);
    const told = house.platform("terminal").sent;
    expect(told.map(({ channel }) => channel).sort()).toEqual(["bob", "eve"]);
    expect(told[0]!.text).toContain("Eigenvalues was cancelled");
    expect((await cancel(ada, event.id)).text).toContain("cancelled already");
    expect((await house.does(ada, { action: "event.info", input: { event: event.id } })).buttons).toEqual([]);
  });

  it.each([
    ["en", 1, "I will tell the one person who answered."],
    ["en", 2, "I will tell the 2 people who answered."],
    ["de", 1, "Ich sage es der einen Person, die geantwortet hat."],
    ["de", 2, "Ich sage es den 2 Leuten, die geantwortet haben."],
  ] as const)("says whom it tells (%s, %i)", (language, told, words) => {
    const reader = { language, zone: "UTC", platform: "terminal" };
    const sure = eventTexts(reader).sure({ title: "Eigenvalues", startTime: 0, told });
    expect(plain(sure, reader)).toContain(words);
  });

  it("keeps it when that was not meant", async () => {
    const event = await house.event(bob, "Eigenvalues tomorrow 6pm");
    expect((await house.does(bob, press(await cancel(bob, event.code), "Keep it"))).text).toContain(
      "nothing was changed",
    );
    expect((await house.row(event.id)).status).toBe("scheduled");
  });

  it("is for the organizer and the pod's moderators", async () => {
    const event = await house.event(bob, "Eigenvalues tomorrow 6pm");
    await expect(cancel(eve, event.id, { sure: true })).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("Only bob"),
    });
    expect((await house.row(event.id)).status).toBe("scheduled");
    expect((await house.store.find(outbox, { limit: 10, where: { fact: "event.cancelled" } })).rows).toEqual([]);
    await cancel(bob, event.id, { sure: true });
    expect((await house.row(event.id)).status).toBe("cancelled");
  });

  it("has nothing to cancel when it is over", async () => {
    const event = await house.event(bob, "Eigenvalues tomorrow 6pm");
    await house.clock.advanceTo(event.endTime);
    await expect(cancel(bob, event.id)).rejects.toMatchObject({ message: expect.stringContaining("is over") });
  });
});

describe("/event list", () => {
  it("shows what is coming up, page by page, the next first", async () => {
    for (let index = 0; index < 19; index++) await house.event(ada, `Sheet no ${19 - index} in ${30 - index} hours`);
    const seen: string[] = [];
    let page = await list(bob);
    for (;;) {
      seen.push(...[...page.text.matchAll(/Sheet no (\d+)/g)].map(([, number]) => number!));
      if (!page.buttons) break;
      page = await house.does(bob, press(page, "More"));
    }
    expect(seen).toEqual(Array.from({ length: 19 }, (_, index) => `${index + 1}`));
  });

  it("says how many are going and waiting", async () => {
    const event = await house.event(bob, "Eigenvalues tomorrow 6pm", { capacity: 1 });
    await house.rsvp(eve, event.id);
    await house.rsvp(ada, event.id);
    expect((await list(bob)).text).toContain(" · Going: 1 of 1, 2 on the waitlist · ");
  });

  it("leaves out what is over, cancelled, or of pods one is not in", async () => {
    const over = await house.event(ada, "Over in 2 hours for 30 min");
    const off = await house.event(ada, "Off tomorrow 6pm");
    await house.event(ada, "Running in 2 hours for 8 hours");
    await cancel(ada, off.id, { sure: true });
    const stranger = await house.member("stranger");
    await house.clock.advance(over.endTime - house.clock.now() + hour);
    const { text } = await list(bob);
    expect(text).toContain("Running");
    expect(text).not.toMatch(/Over|Off/);
    expect((await list(stranger)).text).toContain("Nothing is planned");
    expect((await list(stranger, { pod: "Algebra" })).text).toContain("Running");
  });
});

describe("an event's name", () => {
  it("is its code, its title or the beginning of it, in any case", async () => {
    const event = await house.event(ada, "Eigenvalues tomorrow 6pm");
    for (const named of [event.id, event.code, event.code.toLowerCase(), "eigenvalues", "EIGEN"])
      expect((await house.does(bob, { action: "event.info", input: { event: named } })).title).toBe("Eigenvalues");
    await expect(house.does(bob, { action: "event.info", input: { event: "values" } })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(house.does(bob, { action: "event.info", input: { event: "%_" } })).rejects.toMatchObject({
      code: "not_found",
    });
    await house.event(ada, "Straße nach Rom tomorrow 6pm");
    const found = await house.does(bob, { action: "event.info", input: { event: "STRASSE  nach" } });
    expect(found.title).toBe("Straße nach Rom");
  });

  it("is found behind hundreds of events that are over", async () => {
    const coming = await house.event(ada, "Eigenvalues tomorrow 6pm");
    const { id: _, rev: __, ...row } = coming;
    const past = Array.from({ length: 520 }, (_, n) => ({
      ...row,
      id: house.context.secrets.id(),
      code: `A${n}AAAAA`.slice(0, 6),
      title: `Past ${n}`,
      startTime: house.clock.now() - (600 - n) * hour,
      endTime: house.clock.now() - (599 - n) * hour,
      status: "completed" as const,
    }));
    for (let at = 0; at < past.length; at += 50)
      await house.store.commit(past.slice(at, at + 50).map((one) => insert(events, one)));
    const info = (event: string) => house.does(bob, { action: "event.info", input: { event } });
    expect((await info("eigen")).title).toBe("Eigenvalues");
    expect((await info("past 519")).title).toBe("Past 519");
    const asked = await house.does(bob, { action: "event.info", input: {} });
    expect(asked.asks).toBe("event");
  });

  it("offers them when several are as near, and prefers what is still to come", async () => {
    const first = await house.event(ada, "Eigenvalues tomorrow 6pm");
    const second = await house.event(ada, "Eigenvalues friday 6pm");
    const info = () => house.does(bob, { action: "event.info", input: { event: "eigenvalues" } });
    expect(await info()).toMatchObject({ asks: "event", text: expect.stringContaining(second.code) });
    await house.clock.advanceTo(first.endTime);
    expect((await info()).footer).toContain(second.code);
  });
});
