// Planning an event: the preview, the questions, what is refused, and that a preview makes one event.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { events } from "../../../src/core/events/event.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { channelPosts } from "../../../src/core/pods/channel-post.ts";
import type { Call } from "../../../src/core/view.ts";
import { press } from "../notifications/small-house.ts";
import { type EventHouse, eventHouse, hour } from "./event-house.ts";

let house: EventHouse;
let ada: string;
let pod: string;

beforeEach(async () => {
  house = await eventHouse();
  ada = await house.member("ada", { zone: "Europe/Berlin" });
  pod = await house.pod("Algebra", [ada]);
});
afterEach(() => house.close());

const create = (what: string, more: Record<string, unknown> = {}, who = ada) =>
  house.does(who, { action: "event.create", input: { what, ...more } });
const answer = (asked: { call?: Call }, input: Record<string, unknown>) =>
  house.does(ada, { action: asked.call!.action, input: { ...asked.call!.input, ...input } });
const refusal = (what: string, more: Record<string, unknown> = {}) =>
  create(what, more).then(
    ({ text }) => `accepted: ${text}`,
    (error: Error) => error.message,
  );
const allEvents = async () => (await house.store.find(events, { limit: 100 })).rows;

describe("the first question", () => {
  it("is not asked where no answer leads anywhere", async () => {
    const asked = (who: string) => house.does(who, { action: "event.create", input: {} });
    expect((await asked(ada)).text).toContain("What is it called");
    const stranger = await house.member("stranger");
    expect((await asked(stranger)).text).toContain("You are in no pod yet");
  });
});

describe("the preview", () => {
  it("shows title, weekday, time, zone, length and pod, and creates nothing", async () => {
    const preview = await create("Eigenvalues tomorrow 6pm for 90 min", { capacity: 8, place: "Room 5" });
    expect(preview.text.split("\n")).toEqual([
      "Create this event?",
      "Eigenvalues",
      "When: Tue, 3 Mar 2026, 18:00 CET – 19:30 CET",
      "Length: 1 hour 30 minutes",
      "Time zone: Europe/Berlin",
      "Pod: Algebra",
      "Seats: 8",
      "Where: Room 5",
    ]);
    expect(preview.audience ?? "caller").toBe("caller");
    expect(preview.buttons?.flat().map(({ label }) => label)).toEqual(["Create", "Discard"]);
    expect((await house.does(ada, press(preview, "Discard"))).text).toBe("All right, nothing was changed.");
    expect(await allEvents()).toEqual([]);
  });

  it.each([
    ['"Friday night lights" saturday 8pm', "Friday night lights"],
    ["„Freitag abend“ samstag 20 Uhr", "Freitag abend"],
    ['The "Friday" talk saturday 8pm', 'The "Friday" talk'],
    ['"Friday" and "Monday" saturday 8pm', '"Friday" and "Monday"'],
  ])("shows no quotes around the whole title: %s", async (line, title) => {
    const [, shown, when] = (await create(line)).text.split("\n");
    expect([shown, when]).toEqual([title, expect.stringContaining("Sat, 7 Mar 2026, 20:00")]);
  });

  it("takes an hour where no end is said, and points to the zone when it is unknown", async () => {
    const utc = await house.member("utc");
    await house.pod("Topology", [utc]);
    const preview = await create("Compactness friday 16:00", {}, utc);
    expect(preview.text).toContain("Length: 1 hour\n");
    expect(preview.text).toContain("I don't know your time zone");
    expect(press(preview, "Set my time zone")).toEqual({ action: "profile.edit", input: { asks: "zone" } });
    await house.store.commit([{ kind: "patch", in: profiles, id: utc, set: { zoneFrom: "member" } }]);
    for (const known of [utc, ada])
      expect((await create("Compactness friday 16:00", {}, known)).text).not.toContain("your time zone");
  });

  it("says what the change of the clocks does to the time", async () => {
    const gap = await create("Early bird 29 March 2:30");
    expect(gap.text).toMatch(/does not exist in Europe\/Berlin on 29 March[\s\S]*03:30 CEST/);
    const fold = await create("Night owl 25 October 2:30");
    expect(fold.text).toMatch(/comes twice in Europe\/Berlin on 25 October[\s\S]*02:30 CEST/);
  });

  it("speaks German", async () => {
    const eva = await house.member("eva", { zone: "Europe/Berlin", language: "de" });
    await house.pod("Analysis", [eva]);
    const { text } = await create("Eigenwerte morgen 18 Uhr für 90 min", {}, eva);
    expect(text).toMatch(/^Diesen Termin anlegen\?\nEigenwerte\nWann: Di\.?, 3\. März 2026/);
  });
});

