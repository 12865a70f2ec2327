// How much Telegram lets a bot write (core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this).
import { refuse } from "./refusal.ts";

export interface Limits {
  /** Messages at once in one chat; one a second after them. */
  readonly chatBurst: number;
  readonly perGroupMinute: number;
  readonly perSecond: number;
}

export const realLimits: Limits = { chatBurst: 4, perGroupMinute: 20, perSecond: 30 };

/** @throws Refusal 429 with retry_after in seconds, as Telegram does; what was refused does not count. */
export function limiter(limits: Limits, now: () => number): (chat: number, isGroup: boolean) => void {
  const sent = new Map<number, number[]>();
  let all: number[] = [];
  return (chat, isGroup) => {
    const at = now();
    const before = (sent.get(chat) ?? []).filter((time) => time > at - 60_000);
    all = all.filter((time) => time > at - 1_000);
    let even = 0;
    for (const time of before) even = Math.max(even, time) + 1_000;
    const early = even - (limits.chatBurst - 1) * 1_000 - at;
    if (early > 0) slow(early);
    if (isGroup && before.length >= limits.perGroupMinute) slow(before[0]! + 60_000 - at);
    if (all.length >= limits.perSecond) slow(all[0]! + 1_000 - at);
    all.push(at);
    sent.set(chat, [...before, at]);
  };
}

function slow(ms: number): never {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return refuse(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
}
