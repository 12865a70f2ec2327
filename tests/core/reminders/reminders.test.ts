// Reminders from the asking to the ringing: limits, races, other people's, hostile words.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { buttonData, callBehind } from "../../../src/adapters/chat/button-data.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { reminders as feature } from "../../../src/core/reminders/index.ts";
import { keepBothReminders, openReminders, reminders } from "../../../src/core/reminders/reminder.ts";
import { ringReminder } from "../../../src/core/reminders/ring-reminder.ts";
import { sweepReminders } from "../../../src/core/reminders/sweep-reminders.ts";
import { jobs } from "../../../src/jobs/drivers/embedded/rows.ts";
import { people, press, type SmallHouse, smallHouse } from "../notifications/small-house.ts";

const hour = 3600_000;
const day = 24 * hour;
const told = [people, feature];
let house: SmallHouse;
let ada: string;

beforeEach(async () => {
  house = await smallHouse([...told, notificationsOf(told)], { now: "2026-03-02T09:00:00Z" });
  ada = await house.member("ada", { zone: "Europe/Berlin" });
});
afterEach(() => house.close());

const remind = (what: string, more: Record<string, unknown> = {}, who = ada) =>
  house.does(who, { action: "reminder.create", input: { what, ...more } });
const rung = () => house.platform("terminal").sent.map(({ text }) => text);

describe("/remind me", () => {
  it("shows how the time was understood, in the member's zone, and rings then", async () => {
    const set = await remind("to revise chapter 3 tomorrow at 7");
    expect(set.text).toContain("revise chapter 3");
    expect(set.text).not.toContain("to revise");
    expect(set.text).toMatch(/Tue,? 3 Mar 2026,? 07:00 CET/);
    house.start();
    await house.advance(21 * hour - 1);
    expect(rung()).toEqual([]);
    await house.advance(1);
    expect(rung()).toHaveLength(1);
    expect(rung()[0]).toMatch(/revise chapter 3\nDue Tue/);
  });

  it("asks when, and then what is missing, without losing what was said", async () => {
    const asked = await remind("to water the plants");
    expect(asked.asks).toBe("when");
    const unread = await house.does(ada, { ...asked.call!, input: { ...asked.call!.input, when: "banana" } });
    expect(unread).toMatchObject({ asks: "when", text: "I found no time in that." });
    const set = await house.does(ada, { ...unread.call!, input: { ...unread.call!.input, when: "in 20 minutes" } });
    expect(set.text).toContain("water the plants");
    expect((await openReminders(house.store, ada))[0]!.dueAt).toBe(house.clock.now() + 20 * 60_000);

    const nothing = await remind("tomorrow at 7");
    expect(nothing.asks).toBe("what");
    const second = await house.does(ada, { ...nothing.call!, input: { ...nothing.call!.input, what: "call Grace" } });
    expect(second.text).toContain("call Grace");
  });

  it("takes a day without a time as nine o'clock and asks when that is over", async () => {
    expect((await remind("pay the rent tomorrow")).text).toMatch(/3 Mar 2026,? 09:00 CET[\s\S]*/);
    expect((await remind("pay the rent today")).asks).toBe("when");
  });

  it.each(["yesterday at 5pm", "tomorrow at 25:00", "on 31 February"])(
    "refuses a time that cannot be: %s",
    async (time) => {
      const asked = await remind(`call Grace ${time}`);
      expect(asked).toMatchObject({ asks: "when", call: { input: { what: "call Grace" } } });
      expect(asked.text).toMatch(/in the past|no “/);
      expect(
        (await house.does(ada, { action: "reminder.create", input: { what: "call Grace", when: time } })).asks,
      ).toBe("when");
      expect(await openReminders(house.store, ada)).toEqual([]);
    },
  );

  it("reaches five years ahead and no further", async () => {
    expect((await remind("renew the passport on 1 March 2031 at 8:00")).text).toContain("2031");
    expect((await remind("renew the passport on 3 March 2031 at 8:00")).text).toContain("more than five years away");
  });

  it("can be queued whenever it is accepted, to the last minute of five years with two leap days", async () => {
    await house.close();
    house = await smallHouse([...told, notificationsOf(told)], { now: "2027-03-01T10:00:00Z" });
    // Where the day has just begun: the clocks of Kiritimati are 14 hours ahead.
    ada = await house.member("ada", { zone: "Pacific/Kiritimati" });
    await remind("renew the passport on 2 March 2032 at 23:59");
    const [farthest] = await openReminders(house.store, ada);
    expect(farthest!.dueAt).toBe(Date.parse("2032-03-02T09:59:00Z"));
    expect((await house.store.find(jobs, { limit: 100 })).rows).toContainEqual(
      expect.objectContaining({ runAt: farthest!.dueAt }),
    );
  });

  it("rings after forty days, across the change of the clocks, at the same wall-clock time", async () => {
    await remind("hand in the essay on 11 April at 18:00");
    house.start();
    await house.advance(Date.parse("2026-04-11T15:59:59Z") - house.clock.now());
    expect(rung()).toEqual([]);
    await house.advance(1000);
    expect(rung()[0]).toContain("18:00 CEST");
  });
});