describe("questions", () => {
  it("ask for the time, why it can't be used, and keep the title", async () => {
    const asked = await create("Eigenvalues for 90 min");
    expect(asked.asks).toBe("when");
    const again = await answer(asked, { when: "yesterday 6pm" });
    expect(again).toMatchObject({ asks: "when", text: expect.stringContaining("in the past") });
    expect((await answer(again, { when: "banana" })).text).toContain("no time in that");
    const { text } = await answer(again, { when: "thursday 6pm" });
    expect(text).toContain("Eigenvalues\nWhen: Thu, 5 Mar 2026, 18:00 CET – 19:30 CET");
  });

  it("ask for the hour of a day and keep the day", async () => {
    const asked = await create("Eigenvalues thursday");
    expect(asked).toMatchObject({ asks: "when", text: expect.stringContaining("Thursday") });
    expect((await answer(asked, { when: "6pm for 2 hours" })).text).toContain("Thu, 5 Mar 2026, 18:00 CET – 20:00 CET");
    expect((await answer(asked, { when: "8:00" })).text).toContain("Thu, 5 Mar 2026, 08:00 CET");
    expect((await answer(asked, { when: "saturday 11:00" })).text).toContain("Sat, 7 Mar 2026, 11:00 CET");
    const days = await answer(await create("Eigenvalues"), { when: "thursday" });
    expect((await answer(days, { when: "18:00" })).text).toContain("Thu, 5 Mar 2026, 18:00 CET");
  });

  it("ask for the title and keep the time", async () => {
    const asked = await create("tomorrow 6pm");
    expect(asked.asks).toBe("what");
    expect((await answer(asked, { what: "Eigenvalues" })).text).toContain("Eigenvalues\nWhen: Tue, 3 Mar 2026, 18:00");
    expect((await create("\u200b\u2060", { when: "tomorrow 6pm" })).asks).toBe("what");
  });

  it("ask which pod when there are several, and say what to do when there is none", async () => {
    await house.pod("Topology", [ada]);
    const asked = await create("Eigenvalues tomorrow 6pm");
    expect(asked.asks).toBe("pod");
    expect((await answer(asked, { pod: "topology" })).text).toContain("Pod: Topology");
    const eve = await house.member("eve");
    expect((await create("Eigenvalues tomorrow 6pm", {}, eve)).text).toContain("/pod create");
    expect((await create("Eigenvalues tomorrow 6pm", { pod: "Algebra" }, eve)).text).toContain("/pod join");
    expect(await allEvents()).toEqual([]);
  });
});

