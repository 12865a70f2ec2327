// One person at a terminal and on Telegram: linking both ways, what comes together, and taking an account off again.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { events, rsvps } from "../../src/core/events/read.ts";
import { auditLog } from "../../src/core/members/audit.ts";
import { accounts } from "../../src/core/members/read.ts";
import { notifications } from "../../src/core/notifications/read.ts";
import { memberships } from "../../src/core/pods/membership.ts";
import { pods } from "../../src/core/pods/pod.ts";
import type { Seat } from "../support/seat.ts";
import type { TestUser } from "../support/telegram-server/index.ts";
import { type Town, town } from "../support/town.ts";

let t: Town;
let terminal: Seat;
let phone: TestUser;
let grace: TestUser;
beforeEach(async () => {
  t = await town();
  terminal = t.seat("ada");
  grace = await t.person("Grace");
  phone = await t.person("Ada");
});
afterEach(() => t.close());

const codeIn = (text: string) => /code: (\w{8})\./.exec(text)?.[1] ?? "";
const hears = async (text: string) => (await t.says(phone, phone, text)).here;
/** At the phone: enters the code, and says yes. */
async function joins(code: string): Promise<string> {
  await hears(`/link ${code}`);
  await t.presses(phone, phone, "Link");
  return t.shown(phone, "belong together now").text;
}
const memberOf = async (userId: string) =>
  (await t.store.find(accounts, { where: { userId }, limit: 2 })).rows[0]!.memberId;

/** Grace's pod with both of Ada's selves in it, and her event in it. */
async function bothIn(capacity: number): Promise<string> {
  await t.says(grace, grace, "/pod create Topology");
  await terminal.says("/pod join Topology");
  await hears("/pod join Topology");
  await t.says(grace, grace, `/event create Knots tomorrow 6pm capacity:${capacity}`);
  await t.presses(grace, grace, "Create");
  await t.settled();
  return (await t.store.find(events, { limit: 2 })).rows[0]!.id;
}

/** The count on the event and the answers that it counts. */
async function seats(event: string) {
  const { attendeesCount, maybeCount, waitlistCount } = (await t.store.get(events, event))!;
  const { rows } = await t.store.find(rsvps, { where: { eventId: event }, limit: 50 });
  const count = (status: string) => rows.filter((row) => row.status === status).length;
  expect([attendeesCount, maybeCount, waitlistCount]).toEqual([count("going"), count("maybe"), count("waitlisted")]);
  return { going: attendeesCount, maybe: maybeCount, waitlisted: waitlistCount };
}

describe.each(["terminal", "telegram"] as const)("with a code asked for on the %s", (asked) => {
  const link = async () => {
    if (asked === "terminal") return joins(codeIn(await terminal.says("/link")).toLowerCase());
    await terminal.says(`/link ${codeIn(await hears("/link"))}`);
    return terminal.presses("Link");
  };

  it("pods, answers, reminders and the inbox are one member's, and nothing is counted twice", async () => {
    const event = await bothIn(2);
    await terminal.says("/event rsvp Knots maybe");
    await hears("/event rsvp Knots");
    await terminal.says("/pod create Algebra");
    await hears("/pod create Braids");
    await terminal.says("/remind me to call Linus in 2 hours");
    await hears("/remind me to buy chalk in 3 hours");
    await t.settled();
    expect(await seats(event)).toEqual({ going: 2, maybe: 1, waitlisted: 0 });

    expect(await link()).toMatch(
      /belong together now: (Telegram \(Ada\), Terminal \(ada\)|Terminal \(ada\), Telegram \(Ada\))\./,
    );
    await t.settled();
    const member = await memberOf("ada");
    expect(await memberOf(`${phone.id}`)).toBe(member);
    expect(await seats(event)).toEqual({ going: 2, maybe: 0, waitlisted: 0 });
    const { rows } = await t.store.find(pods, { limit: 9 });
    const topology = rows.find(({ name }) => name === "Topology")!;
    expect(topology.membersCount).toBe(2);
    expect(await t.store.count(memberships, { podId: topology.id })).toBe(2);
    expect(await t.store.count(memberships, { memberId: member })).toBe(3);
    for (const listed of [await hears("/remind list"), await terminal.says("/remind list")]) {
      expect(listed).toContain("call Linus");
      expect(listed).toContain("buy chalk");
    }
    expect((await t.store.find(auditLog, { where: { subject: member }, limit: 5 })).rows).toMatchObject([
      { what: "members.merged", actorId: expect.not.stringMatching(member) },
    ]);

    await t.news(phone);
    await terminal.sees();
    await t.until("2026-03-02T11:00:10Z");
    await t.until("2026-03-02T12:00:10Z");
    await t.until("2026-03-02T18:00:01Z");
    const told = [...(await t.news(phone)), await terminal.sees()].join("\n");
    for (const words of ["call Linus", "buy chalk", "Knots starts in 24 hours"])
      expect([words, told.split(words).length - 1]).toEqual([words, 1]);
    // The link itself is told of too.
    expect(await t.store.count(notifications, { memberId: member })).toBe(4);
    expect(t.troubles()).toEqual([]);
  });

  it("of two places in line one is kept", async () => {
    const event = await bothIn(2);
    await hears("/event rsvp Knots");
    await terminal.says("/event rsvp Knots");
    const linus = await t.person("Linus");
    await t.says(linus, linus, "/pod join Topology");
    await t.says(linus, linus, "/event rsvp Knots");
    expect(await seats(event)).toEqual({ going: 2, maybe: 0, waitlisted: 2 });
    await link();
    await t.settled();
    expect(await seats(event)).toEqual({ going: 2, maybe: 0, waitlisted: 1 });
    await t.says(grace, grace, "/event rsvp Knots declined");
    expect(await seats(event)).toEqual({ going: 2, maybe: 0, waitlisted: 0 });
    expect(t.troubles()).toEqual([]);
  });

  it("of two seats one is kept, and the other goes to the first in line, who is told once", async () => {
    const event = await bothIn(3);
    await hears("/event rsvp Knots");
    await terminal.says("/event rsvp Knots");
    const linus = await t.person("Linus");
    await t.says(linus, linus, "/pod join Topology");
    expect((await t.says(linus, linus, "/event rsvp Knots")).here).toContain("You are on the waitlist");
    await link();
    expect(await t.news(linus)).toEqual([expect.stringContaining("You have a seat now: Knots")]);
    expect(await seats(event)).toEqual({ going: 3, maybe: 0, waitlisted: 0 });
    expect(t.troubles()).toEqual([]);
  });
});