describe("fifty open reminders", () => {
  it("are the most, also when sixty are asked for at once; a rung one makes room", async () => {
    const asked = await Promise.allSettled(Array.from({ length: 60 }, (_, n) => remind(`${n} sheep in 2 hours`)));
    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(50);
    for (const one of asked) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
    expect(await openReminders(house.store, ada)).toHaveLength(50);
    await expect(remind("one more tomorrow at 8")).rejects.toThrow("50 open reminders");
    await house.does(ada, {
      action: "reminder.cancel",
      input: { reminder: (await openReminders(house.store, ada))[0]!.id },
    });
    expect((await remind("one more tomorrow at 8")).text).toContain("one more");
    house.start();
    await house.advance(2 * hour);
    expect((await remind("yet another tomorrow at 8")).text).toContain("yet another");
  });

  it("are listed page by page, each with a choice that cancels it", async () => {
    for (let n = 1; n <= 9; n++) await remind(`sheep number ${n} in ${n} hours`);
    const first = await house.does(ada, { action: "reminder.list", input: {} });
    expect(first.text).toContain("sheep number 1");
    expect(first.text).not.toContain("sheep number 9");
    const second = await house.does(ada, press(first, "More"));
    expect(second.text).toContain("sheep number 9");
    const { label } = second.select!.options[0]!;
    const cancelled = await house.does(ada, press(second, label));
    expect(cancelled).toMatchObject({ text: "Cancelled: sheep number 9", replaces: true });
    expect(await openReminders(house.store, ada)).toHaveLength(8);
  });

  it("of two members that become one are all kept", async () => {
    const grace = await house.member("grace");
    for (let n = 0; n < 40; n++) {
      await remind(`ada ${n} in 3 hours`);
      await remind(`grace ${n} in 3 hours`, {}, grace);
    }
    const rule = keepBothReminders;
    const byGrace = await openReminders(house.store, grace);
    for (const row of byGrace) {
      const kept = (await openReminders(house.store, ada)).find(({ slot }) => slot === row.slot);
      if (kept) await rule.clash(house.context, kept, row);
    }
    const all = await openReminders(house.store, ada);
    expect(all.length + (await openReminders(house.store, grace)).length).toBe(80);
    expect(new Set(all.map(({ slot }) => slot)).size).toBe(all.length);
  });
});

