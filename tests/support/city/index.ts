// A whole house on a file with the real Discord, Slack and Telegram adapters against strict servers, driven by what people do in their apps.
import { setImmediate } from "node:timers/promises";
import type { Store } from "../../../src/core/ports/store.ts";
import { eventually } from "../eventually.ts";
import { type LeapingClock, leapingClock } from "../leaping-clock.ts";
import { type Line, runningHouse, troublesIn } from "../running-house.ts";
import { atRest, heardBy } from "./at-rest.ts";
import { type Citizen, citizen } from "./citizen.ts";
import { type DiscordDistrict, discordDistrict } from "./discord.ts";
import type { District, NewPerson, NewSquare, Seen, Shown, Square } from "./district.ts";
import { type SlackDistrict, type SlackMode, slackDistrict } from "./slack.ts";
import { type TelegramDistrict, telegramDistrict } from "./telegram.ts";

export type { Told } from "./citizen.ts";
export type { Citizen, Seen, SlackMode, Square };

export type App = "discord" | "slack" | "telegram";

export interface City {
  readonly discord: DiscordDistrict;
  readonly slack: SlackDistrict;
  readonly telegram: TelegramDistrict;
  readonly clock: LeapingClock;
  readonly store: Store;
  /** Updates that wait for the store. */
  kept(): Promise<number>;
  /** Everything that was logged. */
  readonly lines: readonly Line[];
  /** What was logged as a warning or an error. */
  troubles(): readonly string[];
  /** Somebody in an app; on Telegram they have pressed Start and read the greeting. */
  person(app: App, name: string, options?: NewPerson): Promise<Citizen>;
  square(app: App, options: Omit<NewSquare, "people"> & { readonly people: readonly Citizen[] }): Promise<Square>;
  /** Lets something happen that reaches the house, and everything that follows from it. */
  happens(deed: () => Promise<unknown>): Promise<void>;
  /** Messages for everybody there with these words in them, oldest first. */
  shown(square: Square, words: string): readonly Seen[];
  /** Everything that is shown anywhere, to anybody. */
  everything(): readonly Shown[];
  /** Lets everything that is due be done. */
  settled(): Promise<void>;
  /** Lets the clock leap to an instant, and what is due then happen. */
  until(instant: string): Promise<void>;
  /** Stops the house as SIGTERM does, or leaves it where it is as SIGKILL does, and starts another on the same data. */
  restart(how?: "stop" | "kill"): Promise<void>;
  close(): Promise<void>;
}

export interface CityOptions {
  readonly slack?: SlackMode;
  /** ISO 8601; 2026-03-02T09:00:00Z (a Monday) when absent. */
  readonly now?: string;
  /** A store that misbehaves, around the real one. */
  readonly around?: (store: Store) => Store;
  /** A store over a network, in place of the file. */
  readonly remote?: () => Promise<Store>;
}

export async function city(options: CityOptions = {}): Promise<City> {
  const clock = leapingClock(options.now);
  const [discord, slack, telegram] = await Promise.all([
    discordDistrict(clock),
    slackDistrict(clock, options.slack),
    telegramDistrict(clock),
  ]);
  const districts = { discord, slack, telegram };
  const all: readonly District[] = Object.values(districts);
  const house = await runningHouse({
    clock,
    around: options.around,
    remote: options.remote,
    platforms: (parts) => all.map((district) => district.platform(parts)),
  });
  const settled = () => atRest([house], all);

  return {
    ...districts,
    clock,
    lines: house.lines,
    get store() {
      return house.service.context.store;
    },
    kept: () => house.service.kept(),
    troubles: () => troublesIn(house.lines),
    async person(app, name, more) {
      const district = districts[app];
      const hand = district.person(name, more);
      const somebody = citizen(hand, { houses: [house], district, settled });
      if (app === "telegram") await somebody.says("/start");
      return somebody;
    },
    async square(app, { people, ...more }) {
      const square = districts[app].square({ ...more, people: people.map(({ hand }) => hand) });
      await settled();
      return square;
    },
    async happens(deed) {
      const before = heardBy([house]);
      await deed();
      await eventually(() => heardBy([house]) > before);
      await settled();
    },
    shown: (square, words) =>
      districts[square.platform as App].seenIn(square).filter(({ text }) => text.includes(words)),
    everything: () => all.flatMap((district) => district.everything()),
    settled,
    async until(instant) {
      await settled();
      clock.leap(Date.parse(instant) - clock.now());
      await setImmediate();
      await settled();
    },
    restart: house.restart,
    async close() {
      await house.close();
      for (const district of all) await district.close();
    },
  };
}
