// Ada on Discord, Grace on Slack and Linus on Telegram in one pod: its whole story, undisturbed, and killed between the steps.
import { inspect } from "node:util";
import { afterEach, expect, it } from "@jest/globals";
import { events, rsvps } from "../../src/core/events/read.ts";
import { accounts } from "../../src/core/members/read.ts";
import { notifications } from "../../src/core/notifications/read.ts";
import { type Citizen, type City, city, type Seen, type SlackMode, type Square } from "../support/city/index.ts";

let c: City;
afterEach(() => c.close());

interface People {
  readonly ada: Citizen;
  readonly grace: Citizen;
  readonly linus: Citizen;
  readonly hall: Square;
  readonly lab: Square;
  readonly yard: Square;
}

async function arrived(): Promise<People> {
  const ada = await c.person("discord", "Ada");
  const grace = await c.person("slack", "Grace", { zone: "America/New_York" });
  const linus = await c.person("telegram", "Linus");
  const hall = await c.square("discord", { title: "Hall", people: [ada] });
  const lab = await c.square("slack", { title: "lab", people: [grace] });
  const yard = await c.square("telegram", { title: "Yard", people: [linus] });
  return { ada, grace, linus, hall, lab, yard };
}

const bound = "Topology is at home here now";
/** 2026-03-03, 18:00 to 19:30 in Berlin. */
const [start, end] = [1772557200, 1772562600];

async function podOnThreeApps({ ada, grace, linus, hall, lab, yard }: People, between: () => Promise<void>) {
  await ada.asks("profile edit", { zone: "Berlin" });
  await ada.asks("pod create", { category: "maths" });
  expect(ada.form()).toEqual({
    title: "Start a pod",
    fields: ["name", "description", "subject", "tags", "privacy"],
  });
  await between();
  expect((await ada.fills({ name: "Topology" })).alone).toContain("Topology is ready");
  expect((await ada.asks("pod bind", { pod: "Topology" }, hall)).here).toContain(bound);
  await between();
  for (const [who, where] of [
    [grace, lab],
    [linus, yard],
  ] as const)
    expect((await who.asks("pod join", { pod: "Topology" }, where)).alone).toContain("Welcome to Topology");
  await ada.asks("pod handover", { who: "grace" });
  await between();
  expect((await ada.presses("Hand over")).alone).toContain("Grace owns Topology now");
  expect((await grace.asks("pod bind", {}, lab)).here).toContain(bound);
  await grace.asks("pod handover", { who: "linus" });
  expect((await grace.presses("Hand over")).alone).toContain("Linus owns Topology now");
  await between();
  expect((await linus.asks("pod bind", {}, yard)).here).toContain(bound);
}

/** What the one card in each place says of who comes; it is there once, in each reader's form. */
function cards({ hall, lab, yard }: People): readonly string[] {
  const [discord, slack, telegram] = [hall, lab, yard].map((square) => {
    const found = c.shown(square, "Knots");
    expect(found).toHaveLength(1);
    return found[0]!.text;
  });
  expect(discord).toContain(`<t:${start}:f> – <t:${end}:t>`);
  expect(slack).toContain("Tue, 3 Mar 2026, 18:00 CET – 19:30 CET");
  expect(telegram).toContain("When: Tue, 3 Mar 2026, 18:00 CET – 19:30 CET");
  return [discord!.replaceAll("**", ""), slack!, telegram!].map(
    (text) => /Seats: .*/.exec(text)?.[0].concat(" ", /Going.*/.exec(text)?.[0] ?? "") ?? text,
  );
}

/** Slack's own app words the time for whoever reads it. */
function slackTimes({ id }: Seen): readonly unknown[] {
  const everything = [...c.slack.server.state.channels.values()].flatMap(({ messages }) => messages);
  const { blocks } = everything.find(({ ts }) => ts === id)!;
  return [...JSON.stringify(blocks).matchAll(/"type":"date","timestamp":(\d+)/g)].map(([, at]) => Number(at));
}

const everywhere = (card: string) => [card, card, card];
const about = (news: readonly string[], words: string) => news.filter((text) => text.includes(words));

