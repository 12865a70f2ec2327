// How fast messages go out: per chat, per group and in all, honouring what Telegram asks for (core.telegram.org/bots/faq).
import type { Clock } from "../../../core/ports/clock.ts";
import { type Line, linePace, type Pace } from "../pace.ts";
import { type SharedRates, sharedPace } from "../shared-pace.ts";

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

/** Absent for calls that write no message (answers to button presses): they count overall only. */
type Chat = string | undefined;

const lineOf = ({ perChat, perGroupMinute }: Rates, chat: string): Line => ({
  key: `telegram:${chat}`,
  spacing: 1000 / perChat.perSecond,
  burst: perChat.burst,
  ...(chat.startsWith("-") && { perMinute: perGroupMinute }),
});

const allOf = ({ overall }: Rates): Line => ({
  key: "telegram",
  spacing: 1000 / overall,
  burst: Math.max(1, overall / 5),
});

/** The process's own pace, within that of all processes where they share one. */
export function paceOf(clock: Clock, rates = telegramRates, shared?: SharedRates): Pace<Chat> {
  const own = pacing(clock, rates);
  const all = allOf(rates);
  return shared
    ? sharedPace(own, shared, clock, (chat) => (chat === undefined ? [all] : [lineOf(rates, chat), all]))
    : own;
}

export function pacing(clock: Clock, rates: Rates = telegramRates): Pace<Chat> {
  const chats = linePace(clock, (chat) => lineOf(rates, chat));
  const overall = { ...allOf(rates), even: 0 };

  return {
    async turn(chat, patienceMs) {
      const until = clock.now() + patienceMs;
      const tooLong = chat === undefined ? undefined : await chats.turn(chat, patienceMs);
      if (tooLong !== undefined) return tooLong;
      const now = clock.now();
      const even = Math.max(overall.even, now);
      const at = even - (overall.burst - 1) * overall.spacing;
      if (at > until) return at - now;
      overall.even = even + overall.spacing;
      if (at > now) await new Promise<void>((resolve) => clock.after(at - now, resolve));
      return undefined;
    },
    hold: chats.hold,
    get remembered() {
      return chats.remembered;
    },
  };
}
