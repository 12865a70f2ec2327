// A whole house on a file, at its own HTTP port, with the terminal and the real Telegram adapter against a strict Bot API server.
import { mkdtemp, rm } from "node:fs/promises";
import type { RequestListener, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { telegram } from "../../src/adapters/chat/telegram/index.ts";
import { type Terminal, terminal } from "../../src/adapters/chat/terminal/index.ts";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { build, collections, type Service } from "../../src/build.ts";
import { bound } from "../../src/core/kernel/outbox.ts";
import type { Log } from "../../src/core/ports/log.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { httpApp } from "../../src/http/app.ts";
import { listen } from "../../src/http/listen.ts";
import { type LeapingClock, leapingClock } from "./leaping-clock.ts";
import { type Seat, seat } from "./seat.ts";
import { seededSecrets } from "./secrets.ts";
import {
  type ShownMessage,
  type TelegramServer,
  type TelegramServerOptions,
  type TestGroup,
  type TestUser,
  telegramServer,
} from "./telegram-server/index.ts";

type Chat = { readonly id: number };

export interface Line {
  readonly level: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

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
  /** Written to besides `lines`. */
  readonly log?: Log;
}

/** A long poll that the clock leapt over. */
const sleptThrough = "polling Telegram failed";
const webhookSecret = "a-secret_of-32-letters-and-digits";

export async function town(options: TownOptions = {}): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), "peerspark-town-"));
  const clock = leapingClock(options.now);
  const secrets = seededSecrets(clock);
  const server = await telegramServer({ now: clock.now, retryMs: 20, ...options.server });
  const lines: Line[] = [];
  const log = recording(lines, options.log);
  let answer: RequestListener = (_, response) => void response.writeHead(503).end();
  const open = new Set<ServerResponse>();
  const front: RequestListener = (request, response) => {
    open.add(response);
    response.on("close", () => open.delete(response));
    answer(request, response);
  };
  const http = await listen(front, { host: "127.0.0.1", port: 0 });
  const closing: (() => Promise<void>)[] = [];
  const publicUrl = `http://127.0.0.1:${http.port}`;
  let running = await start();
  const looked = new Map<number, number>();

  async function start(): Promise<{ service: Service; terminal: Terminal; die: () => Promise<void> }> {
    const file = await openSqlite({ path: join(folder, "peerspark.db"), collections });
    const { store, die } = mortal(options.around?.(file) ?? file);
    closing.push(file.close);
    let seats: Terminal | undefined;
    const service = await build({
      store,
      clock,
      secrets,
      log,
      platforms: (of) => {
        seats = terminal({ store: of, clock, secrets });
        const { token, url: apiRoot } = server;
        const webhook = options.mode === "polling" ? undefined : { publicUrl, secret: webhookSecret };
        const rates = options.paced ? undefined : "none";
        return [seats, telegram({ token, apiRoot, clock, log, rates, webhook })];
      },
    });
    const webhooks = [...service.platforms.values()].flatMap((platform) => platform.webhooks);
    answer = httpApp({ webhooks, log, ready: async () => ({ ok: true, parts: {} }) });
    await service.work();
    for (const platform of service.platforms.values()) await platform.start(service.inbox, service.commands);
    const killed = async () => {
      die();
      await service.platforms.get("telegram")!.stop(0);
    };
    return { service, terminal: seats!, die: killed };
  }

  async function settled(): Promise<void> {
    const end = performance.now() + 10_000;
    for (let quiet = 0; quiet < 3; ) {
      if (performance.now() > end) throw new Error("the house does not come to rest");
      await server.drained();
      const { due } = await running.service.context.queue.counts();
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
      return running.service;
    },
    get store() {
      return running.service.context.store;
    },
    troubles: () =>
      lines
        .filter(({ level, message }) => ["warn", "error"].includes(level) && !message.startsWith(sleptThrough))
        .map((line) => `${line.message} ${line.error}`),
    async post(update) {
      const headers = { "x-telegram-bot-api-secret-token": webhookSecret };
      const body = JSON.stringify(update);
      return (await fetch(`${publicUrl}/telegram/${webhookSecret}`, { method: "POST", headers, body })).status;
    },
    seat: (name) => seat(name, () => ({ terminal: running.terminal, inbox: running.service.inbox })),
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
    async restart(how = "stop") {
      answer = (_, response) => void response.writeHead(503).end();
      if (how === "stop") await running.service.stop(1000);
      else {
        clock.silence();
        await running.die();
        for (const response of open) response.destroy();
      }
      running = await start();
    },
    async close() {
      await running.service.stop(1000);
      await http.close(100);
      await server.close();
      clock.silence();
      for (const close of closing) await close();
      await rm(folder, { recursive: true, force: true });
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

/** Resolves as soon as it holds. @throws Error after 5 s. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 5_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`never held: ${holds}`);
    await setImmediate();
  }
}

/** A store that answers nothing more once its process is dead. */
function mortal(store: Store): { readonly store: Store; readonly die: () => void } {
  let dead = false;
  const never = new Promise<never>(() => undefined);
  const living = Object.entries(bound(store)).map(([name, ask]) => {
    const call = async (...given: readonly unknown[]) => {
      if (dead) return never;
      const answer = await (ask as (...given: readonly unknown[]) => unknown)(...given);
      return dead ? never : answer;
    };
    return [name, call];
  });
  const die = () => {
    dead = true;
  };
  return { store: Object.fromEntries(living) as Store, die };
}

function recording(into: Line[], also?: Log, carried: Readonly<Record<string, unknown>> = {}): Log {
  const line = (level: "debug" | "info" | "warn" | "error") => (fields: object, message: string, error?: unknown) => {
    into.push({ level, message, fields: { ...carried, ...fields }, error });
    also?.[level](fields as never, message, error);
  };
  return {
    debug: line("debug"),
    info: line("info"),
    warn: line("warn"),
    error: line("error"),
    with: (fields) => recording(into, also?.with(fields), { ...carried, ...fields }),
  };
}
