// A day's budget, whatever comes: bundles, digests, what waited for quiet hours, what was over it the day before.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { localDay } from "../../../src/core/notifications/quiet.ts";
import { digestType } from "../../../src/core/notifications/texts.ts";
import {
  choose,
  faded,
  hour,
  house,
  inbox,
  liked,
  met,
  minute,
  open,
  rang,
  sent,
  state,
  tell,
  until,
} from "./attention-house.ts";

afterEach(() => house.close());

describe("the budget of a day", () => {
  beforeEach(() => open("2026-03-02T12:00:00Z"));

  it("holds for many of a kind that come as one", async () => {
    await choose("budget 2");
    for (let at = 0; at < 3 * hour; at += 6 * minute) {
      for (let n = 0; n < 6; n++) await state(liked, `${at} ${n}`, { about: "post" });
      await house.advance(6 * minute);
    }
    expect(sent()).toHaveLength(2);
    await until("2026-03-03T08:00:00Z"); // 9:00 in Berlin
    const firstLines = sent().map((text) => text.split("\n")[0]);
    expect(firstLines.slice(2)).toEqual(["99 more in your inbox", "79 more in your inbox"]);
    await house.advance(24 * hour);
    expect(sent()).toHaveLength(4);
  });

  it("keeps its last place for what waits to be told as one that day", async () => {
    await choose("digest daily 18:00");
    await choose("budget 2");
    await tell(liked, "for the digest");
    for (const text of ["a", "b", "c"]) await tell(met, text, { at: house.clock.now() + 30 * hour });
    expect(sent()).toEqual(["met\na"]);
    await until("2026-03-02T17:00:00Z");
    expect(sent().slice(1)).toEqual([expect.stringMatching(/^News for you \(3\)/)]);
  });

  it("what is over it and begins before quiet hours end comes at its hour, and the rest after them", async () => {
    await choose("digest daily 18:00");
    await choose("budget 0");
    await choose("quiet 17:00-20:00");
    await tell(met, "soon", { at: Date.parse("2026-03-02T18:30:00Z") });
    await tell(liked, "a");
    await until("2026-03-02T17:00:00Z");
    expect(sent()).toEqual(["met\nsoon"]);
    await house.advance(12 * hour);
    expect(sent()).toHaveLength(1);
    await until("2026-03-03T19:00:00Z");
    expect(sent().slice(1)).toEqual(["liked\na"]);
  });

  it("that is raised lets come what waits", async () => {
    await choose("budget 1");
    for (const text of ["a", "b", "c"]) await tell(liked, text);
    expect(sent()).toEqual(["liked\na"]);
    await choose("budget 50");
    await house.advance(0);
    expect(sent().slice(1)).toEqual([expect.stringMatching(/^2 more in your inbox/)]);
    await house.advance(48 * hour);
    expect(sent()).toHaveLength(2);
  });

  it("that is spent goes on holding when something else is changed", async () => {
    await choose("budget 1");
    for (const text of ["a", "b"]) await tell(liked, text);
    await choose("events mail on");
    await house.advance(hour);
    expect(sent()).toHaveLength(1);
    await until("2026-03-03T08:00:00Z");
    expect(sent().slice(1)).toEqual(["liked\nb"]);
  });
});

/** The same every time: a linear congruential generator (Numerical Recipes). */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

const zone = "Europe/Berlin";
const quiets = ["off", "22:00-07:30", "08:00-10:00", "17:00-20:00", "12:00-11:00"];
const digests = ["off", "daily 18:00", "daily 23:00", "daily 9:00", "weekly tuesday 18:00"];

describe("whatever comes", () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

  it.each(seeds)("no more than that come in a day, and nothing waits for ever: %i", async (seed) => {
    await open("2026-03-02T12:00:00Z");
    const roll = dice(seed);
    const budget = roll(5);
    const pick = (from: readonly string[]) => from[roll(from.length)];
    await choose(`budget ${budget}`);
    await choose(`quiet ${pick(quiets)}`);
    await choose(`digest ${pick(digests)}`);
    const days: string[] = [];
    house.platform("terminal").after = ({ text }) => {
      if (!text.includes("rang")) days.push(localDay(house.clock.now(), zone));
    };
    for (let n = 0; n < 50; n++) {
      for (let count = 1 + roll(6), about = `post ${roll(3)}`; count > 0; count--) {
        const at = house.clock.now() + roll(30) * hour;
        const fact = [liked, liked, met, faded, rang][roll(5)]!;
        await state(fact, `${n} ${count}`, { about: roll(2) ? about : `${n} ${count}`, at });
      }
      await house.advance(roll(150) * minute);
    }
    for (let day = 0; day < 15; day++) await house.advance(24 * hour);
    const perDay = [...Map.groupBy(days, (day) => day).values()].map(({ length }) => length);
    expect(perDay.length).toBeGreaterThan(0);
    expect(Math.max(...perDay)).toBeLessThanOrEqual(Math.max(budget, 1));
    const rows = await inbox();
    expect(rows.filter(({ dueAt }) => dueAt !== undefined)).toEqual([]);
    const toldAsOne = rows.filter(({ type }) => type === digestType).map(({ id }) => id);
    for (const { inDigest } of rows) if (inDigest) expect(toldAsOne).toContain(inDigest);
  });
});