async function seatsTaken(people: People, between: () => Promise<void>): Promise<void> {
  const { ada, grace, linus, hall, lab, yard } = people;
  const preview = await ada.asks("event create", { what: "Knots tomorrow 6pm for 90 min", capacity: 2 }, hall);
  expect(preview.alone).toContain("Create this event?");
  expect(preview.here).not.toContain("Knots");
  await between();
  expect((await ada.presses("Create")).alone).toContain("Created. Its code is");
  expect(cards(people)).toEqual(everywhere("Seats: 1 of 2 Going (1): Ada"));
  expect(slackTimes(c.shown(lab, "Knots")[0]!)).toEqual([start, end]);
  await between();
  expect((await grace.presses("Going", lab)).alone).toContain("You are going to Knots");
  expect(slackTimes(grace.hand.sees().at(-1)!)).toEqual([start]);
  expect(cards(people)).toEqual(everywhere("Seats: 2 of 2 Going (2): Ada, Grace"));
  await between();
  expect((await linus.presses("Going", yard)).alone).toContain("You are on the waitlist at place 1");
  expect(cards(people)).toEqual(everywhere("Seats: 2 of 2, 1 on the waitlist Going (2): Ada, Grace"));
  await between();
  await linus.news();
  expect((await ada.presses("Can't", hall)).alone).toContain("You are not coming to Knots");
  expect(await linus.news()).toEqual([expect.stringContaining("You have a seat now: Knots")]);
  expect(cards(people)).toEqual(everywhere("Seats: 2 of 2 Going (2): Grace, Linus"));
  expect(await ada.news()).toEqual([]);
  expect(await grace.news()).toEqual([]);
}

async function reminded({ ada, grace, linus }: People): Promise<void> {
  await c.until("2026-03-02T17:00:00Z");
  for (const one of [grace, linus])
    expect(await one.news()).toEqual([expect.stringContaining("Knots starts in 24 hours")]);
  expect(await ada.news()).toEqual([]);
}

const memberOf = async ({ hand }: Citizen) =>
  (await c.store.find(accounts, { where: { userId: hand.userId }, limit: 2 })).rows[0]!.memberId;

/** Grace has come on Discord too, under another account that waits in line; it turns out to be hers. */
async function linked(people: People, between: () => Promise<void>): Promise<Citizen> {
  const { grace, ada, hall } = people;
  const amazing = await c.person("discord", "Amazing Grace");
  await amazing.asks("pod join", { pod: "Topology" });
  expect((await amazing.presses("Going", hall)).alone).toContain("You are on the waitlist at place 1");
  expect(cards(people)).toEqual(everywhere("Seats: 2 of 2, 1 on the waitlist Going (2): Grace, Linus"));
  const [code = ""] = /\b[0-9A-Z]{8}\b/.exec((await grace.asks("link")).alone) ?? [];
  await between();
  expect((await amazing.asks("link", { code })).alone).toContain("Become one with Slack (Grace)?");
  expect((await amazing.presses("Link")).alone).toMatch(/belong together now: Slack \(Grace\), Discord/);
  expect(await memberOf(amazing)).toBe(await memberOf(grace));
  expect(cards(people)).toEqual(everywhere("Seats: 2 of 2 Going (2): Grace, Linus"));
  const { rows } = await c.store.find(events, { limit: 2 });
  expect(rows).toMatchObject([{ attendeesCount: 2, waitlistCount: 0 }]);
  expect(await c.store.count(rsvps, { eventId: rows[0]!.id, status: "going" })).toBe(2);
  await between();
  expect((await grace.asks("profile edit", { app: "discord" })).alone).toContain("Saved.");
  expect((await ada.presses("Maybe", hall)).alone).toContain(`Maybe then: Knots, <t:${start}:f>`);
  await amazing.news();
  return amazing;
}

async function calledOff(people: People, amazing: Citizen): Promise<void> {
  const { ada, grace, linus, hall } = people;
  await c.until("2026-03-03T16:00:00Z");
  for (const one of [ada, amazing, linus]) expect(about(await one.news(), "Knots starts in 1 hour")).toHaveLength(1);
  expect(await grace.news()).toEqual([]);
  await ada.asks("event cancel", { event: "Knots" }, hall);
  expect((await ada.presses("Cancel the event")).alone).toContain("Knots is cancelled");
  for (const one of [amazing, linus])
    expect(await one.news()).toEqual([expect.stringContaining("Knots was cancelled")]);
  expect(await grace.news()).toEqual([]);
  for (const card of cards(people)) expect(card).toContain("Going (2): Grace, Linus");
  for (const square of [people.hall, people.lab, people.yard]) {
    expect(c.shown(square, "Knots")).toHaveLength(1);
    expect(c.shown(square, "It was cancelled.")).toMatchObject([{ buttons: [] }]);
  }
}

