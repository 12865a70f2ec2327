// A whole house on a file, at its own HTTP port, with the terminal and the real Telegram adapter against a strict Bot API server.
import { setImmediate } from "node:timers/promises";
import { telegram } from "../../src/adapters/chat/telegram/index.ts";
import { type Terminal, terminal } from "../../src/adapters/chat/terminal/index.ts";
import type { Service } from "../../src/build.ts";
import type { Log } from "../../src/core/ports/log.ts";
import type { Platform } from "../../src/core/ports/platform.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { type LeapingClock, leapingClock } from "./leaping-clock.ts";
import { type Line, runningHouse, troublesIn } from "./running-house.ts";
import { type Seat, seat } from "./seat.ts";
import {
  type ShownMessage,
  type TelegramServer,
  type TelegramServerOptions,
  type TestGroup,
  type TestUser,
  telegramServer,
} from "./telegram-server/index.ts";

type Chat = { readonly id: number };

export { eventually } from "./eventually.ts";
export type { Line };

export interface Town {
  readonly server: TelegramServer;
  readonly clock: LeapingClock;
  readonly service: Service;
  readonly store: Store;
  /** Everything that was logged. */
  readonly lines: readonly Line[];
  /** What was logged as a warning or an error, but for polls that the clock leapt over. */
  troubles(): readonly string[];
  /** Posts an update to the webhook as Telegram does; answers the status. */
  post(update: Readonly<Record<string, unknown>>): Promise<number>;
  seat(name: string): Seat;
  /** Somebody on Telegram who has pressed Start and read the greeting. */
  person(first: string, language?: string): Promise<TestUser>;
  /** Says it, lets everything that follows happen, and answers what is new in the chat: in the group, and in private. */
  says(user: TestUser, chat: Chat, text: string, thread?: number): Promise<Said>;
  /** Presses the newest button of that label in the chat, and answers the notice on it. */
  presses(user: TestUser, chat: Chat, label: string): Promise<string>;
  /** The texts of the messages that came into the chat since the last look. */
  news(chat: Chat): Promise<readonly string[]>;
  /** What the newest message with these words in it shows now. */
  shown(chat: Chat, words: string): ShownMessage;
  /** Lets every update be handled and every job that is due be done. */
  settled(): Promise<void>;
  /** Lets the clock leap to an instant, and what is due then happen. */
  until(instant: string): Promise<void>;
  later(time: { hours?: number; minutes?: number; seconds?: number }): Promise<void>;
  /** Stops the house as SIGTERM does, or leaves it where it is as SIGKILL does, and starts another on the same data. */
  restart(how?: "stop" | "kill"): Promise<void>;
  close(): Promise<void>;
}

export interface Said {
  readonly here: string;
  readonly privately: string;
}

export interface TownOptions {
  readonly mode?: "webhook" | "polling";
  /** ISO 8601; 2026-03-02T09:00:00Z (a Monday) when absent. */
  readonly now?: string;
  readonly server?: TelegramServerOptions;
  /** A store that misbehaves, around the real one. */
  readonly around?: (store: Store) => Store;
  /** Telegram's own rates instead of none. */
  readonly paced?: boolean;
  /** Platforms besides Telegram and the terminal, made anew at each start. */
  readonly besides?: (parts: { readonly clock: LeapingClock; readonly log: Log }) => readonly Platform[];
  /** Written to besides `lines`. */
  readonly log?: Log;
}

/** A long poll that the clock leapt over. */
const sleptThrough = "polling Telegram failed";
const webhookSecret = "a-secret_of-32-letters-and-digits";

export async function town(options: TownOptions = {}): Promise<Town> {
  const clock = leapingClock(options.now);
  const server = await telegramServer({ now: clock.now, retryMs: 20, ...options.server });
  let seats: Terminal | undefined;
  const house = await runningHouse({
    clock,
    around: options.around,
    log: options.log,
    platforms({ store, secrets, log, publicUrl }) {
      seats = terminal({ store, clock, secrets });
      const { token, url: apiRoot } = server;
      const webhook = options.mode === "polling" ? undefined : { publicUrl, secret: webhookSecret };
      const rates = options.paced ? undefined : "none";
      const others = options.besides?.({ clock, log }) ?? [];
      return [seats, telegram({ token, apiRoot, clock, log, rates, webhook }), ...others];
    },
  });
  const { lines } = house;
  const looked = new Map<number, number>();

  async function settled(): Promise<void> {
    const end = performance.now() + 30_000;
    for (let quiet = 0; quiet < 3; ) {
      if (performance.now() > end) throw new Error("the house does not come to rest");
      await server.drained();
      const { due } = await house.service.context.queue.counts();
      quiet = due === 0 ? quiet + 1 : 0;
      await setImmediate();
    }
  }

  const since = (chat: Chat): readonly ShownMessage[] => {
    const last = looked.get(chat.id) ?? 0;
    const found = server.messages(chat).filter((message) => message.id > last);
    looked.set(chat.id, found.at(-1)?.id ?? last);
    return found;
  };

  const self: Town = {
    server,
    clock,
    lines,
    get service() {
      return house.service;
    },
    get store() {
      return house.service.context.store;
    },
    troubles: () => troublesIn(lines).filter((trouble) => !trouble.startsWith(sleptThrough)),
    async post(update) {
      const headers = { "x-telegram-bot-api-secret-token": webhookSecret };
      const body = JSON.stringify(update);
      return (await fetch(`${house.publicUrl}/telegram/${webhookSecret}`, { method: "POST", headers, body })).status;
    },
    seat: (name) => seat(name, () => ({ terminal: seats!, inbox: house.service.inbox })),
    async person(first, language = "en") {
      const user = server.user({ first, language });
      user.start();
      await self.news(user);
      return user;
    },
    async says(user, chat, text, thread) {
      user.say(chat, text, { thread });
      await settled();
      const here = since(chat).map((message) => message.text);
      const privately = chat.id === user.id ? here : since(user).map((message) => message.text);
      return { here: here.join("\n"), privately: privately.join("\n") };
    },
    async presses(user, chat, label) {
      const message = server
        .messages(chat)
        .findLast(({ keyboard }) => keyboard.flat().some((button) => button.text === label));
      if (!message) throw new Error(`no button “${label}” in chat ${chat.id}`);
      const { text = "" } = await user.press(message, label);
      await settled();
      return text;
    },
    async news(chat) {
      await settled();
      return since(chat).map((message) => message.text);
    },
    shown(chat, words) {
      const found = server.messages(chat).findLast(({ text }) => text.includes(words));
      if (!found) throw new Error(`nothing about “${words}” in chat ${chat.id}`);
      return found;
    },
    settled,
    async until(instant) {
      await settled();
      clock.leap(Date.parse(instant) - clock.now());
      await setImmediate();
      await settled();
    },
    later: ({ hours = 0, minutes = 0, seconds = 0 }) =>
      self.until(new Date(clock.now() + ((hours * 60 + minutes) * 60 + seconds) * 1000).toISOString()),
    restart: house.restart,
    async close() {
      await house.close();
      await server.close();
    },
  };
  return self;
}

/** A group with the bot in it and these people, the first of whom administers it. */
export function groupOf(town: Town, title: string, people: readonly TestUser[], forum = false): TestGroup {
  const group = town.server.group({ title, forum });
  people.forEach((user, index) => {
    group.add(user, { admin: index === 0 });
  });
  return group;
}