describe("bad input", () => {
  it.each([
    ["a date in the past", "Eigenvalues 1 February 2026 6pm", /in the past/],
    ["yesterday", "Eigenvalues yesterday 6pm", /in the past/],
    ["an impossible date", "Eigenvalues 30 February 6pm", /no “30 February/],
    ["25:00", "Eigenvalues tomorrow 25:00", /no “[^”]*25:00” on the clock/],
    ["an end before the start", "Eigenvalues tomorrow 18:00-17:00", /end is not after the start/],
    ["ten years on", "Eigenvalues 1 March 2036 6pm", /more than five years away/],
    ["10 000 characters", `${"x".repeat(9980)} tomorrow 6pm`, /at most 500 characters/],
    ["a title of 300", `${"x".repeat(300)} tomorrow 6pm`, /at most 200 characters/],
  ])("%s is refused with what to do", async (_, what, words) => {
    expect(await refusal(what)).toMatch(words);
  });

  it("refuses what a field can't be", async () => {
    expect(await refusal("A tomorrow 6pm", { capacity: "0" })).toContain("at least 1");
    expect(await refusal("A tomorrow 6pm", { capacity: "10001" })).toContain("at most 10000");
    expect(await refusal("A tomorrow 6pm", { capacity: "a few" })).toContain("whole number");
    expect(await refusal("A tomorrow 6pm", { link: "javascript:alert(1)" })).toContain("I can't use that");
    expect(await refusal("A tomorrow 6pm", { link: "meet me" })).toContain("I can't use that");
    expect(await refusal("A tomorrow 6pm", { place: "x".repeat(201) })).toContain("at most 200");
    expect(await refusal("A tomorrow 6pm", { description: "x".repeat(10_000) })).toContain("at most 2000");
    expect(await refusal("A tomorrow 6pm", { day: "soon" })).toContain("day");
  });

  it.each([
    ["emoji", "👩‍💻 Füchse 🦊"],
    ["right-to-left text", "مراجعة الجبر الخطي"],
    ["HTML", "<b>Eigen</b> & <script>alert(1)</script>"],
    ["Markdown", "**Eigen** _values_ [x](https://x.example)"],
    ["a mass mention", "@everyone <!channel> come"],
    ["zero-width characters", "Eigen\u200bvalues"],
  ])("%s in a title stays what it is, as text", async (_, title) => {
    const event = await house.event(ada, `${title} tomorrow 6pm`);
    expect(event.title).toBe(title);
    const shown = await house.does(ada, { action: "event.info", input: { event: event.id } });
    expect(shown.title).toBe(title);
  });

  it("takes out what would turn the text around it", async () => {
    const turning = await house.event(ada, "Eigen\u202evalues\u2066 tomorrow 6pm", { place: "\u202eRoom\u2069 5" });
    expect(turning).toMatchObject({ title: "Eigenvalues", location: "Room 5" });
  });
});

describe("Create", () => {
  const pressed = async () => press(await create("Eigenvalues tomorrow 6pm"), "Create");

  it("makes the event, its organizer's RSVP and its card", async () => {
    const shown = await house.does(ada, await pressed());
    expect(shown.live).toMatchObject({ card: "event" });
    expect(shown.replaces).toBe(true);
    expect(shown.text).toContain("Going (1): ada");
    const [event] = await allEvents();
    expect(event).toMatchObject({ title: "Eigenvalues", organizerId: ada, podId: pod, attendeesCount: 1 });
    expect(event!.endTime - event!.startTime).toBe(hour);
    expect(event!.code).toMatch(/^[2-9A-HJKMNP-Z]{6}$/);
  });

  it("pressed twice at once makes one event, and both presses show it", async () => {
    const call = await pressed();
    const shown = await Promise.all([1, 2, 3].map(() => house.does(ada, call)));
    expect(new Set(shown.map(({ live }) => live!.id)).size).toBe(1);
    expect(await allEvents()).toHaveLength(1);
    house.start();
    await house.advance(0);
    expect((await house.store.find(channelPosts, { limit: 10 })).rows).toEqual([]);
  });

  it("is checked anew: the time, the pod, who presses, and what a button can't carry", async () => {
    const call = await pressed();
    const eve = await house.member("eve");
    await expect(house.does(eve, call)).rejects.toMatchObject({ code: "forbidden" });
    const forged = (input: Record<string, unknown>) => house.does(ada, { ...call, input: { ...call.input, ...input } });
    await expect(forged({ zone: "Mars/Base" })).rejects.toMatchObject({ code: "invalid" });
    await expect(forged({ end: call.input.start })).rejects.toMatchObject({ code: "invalid" });
    await expect(forged({ id: "../../etc" })).rejects.toMatchObject({ code: "invalid" });
    await expect(forged({ title: "\u200b" })).rejects.toMatchObject({ code: "invalid" });
    await expect(forged({ start: 8.6e15 })).rejects.toMatchObject({ code: "invalid" });
    await house.clock.advance(48 * hour);
    await expect(house.does(ada, call)).rejects.toMatchObject({ message: expect.stringContaining("has passed") });
    expect(await allEvents()).toEqual([]);
  });

  it("shows nobody else's event by its id", async () => {
    const event = await house.event(ada, "Eigenvalues tomorrow 6pm");
    const eve = await house.member("eve");
    const theirs = await house.pod("Eve's", [eve]);
    const preview = await create("Spying tomorrow 6pm", { pod: theirs }, eve);
    const call = press(preview, "Create");
    await expect(house.does(eve, { ...call, input: { ...call.input, id: event.id } })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