describe("naming a reminder", () => {
  it("works by code, by first words and by any words, not by somebody else's code", async () => {
    await remind("revise chapter 3 tomorrow at 7");
    await remind("revise chapter 4 tomorrow at 8");
    const [three, four] = await openReminders(house.store, ada);
    const cancel = (reminder: string, who = ada) => house.does(who, { action: "reminder.cancel", input: { reminder } });
    expect(await cancel("revise")).toMatchObject({ asks: "reminder", text: expect.stringContaining(three!.code) });
    const eve = await house.member("eve");
    for (const named of [three!.id, three!.code, three!.text]) {
      await expect(cancel(named, eve)).rejects.toMatchObject({ code: "not_found" });
      await expect(house.does(eve, { action: "reminder.snooze", input: { reminder: named } })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect((await cancel(three!.code.toLowerCase())).text).toBe("Cancelled: revise chapter 3");
    expect((await cancel("chapter 4")).text).toBe("Cancelled: revise chapter 4");
    expect((await cancel(four!.id)).text).toBe("Cancelled: revise chapter 4");
    await remind("sweep the Straße tomorrow at 9");
    expect((await cancel("the  STRASSE")).text).toBe("Cancelled: sweep the Straße");
  });
});

describe("moving", () => {
  const move = (when: string, who = ada) =>
    house.does(who, { action: "reminder.move", input: { reminder: "call Grace", when } });

  it("to a day alone keeps the time of day, across the change of the clocks, and says so", async () => {
    await remind("call Grace tomorrow at 10:00");
    const saturday = await move("saturday");
    expect(saturday.text).toMatch(/You gave no time of day: I kept 10:00\.[\s\S]*Sat, 7 Mar 2026,? 10:00 CET/);
    expect((await move("on 30 March")).text).toMatch(/30 Mar 2026,? 10:00 CEST/);
    expect(await move("today at 10:30")).toMatchObject({ text: expect.not.stringContaining("I kept") });
    expect((await move("tomorrow")).text).toMatch(/I kept 10:30[\s\S]*3 Mar 2026,? 10:30/);
    await move("tomorrow at 8:00");
    expect(await move("today")).toMatchObject({ asks: "when", text: "At what time today?" });
  });

  it("to a night that lacks the hour says what was taken", async () => {
    await remind("call Grace tomorrow at 02:30");
    expect((await move("on 29 March")).text).toMatch(/I kept 02:30[\s\S]*I took 03:30[\s\S]*03:30 CEST/);
  });

  it("says in German that the time of day was kept", async () => {
    const karl = await house.member("karl", { zone: "Europe/Vienna", language: "de" });
    await remind("call Grace morgen um 10", {}, karl);
    expect((await move("samstag", karl)).text).toMatch(
      /Du hast keine Uhrzeit angegeben: Es bleibt bei 10:00\.[\s\S]*7\. März 2026,? 10:00/,
    );
  });
});

describe("ringing", () => {
  it("happens once, however many turns there are, and survives a queue that lost everything", async () => {
    await remind("revise in 1 hour");
    const { id, dueAt } = (await openReminders(house.store, ada))[0]!;
    const lost = await house.store.find(jobs, { limit: 100 });
    await house.store.commit(lost.rows.map((row) => ({ kind: "remove" as const, in: jobs, id: row.id })));
    house.start();
    await house.advance(hour + 5 * 60_000);
    expect(rung()).toEqual([]);
    await sweepReminders.run(house.context, {}, { attempt: 1, runAt: 0 });
    await house.advance(0);
    expect(rung()).toHaveLength(1);
    expect(rung()[0]).toContain("This was due on");
    await Promise.all(
      [1, 2, 3].map(() => ringReminder.run(house.context, { reminder: id, dueAt }, { attempt: 1, runAt: 0 })),
    );
    await sweepReminders.run(house.context, {}, { attempt: 1, runAt: 0 });
    await house.advance(hour);
    expect(rung()).toHaveLength(1);
  });

  it("of turns run at the same instant one rings", async () => {
    await remind("revise in 1 hour");
    const { id, dueAt } = (await openReminders(house.store, ada))[0]!;
    await house.advance(hour);
    const run = () => ringReminder.run(house.context, { reminder: id, dueAt }, { attempt: 1, runAt: dueAt });
    await Promise.all([run(), run(), run(), run()]);
    house.start();
    await house.advance(0);
    expect(rung()).toHaveLength(1);
  });

  it("neither rings early nor twice when the clock jumps back an hour", async () => {
    await remind("revise in 2 hours");
    house.start();
    await house.advance(1.5 * hour);
    house.clock.jump(-hour);
    await house.advance(hour);
    expect(rung()).toEqual([]);
    await house.advance(0.5 * hour);
    expect(rung()).toHaveLength(1);
    house.clock.jump(-hour);
    await house.advance(3 * hour);
    expect(rung()).toHaveLength(1);
  });

  it("does not happen for a cancelled or a moved one at its old time", async () => {
    await remind("call Grace in 1 hour");
    await remind("call Linus in 1 hour");
    await house.does(ada, { action: "reminder.cancel", input: { reminder: "call Grace" } });
    await house.does(ada, { action: "reminder.move", input: { reminder: "call Linus", when: "in 3 hours" } });
    house.start();
    await house.advance(2 * hour);
    expect(rung()).toEqual([]);
    await house.advance(hour);
    expect(rung()).toHaveLength(1);
    await expect(
      house.does(ada, { action: "reminder.snooze", input: { reminder: (await cancelled())!.id } }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
  const cancelled = async () =>
    (await house.store.find(reminders, { where: { memberId: ada, status: "cancelled" }, limit: 1 })).rows[0];
});

describe("snoozing", () => {
  it("is offered where it rings, works twice at once, and rings again", async () => {
    await remind("revise in 1 hour");
    house.start();
    await house.advance(hour);
    const call = press(house.platform("terminal").sent[0]!.view, "10 minutes");
    await Promise.all([house.does(ada, call), house.does(ada, call)]);
    expect(await openReminders(house.store, ada)).toHaveLength(1);
    await house.advance(10 * 60_000);
    expect(rung()).toHaveLength(2);
    await house.does(ada, { action: "reminder.snooze", input: { for: "1h" } });
    await house.advance(hour);
    expect(rung()).toHaveLength(3);
  });

  it("until tomorrow means the time of the card it was pressed on, however often it was snoozed before", async () => {
    await remind("revise in 1 hour");
    house.start();
    await house.advance(hour);
    const { view } = house.platform("terminal").sent[0]!;
    const carried = buttonData(house.context, 64).of(press(view, "Tomorrow, same time"));
    expect(carried).toMatch(/^reminder\.snooze\|/);
    await house.does(ada, press(view, "10 minutes"));
    for (const call of [press(view, "Tomorrow, same time"), (await callBehind(house.context, carried))!.call]) {
      await house.does(ada, call);
      expect((await openReminders(house.store, ada))[0]!.dueAt).toBe(Date.parse("2026-03-03T10:00:00Z"));
    }
    expect((await house.does(ada, press(view, "10 minutes"))).text).toContain("11:10 CET");
  });

  it("until tomorrow by a button from before counts from the time the reminder has", async () => {
    await remind("revise in 1 hour");
    const { id, dueAt } = (await openReminders(house.store, ada))[0]!;
    house.start();
    await house.advance(hour);
    await house.does(ada, { action: "reminder.snooze", input: { reminder: id, for: "tomorrow" } });
    expect((await openReminders(house.store, ada))[0]!.dueAt).toBe(dueAt + day);
  });

  it.each([
    ["spring", "2026-03-28T08:00:00Z", "2026-03-28T09:00:00Z", "2026-03-29T08:00:00Z", 23],
    ["autumn", "2026-10-24T07:00:00Z", "2026-10-24T08:00:00Z", "2026-10-25T09:00:00Z", 25],
  ])("until tomorrow keeps the time of day across the change in %s", async (_season, now, due, next, hours) => {
    await house.close();
    house = await smallHouse([...told, notificationsOf(told)], { now });
    ada = await house.member("ada", { zone: "Europe/Berlin" });
    await remind("revise at 10:00");
    expect((await openReminders(house.store, ada))[0]!.dueAt).toBe(Date.parse(due));
    house.start();
    await house.advance(hour);
    await house.does(ada, press(house.platform("terminal").sent[0]!.view, "Tomorrow, same time"));
    expect((await openReminders(house.store, ada))[0]!.dueAt).toBe(Date.parse(next));
    await house.advance(hours * hour);
    expect(rung()).toHaveLength(2);
  });
});

describe("hostile words", () => {
  it.each([
    "<b>@everyone</b> **bold** `code` https://x.example",
    "\u202eevil right to left \u05e9\u05dc\u05d5\u05dd",
    "👩‍👩‍👧‍👦🏳️‍🌈".repeat(8),
    "'; DROP TABLE reminders; --",
  ])("are kept and shown as they are: %s", async (words) => {
    const set = await remind(words, { when: "in 1 hour" });
    expect(set.text).toContain(words);
    house.start();
    await house.advance(hour);
    expect(rung()[0]).toContain(words);
  });

  it("are refused with a limit when too long, and asked for again when there is nothing to see", async () => {
    const long = await remind("x".repeat(10_000), { when: "in 1 hour" });
    expect(long).toMatchObject({ asks: "what", call: { input: { when: "in 1 hour" } } });
    expect(long.text).toBe("That is too long: at most 500 characters, please.");
    expect((await remind("\u200b\u2060\u00ad", { when: "in 1 hour" })).asks).toBe("what");
    expect((await remind("to", { when: "in 1 hour" })).asks).toBe("what");
    await expect(
      house.does(ada, { action: "reminder.cancel", input: { reminder: "\u200b%_\\" } }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

it("finds an open one again a year later in German", async () => {
  const karl = await house.member("karl", { zone: "Europe/Vienna", language: "de" });
  const set = await remind("zu lernen morgen um 7", {}, karl);
  expect(set.text).toMatch(/Erinnerung gesetzt\nlernen/);
  await house.advance(365 * day);
  expect((await house.does(karl, { action: "reminder.list", input: {} })).text).toContain("lernen");
});