/** Nothing was said twice to anybody, nothing went wrong, and no line of the log holds what people wrote or what opens doors. */
async function allIsWell(): Promise<void> {
  const shown = c.everything().map(({ where, text }) => `${where}: ${text}`);
  expect(shown.length).toBeGreaterThan(15);
  expect(shown.filter((one, at) => shown.indexOf(one) !== at)).toEqual([]);
  const told = (await c.store.find(notifications, { limit: 100 })).rows.map(({ memberId, type, data }) =>
    JSON.stringify([memberId, type, data]),
  );
  expect(new Set(told).size).toBe(told.length);
  expect(c.troubles()).toEqual([]);
  const logged = inspect(c.lines, { depth: 12, maxStringLength: null, maxArrayLength: null });
  const secrets = [c.discord, c.slack, c.telegram].flatMap((district) => district.secrets);
  for (const word of ["Ada", "Grace", "Linus", "Topology", "Knots", "Hall", "Yard", ...secrets])
    expect(logged).not.toContain(word);
}

interface Way {
  readonly how: string;
  readonly slack: SlackMode;
  between(): Promise<void>;
}

it.each<Way>([
  { how: "undisturbed, Slack by Socket Mode", slack: "socket", between: async () => undefined },
  { how: "killed between the steps, Slack over HTTP", slack: "http", between: () => c.restart("kill") },
  { how: "killed between the steps, Slack by Socket Mode", slack: "socket", between: () => c.restart("kill") },
])("one pod on three apps, $how", async ({ slack, between }) => {
  c = await city({ slack });
  const people = await arrived();
  await podOnThreeApps(people, between);
  await between();
  await seatsTaken(people, between);
  await between();
  await reminded(people);
  await between();
  const amazing = await linked(people, between);
  await between();
  await calledOff(people, amazing);
  await allIsWell();
});

const calm = async () => undefined;

it("who takes no messages in the app they prefer is told in the other, once", async () => {
  c = await city();
  const people = await arrived();
  await podOnThreeApps(people, calm);
  await seatsTaken(people, calm);
  const amazing = await linked(people, calm);
  c.discord.userOf(amazing.hand).close();
  await c.until("2026-03-02T17:00:00Z");
  const news = await people.grace.news();
  expect(news).toHaveLength(2);
  for (const words of ["Knots starts in 24 hours", "I can't write to you on Discord any more"])
    expect(about(news, words)).toHaveLength(1);
  expect(await amazing.news()).toEqual([]);
  await people.ada.asks("event cancel", { event: "Knots" }, people.hall);
  await people.ada.presses("Cancel the event");
  expect(await people.grace.news()).toEqual([expect.stringContaining("Knots was cancelled")]);
  expect(await people.linus.news()).toHaveLength(2);
  await allIsWell();
});

it("the last seats, asked for on all three at once, are given once each", async () => {
  c = await city();
  const people = await arrived();
  const { ada, grace, linus, hall, lab, yard } = people;
  await podOnThreeApps(people, calm);
  await linus.asks("event create", { what: "Knots tomorrow 6pm for 90 min", capacity: 2, pod: "Topology" });
  await linus.presses("Create");
  await linus.presses("Can't", yard);
  const told = await Promise.all([
    ada.presses("Going", hall),
    grace.presses("Going", lab),
    linus.presses("Going", yard),
  ]);
  const answers = told.map(({ alone }) => alone);
  expect(about(answers, "You are going to Knots")).toHaveLength(2);
  expect(about(answers, "You are on the waitlist at place 1")).toHaveLength(1);
  const shown = [hall, lab, yard].map((square) => c.shown(square, "Knots"));
  for (const card of shown)
    expect(card).toMatchObject([{ text: expect.stringContaining("2 of 2, 1 on the waitlist") }]);
  await allIsWell();
});
