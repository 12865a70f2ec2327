// What was written while nobody heard: of the last hour, and nothing from before a channel agreed to be heard.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { discordApi } from "../../../../src/adapters/chat/discord/api.ts";
import { catchUp, writtenAt } from "../../../../src/adapters/chat/discord/catch-up.ts";
import type { Bridged } from "../../../../src/core/ports/platform.ts";
import { type DiscordServer, discordServer, type TestGuild } from "../../../support/discord-server/index.ts";
import { right } from "../../../support/discord-server/rights.ts";
import { quietLog, realClock } from "./connected.ts";

const start = Date.parse("2026-03-02T09:00:00Z");
const minute = 60_000;
let now = start;
let server: DiscordServer;
let club: TestGuild;
beforeEach(async () => {
  now = start;
  server = await discordServer({ now: () => now });
  club = server.guild();
});
afterEach(() => server.close());

const at = (minutes: number) => {
  now = start + minutes * minute;
};
const bridged = (since: number, more: Partial<Bridged> = {}): Bridged => ({
  platform: "discord",
  channel: club.general.id,
  space: club.id,
  since,
  ...more,
});

async function caughtUp(...places: readonly Bridged[]) {
  const { log } = quietLog();
  const clock = { ...realClock, now: () => now };
  const api = discordApi({ token: server.token, apiUrl: server.url, clock: realClock, log, perSecond: 1_000 });
  const heard: unknown[] = [];
  const inbox = { bridged: async () => places };
  await catchUp({ api, clock, log, inbox }, [club.id], async (message) => void heard.push(message));
  await api.close();
  return heard as { content: string; guild_id: string }[];
}

it("is of the last hour, the oldest first, and says which server it is of", async () => {
  const ada = server.user();
  const first = ada.say(club.general, "long ago");
  expect(writtenAt(first.id)).toBe(start);
  at(30);
  ada.say(club.general, "one");
  at(60);
  ada.say(club.general, "two");
  at(80);
  expect(await caughtUp(bridged(start))).toMatchObject([
    { content: "one", guild_id: club.id },
    { content: "two", guild_id: club.id },
  ]);
});

it("is nothing from before the channel agreed", async () => {
  const ada = server.user();
  ada.say(club.general, "among ourselves");
  at(10);
  ada.say(club.general, "to all");
  expect(await caughtUp(bridged(start + 5 * minute))).toMatchObject([{ content: "to all" }]);
});

it("is the newest hundred of a channel, and of the others where one is closed or gone", async () => {
  const ada = server.user();
  for (let n = 1; n <= 130; n++) ada.say(club.general, `${n}`);
  const hall = club.channel("hall");
  club.deny(hall, right.view);
  const heard = await caughtUp(
    bridged(start, { channel: hall.id }),
    bridged(start, { channel: "1".repeat(18) }),
    bridged(start),
  );
  expect(heard.map(({ content }) => content)).toEqual(Array.from({ length: 100 }, (_, n) => `${n + 31}`));
});
