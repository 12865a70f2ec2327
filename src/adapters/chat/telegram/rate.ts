// How fast messages go out: per chat, per group and in all, honouring what Telegram asks for (core.telegram.org/bots/faq).
import type { Clock } from "../../../core/ports/clock.ts";
import { type Line, type SharedRates, sharedPace } from "../shared-pace.ts";

export interface Rates {
  /** Messages a second in one chat, after a burst of so many at once. */
  readonly perChat: { readonly perSecond: number; readonly burst: number };
  /** Messages in any minute in one group. Edits count: Telegram does not say that they don't. */
  readonly perGroupMinute: number;
  /** Calls a second in all; at most a fifth of it at once. */
  readonly overall: number;
}

/** In any second at most 30 calls: 5 at once and 25 after them. */
export const telegramRates: Rates = { perChat: { perSecond: 1, burst: 3 }, perGroupMinute: 20, overall: 25 };

export interface Pace {
  /**
   * Resolves when a call may go out; calls for one chat go in the order they came. A number is the ms after which to
   * try again, when it would take longer than `patienceMs`: the call holds no place in the queue then.
   * `chat` is absent for calls that write no message (answers to button presses): they count overall only.
   */
  turn(chat: string | undefined, patienceMs: number): Promise<number | undefined>;
  /** Telegram asked for so much quiet in this chat. */
  hold(chat: string, ms: number): void;
  /** How many chats are remembered. */
  readonly remembered: number;
}

interface Chat {
  /** When a chat that went on evenly would be at its next message (GCRA's theoretical arrival time). */
  even: number;
  quietUntil: number;
  /** When the last so many went out, oldest first; groups only. */
  readonly sent: number[];
  /** Those who wait for their turn, and the last of them. */
  waiting: number;
  tail: Promise<unknown>;
}

const minute = 60_000;
const mostChats = 5_000;

/** The process's own pace, within that of all processes where they share one. */
export function paceOf(clock: Clock, rates = telegramRates, shared?: SharedRates): Pace {
  const own = pacing(clock, rates);
  const all: Line = { key: "telegram", spacing: 1000 / rates.overall, burst: Math.max(1, rates.overall / 5) };
  const lineOf = (chat: string): Line => ({
    key: `telegram:${chat}`,
    spacing: 1000 / rates.perChat.perSecond,
    burst: rates.perChat.burst,
    ...(chat.startsWith("-") && { perMinute: rates.perGroupMinute }),
  });
  return shared
    ? sharedPace(own, shared, clock, (chat: string | undefined) => (chat === undefined ? [all] : [lineOf(chat), all]))
    : own;
}

export function pacing(clock: Clock, rates: Rates = telegramRates): Pace {
  const chats = new Map<string, Chat>();
  const spacing = 1000 / rates.perChat.perSecond;
  const overall = { even: 0, spacing: 1000 / rates.overall, burst: Math.max(1, rates.overall / 5) };
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  function chatOf(id: string): Chat {
    let chat = chats.get(id);
    if (!chat) {
      if (chats.size >= mostChats) forgetIdle(chats, clock.now());
      chat = { even: 0, quietUntil: 0, sent: [], waiting: 0, tail: Promise.resolve() };
      chats.set(id, chat);
    }
    return chat;
  }

  /** When the one behind `ahead` others may write to the chat. */
  function due(chat: Chat, ahead: number): number {
    const even = Math.max(chat.even, clock.now()) + ahead * spacing;
    const oldest = chat.sent[chat.sent.length - rates.perGroupMinute + ahead];
    return Math.max(even - (rates.perChat.burst - 1) * spacing, chat.quietUntil, oldest ? oldest + minute : 0);
  }

  function take(chat: Chat, group: boolean): undefined {
    const now = clock.now();
    chat.even = Math.max(chat.even, now) + spacing;
    if (group) chat.sent.push(now);
    if (chat.sent.length > rates.perGroupMinute) chat.sent.shift();
  }

  async function inLine(chat: Chat, group: boolean, until: number): Promise<number | undefined> {
    const before = chat.tail;
    let pass: () => void = () => {};
    chat.tail = new Promise<void>((resolve) => {
      pass = resolve;
    });
    chat.waiting++;
    try {
      await before;
      for (let at = due(chat, 0); at > clock.now(); at = due(chat, 0)) {
        if (at > until) return at - clock.now();
        await sleep(at - clock.now());
      }
      return take(chat, group);
    } finally {
      chat.waiting--;
      pass();
    }
  }

  async function chatTurn(id: string, until: number): Promise<number | undefined> {
    const chat = chatOf(id);
    const group = id.startsWith("-");
    const at = due(chat, chat.waiting);
    if (at > until) return at - clock.now();
    return chat.waiting === 0 && at <= clock.now() ? take(chat, group) : inLine(chat, group, until);
  }

  return {
    async turn(id, patienceMs) {
      const until = clock.now() + patienceMs;
      const tooLong = id === undefined ? undefined : await chatTurn(id, until);
      if (tooLong !== undefined) return tooLong;
      const now = clock.now();
      const even = Math.max(overall.even, now);
      const at = even - (overall.burst - 1) * overall.spacing;
      if (at > until) return at - now;
      overall.even = even + overall.spacing;
      if (at > now) await sleep(at - now);
      return undefined;
    },
    hold(id, ms) {
      const held = chatOf(id);
      held.quietUntil = Math.max(held.quietUntil, clock.now() + ms);
    },
    get remembered() {
      return chats.size;
    },
  };
}

function forgetIdle(chats: Map<string, Chat>, now: number): void {
  for (const [id, { even, quietUntil, sent, waiting }] of chats)
    if (waiting === 0 && even <= now && quietUntil <= now && (sent.at(-1) ?? 0) <= now - minute) chats.delete(id);
}
