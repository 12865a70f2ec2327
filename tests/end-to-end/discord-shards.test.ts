// Two processes with half of Discord's shards each, on one store: either serves its guilds, and each other's buttons and cards.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { events } from "../../src/core/events/read.ts";
import { atRest } from "../support/city/at-rest.ts";
import { type Citizen, citizen } from "../support/city/citizen.ts";
import { type DiscordDistrict, discordDistrict } from "../support/city/discord.ts";
import type { Hand, Square } from "../support/city/district.ts";
import { type LeapingClock, leapingClock } from "../support/leaping-clock.ts";
import { type RunningHouse, runningHouse, troublesIn } from "../support/running-house.ts";

const count = 2;
let clock: LeapingClock;
let discord: DiscordDistrict;
let houses: RunningHouse[];
let folder: string;

beforeEach(async () => {
  clock = leapingClock();
  folder = await mkdtemp(join(tmpdir(), "peerspark-shards-"));
  discord = await discordDistrict(clock, count);
  houses = [];
  for (const id of [0, 1])
    houses.push(
      await runningHouse({
        clock,
        folder,
        seed: id + 1,
        platforms: (parts) => [discord.platform(parts, { ids: [id], count })],
      }),
    );
});
afterEach(async () => {
  expect(houses.flatMap(({ lines }) => troublesIn(lines))).toEqual([]);
  for (const house of houses) await house.close();
  await discord.close();
  await rm(folder, { recursive: true, force: true });
});

const settled = () => atRest(houses, [discord]);
const person = (name: string): Citizen => {
  const hand = discord.person(name);
  return citizen(hand, { houses, district: discord, settled });
};

/** Which process is told what happens there. */
const shardOf = ({ id }: Square) =>
  Number((BigInt(discord.guildOf({ platform: "discord", id }).id) >> 22n) % BigInt(count));

/** A guild that the process with this shard serves; ids go by time. */
async function squareOn(shard: number, people: readonly Hand[]): Promise<Square> {
  for (;;) {
    const square = discord.square({ title: `Hall ${shard}`, people });
    if (shardOf(square) === shard) return square;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const heard = () => houses.map((house) => house.heard.count);
const card = (square: Square) => discord.seenIn(square).filter(({ text }) => text.includes("Knots"));

async function bothBound() {
  const [ada, grace] = [person("Ada"), person("Grace")];
  const west = await squareOn(0, [ada.hand, grace.hand]);
  const east = await squareOn(1, [ada.hand, grace.hand]);
  await ada.asks("pod create", { name: "Topology" });
  for (const square of [west, east])
    expect((await ada.asks("pod bind", { pod: "Topology" }, square)).here).toContain("is at home here now");
  await grace.asks("pod join", { pod: "Topology" }, east);
  await ada.asks("event create", { what: "Knots tomorrow 6pm", capacity: 2 });
  await ada.presses("Create");
  for (const square of [west, east]) expect(card(square)).toHaveLength(1);
  return { ada, grace, west, east };
}

it("each serves its own guilds, the first the direct messages, and a card is current in both", async () => {
  const { ada, grace, west, east } = await bothBound();
  const [first, second] = heard();
  await grace.presses("Going", east);
  expect(heard()).toEqual([first, second! + 1]);
  for (const square of [west, east]) expect(card(square)[0]!.text).toContain("**Going (2)**: Ada, Grace");
  await ada.presses("Can't", west);
  expect(heard()).toEqual([first! + 1, second! + 1]);
  for (const square of [west, east]) expect(card(square)[0]!.text).toContain("**Going (1)**: Grace");
  await grace.asks("profile");
  expect(heard()).toEqual([first! + 2, second! + 1]);
  const linus = person("Linus");
  await linus.asks("pod join", { pod: "Topology" }, west);
  await Promise.all([linus.presses("Going", west), ada.presses("Going", east)]);
  for (const square of [west, east]) expect(card(square)[0]!.text).toContain("2 of 2, 1 on the waitlist");
});

it("a card that one posted answers through the other, also after it is gone", async () => {
  const { ada, grace, west, east } = await bothBound();
  await houses[0]!.close();
  const [, second] = houses;
  houses = [second!];
  const alone = { houses, district: discord, settled: () => atRest(houses, []) };
  expect((await citizen(grace.hand, alone).presses("Going", east)).alone).toContain("You are going to Knots");
  for (const square of [west, east]) expect(card(square)[0]!.text).toContain("**Going (2)**: Ada, Grace");
  clock.leap(Date.parse("2026-03-02T18:00:01Z") - clock.now());
  await atRest(houses, []);
  for (const one of [ada, grace])
    expect(one.hand.sees().filter(({ text }) => text.includes("Knots starts in 24 hours"))).toHaveLength(1);
});

it("what both could do is done once: reminders, posts, promotions", async () => {
  const { ada, grace, west, east } = await bothBound();
  await grace.presses("Going", east);
  for (const instant of ["2026-03-02T18:00:01Z", "2026-03-03T17:00:01Z"]) {
    await settled();
    clock.leap(Date.parse(instant) - clock.now());
    await settled();
  }
  for (const one of [ada, grace]) {
    const told = one.hand.sees().map(({ text }) => text);
    for (const words of ["Knots starts in 24 hours", "Knots starts in 1 hour"])
      expect([words, told.filter((text) => text.includes(words)).length]).toEqual([words, 1]);
  }
  for (const square of [west, east]) expect(card(square)).toHaveLength(1);
  const { rows } = await houses[1]!.service.context.store.find(events, { limit: 2 });
  expect(rows).toMatchObject([{ attendeesCount: 2 }]);
});
