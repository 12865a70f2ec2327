// A Bot API server for tests, as strict as Telegram: the real adapter and other bots talk to it over HTTP.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Planned } from "../planned-faults.ts";
import { answer } from "./answer.ts";
import { delivery } from "./delivery.ts";
import type { Fault } from "./faults.ts";
import { type Limits, limiter, realLimits } from "./limits.ts";
import type { UploadedFile } from "./multipart.ts";
import { type GroupOptions, newGroup, newUser, type TestGroup, type TestUser } from "./people.ts";
import type { Call, Person, State } from "./state.ts";
import { type Shown, type ShownMessage, shownMessage, transcript } from "./transcript.ts";

export type { Fault, Shown, ShownMessage, TestGroup, TestUser };

export interface TelegramServerOptions {
  readonly token?: string;
  readonly username?: string;
  /** 429 by the real limits, by others, or never (when absent). */
  readonly limits?: Limits | "real";
  /** Epoch ms; the machine's clock when absent. */
  readonly now?: () => number;
  /** Whether the bot's privacy mode is off. */
  readonly hearsAll?: boolean;
  /** ms before a webhook post that was not taken comes again; it doubles. */
  readonly retryMs?: number;
  /** Calls that are remembered, the latest; 10 000 when absent. */
  readonly remembered?: number;
}

export interface TelegramServer {
  /** What a bot takes for api.telegram.org. */
  readonly url: string;
  readonly token: string;
  readonly bot: Person & { readonly username: string };
  user(person?: { first?: string; last?: string; language?: string; username?: string }): TestUser;
  group(options: GroupOptions): TestGroup;
  /** What the bot has in a chat now, oldest first. */
  messages(chat: { readonly id: number }): readonly ShownMessage[];
  /** The next thing that the bot shows there. @throws Error after 5 s or `withinMs`. */
  next(chat: { readonly id: number }, withinMs?: number): Promise<Shown>;
  /** The bot's own reactions to a message. */
  reactions(message: { readonly chat: number; readonly id: number }): readonly string[];
  calls(method?: string): readonly Call[];
  readonly files: readonly UploadedFile[];
  /** The next `times` calls (1 when absent) of the method, or of any, meet a fault. */
  fault(fault: Fault, options?: { readonly method?: string; readonly times?: number }): void;
  /** Delivers an update as it is; its `update_id` is given by the server. */
  emit(update: Readonly<Record<string, unknown>>): void;
  /** The last update comes once more, as when Telegram has lost the answer to it. */
  again(): void;
  /** Nothing came for a week: the next update has a lower number. Every update must have been confirmed. */
  quietWeek(): void;
  /** The message becomes too old to be seen, changed or removed. */
  age(message: { readonly chat: number; readonly id: number }): void;
  /** A person or somebody else deletes it. */
  erase(message: { readonly chat: number; readonly id: number }): void;
  /** Resolves when every update has been confirmed. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

export async function telegramServer(options: TelegramServerOptions = {}): Promise<TelegramServer> {
  const shown = transcript();
  const planned: Planned<Fault>[] = [];
  const state = newState(options);
  const deliver = delivery(state, options.retryMs ?? 100);
  state.emit = deliver.emit;
  state.onChange = shown.note;
  const server = createServer((request, response) => {
    void answer({ state, deliver, planned, remembered: options.remembered ?? 10_000 }, request, response);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const find = ({ chat, id }: { chat: number; id: number }) => state.chats.get(chat)?.messages.get(id);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: state.token,
    bot: state.bot,
    files: state.files,
    user: ({ first = "Ada", last, language, username } = {}) =>
      newUser(state, {
        id: state.nextId() + 10_000,
        is_bot: false,
        first_name: first,
        ...(last && { last_name: last }),
        ...(username && { username }),
        ...(language && { language_code: language }),
      }),
    group: (group) => newGroup(state, group),
    messages: ({ id }) =>
      [...(state.chats.get(id)?.messages.values() ?? [])]
        .filter(({ from }) => from.id === state.bot.id)
        .map(shownMessage),
    next: ({ id }, withinMs = 5_000) => shown.next(id, withinMs),
    reactions: (message) => find(message)?.reactions.get(state.bot.id) ?? [],
    calls: (method) => state.calls.filter((call) => method === undefined || call.method === method),
    fault: (fault, { method, times = 1 } = {}) => void planned.push({ fault, of: method, left: times }),
    emit: deliver.emit,
    again: deliver.again,
    quietWeek: deliver.quietWeek,
    age(message) {
      find(message)!.inaccessible = true;
    },
    erase: (message) => void state.chats.get(message.chat)!.messages.delete(message.id),
    drained: deliver.drained,
    close: () =>
      new Promise((resolve) => {
        deliver.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function newState(options: TelegramServerOptions): State {
  const now = options.now ?? Date.now;
  const limits = options.limits === "real" ? realLimits : options.limits;
  let lastId = 0;
  const token = options.token ?? "7000000001:AAtestTESTtestTESTtestTESTtestTEST12";
  const username = options.username ?? "PeerSparkTestBot";
  const bot = { id: Number(token.split(":")[0]), is_bot: true, first_name: "PeerSpark", username };
  return {
    token,
    bot,
    people: new Map<number, Person>([[bot.id, bot]]),
    chats: new Map(),
    calls: [],
    files: [],
    queries: new Map(),
    commands: new Map(),
    hearsAll: options.hearsAll ?? false,
    allowedUpdates: undefined,
    onChange: () => {},
    nextId: () => ++lastId,
    now,
    limit: limits ? limiter(limits, now) : () => {},
    emit: () => {},
  };
}
