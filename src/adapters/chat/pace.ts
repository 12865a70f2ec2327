// How fast calls go out: on each line, such as a chat, a few at once, then evenly, in the order they came.
import type { Clock } from "../../core/ports/clock.ts";

/** How often something may happen on one line. */
export interface Line {
  readonly key: string;
  /** ms from one to the next, once `burst` are used up. */
  readonly spacing: number;
  readonly burst: number;
  /** So many in any minute. */
  readonly perMinute?: number;
}

/** Where `Chat` may be undefined, calls that write into no chat take their turn too. */
export interface Pace<Chat> {
  /**
   * Resolves when a call may go out; those for one chat go in the order they came. A number is the ms after which to
   * try again, when it would take longer than `patienceMs`: the call holds no place in the line then.
   */
  turn(chat: Chat, patienceMs: number): Promise<number | undefined>;
  /** The app asked for so much quiet (ms) in this chat. */
  hold(chat: NonNullable<Chat>, ms: number): void;
  /** How many chats are remembered. */
  readonly remembered: number;
}

/** Nothing waits. */
export const noPace: Pace<unknown> = { turn: async () => undefined, hold: () => {}, remembered: 0 };

interface Queue extends Line {
  /** When a line that went on evenly would be at its next call (GCRA's theoretical arrival time). */
  even: number;
  quietUntil: number;
  /** When the last so many went out, oldest first; where they are counted by the minute. */
  readonly sent: number[];
  /** Those who wait for their turn, and the last of them. */
  waiting: number;
  tail: Promise<unknown>;
}

const minute = 60_000;
const mostQueues = 5_000;

/** Of one process: each chat is a line of its own, and waits for no other. */
export function linePace(clock: Clock, lineOf: (chat: string) => Line): Pace<string> {
  const queues = new Map<string, Queue>();
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  function queueOf(chat: string): Queue {
    let queue = queues.get(chat);
    if (!queue) {
      if (queues.size >= mostQueues) forgetIdle(queues, clock.now());
      queue = { ...lineOf(chat), even: 0, quietUntil: 0, sent: [], waiting: 0, tail: Promise.resolve() };
      queues.set(chat, queue);
    }
    return queue;
  }

  /** When the one behind `ahead` others may go out. */
  function due({ spacing, burst, perMinute = 0, even, quietUntil, sent }: Queue, ahead: number): number {
    const evenly = Math.max(even, clock.now()) + (ahead - burst + 1) * spacing;
    const oldest = sent[sent.length - perMinute + ahead];
    return Math.max(evenly, quietUntil, oldest ? oldest + minute : 0);
  }

  function take(queue: Queue): undefined {
    const { spacing, perMinute = 0, sent } = queue;
    const now = clock.now();
    queue.even = Math.max(queue.even, now) + spacing;
    if (perMinute > 0) sent.push(now);
    if (sent.length > perMinute) sent.shift();
  }

  async function inLine(queue: Queue, until: number): Promise<number | undefined> {
    const before = queue.tail;
    const passed = Promise.withResolvers<void>();
    queue.tail = passed.promise;
    queue.waiting++;
    try {
      await before;
      for (let at = due(queue, 0); at > clock.now(); at = due(queue, 0)) {
        if (at > until) return at - clock.now();
        await sleep(at - clock.now());
      }
      return take(queue);
    } finally {
      queue.waiting--;
      passed.resolve();
    }
  }

  return {
    async turn(chat, patienceMs) {
      const until = clock.now() + patienceMs;
      const queue = queueOf(chat);
      const at = due(queue, queue.waiting);
      if (at > until) return at - clock.now();
      return queue.waiting === 0 && at <= clock.now() ? take(queue) : inLine(queue, until);
    },
    hold(chat, ms) {
      const queue = queueOf(chat);
      queue.quietUntil = Math.max(queue.quietUntil, clock.now() + ms);
    },
    get remembered() {
      return queues.size;
    },
  };
}

function forgetIdle(queues: Map<string, Queue>, now: number): void {
  for (const [chat, { even, quietUntil, sent, waiting }] of queues)
    if (waiting === 0 && even <= now && quietUntil <= now && (sent.at(-1) ?? 0) <= now - minute) queues.delete(chat);
}