describe("a code", () => {
  it("works once, for five minutes, and not for oneself", async () => {
    const code = codeIn(await terminal.says("/link"));
    expect(await terminal.says(`/link ${code}`)).toContain("That code is your own");
    await t.later({ minutes: 5 });
    expect(await hears(`/link ${code}`)).toContain("wrong, used or older than 5 minutes");
    const fresh = codeIn(await terminal.says("/link"));
    expect(await joins(fresh)).toContain("belong together now");
    expect((await t.says(grace, grace, `/link ${fresh}`)).here).toContain("wrong, used or older than 5 minutes");
    expect(await memberOf(`${grace.id}`)).not.toBe(await memberOf("ada"));
  });

  it("entered on each side at the same time joins them once, and nobody is lost", async () => {
    const [here, there] = [codeIn(await terminal.says("/link")), codeIn(await hears("/link"))];
    await Promise.all([terminal.says(`/link ${there}`), hears(`/link ${here}`)]);
    await Promise.all([terminal.presses("Link"), t.presses(phone, phone, "Link")]);
    await t.settled();
    expect(await memberOf("ada")).toBe(await memberOf(`${phone.id}`));
    for (const shown of [await terminal.says("/profile"), await hears("/profile")]) expect(shown).toMatch(/ada/i);
    expect(t.troubles()).toEqual([]);
  });

  it("is refused after five wrong ones, even the right one, until five minutes are over", async () => {
    for (let n = 0; n < 5; n++) expect(await hears(`/link WRONG${n}22`)).toContain("That code is wrong");
    const right = codeIn(await terminal.says("/link"));
    expect(await hears(`/link ${right}`)).toContain("Too many tries");
    await t.later({ minutes: 4, seconds: 50 });
    expect(await hears(`/link ${codeIn(await terminal.says("/link"))}`)).toContain("Too many tries");
    await t.later({ seconds: 15 });
    expect(await joins(codeIn(await terminal.says("/link")))).toContain("belong together now");
  });
});

it("an account taken off starts afresh, and the last one stays", async () => {
  await terminal.says("/pod create Algebra");
  await joins(codeIn(await terminal.says("/link")));
  await t.settled();
  expect(await hears("/pod info Algebra")).toContain("Algebra");
  await terminal.sees();
  await terminal.says("/unlink telegram");
  expect(await terminal.presses("Take it off")).toContain("Your account Telegram (Ada) is no longer linked");
  expect(await terminal.says("/unlink")).toContain("This is your only account");
  await hears("/profile");
  expect(await memberOf(`${phone.id}`)).not.toBe(await memberOf("ada"));
  expect(await hears("/pod leave Algebra")).toContain("You are not in Algebra");
  expect(t.troubles()).toEqual([]);
});

it("an account taken off is shown nothing new by the cards in its chat", async () => {
  await bothIn(9);
  await joins(codeIn(await terminal.says("/link")));
  await hears("/event info Knots");
  await terminal.sees();
  await terminal.says("/unlink telegram");
  await terminal.presses("Take it off");
  await t.settled();
  const before = t.shown(phone, "Knots");
  await t.says(grace, grace, "/event rsvp Knots maybe");
  await t.settled();
  expect(t.shown(grace, "Maybe: 1").text).toContain("Knots");
  expect(t.shown(phone, "Knots")).toEqual(before);
});
