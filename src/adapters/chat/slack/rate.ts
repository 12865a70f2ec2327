// How fast messages go out: one a second in a channel, and as quiet as Slack asks for (docs.slack.dev/apis/web-api/rate-limits).
import type { Clock } from "../../../core/ports/clock.ts";
import { type Line as SharedLine, type SharedRates, sharedPace } from "../shared-pace.ts";

export interface Rates {
  /** Messages a second in one channel, after a burst of so many at once. */
  readonly perSecond: number;
  readonly burst: number;
}

export const slackRates: Rates = { perSecond: 1, burst: 3 };

export interface Pace {
  /**
   * Resolves when a message may go out; those for one channel go in the order they came. A number is the ms after which
   * to try again, when it would take longer than `patienceMs`: the call holds no place in the line then.
   */
  turn(channel: string, patienceMs: number): Promise<number | undefined>;
  /** Slack asked for so much quiet in this channel. */
  hold(channel: string, ms: number): void;
  /** How many channels are remembered. */
  readonly remembered: number;
}

interface Line {
  /** When a channel that went on evenly would be at its next message (GCRA's theoretical arrival time). */
  even: number;
  quietUntil: number;
  waiting: number;
  tail: Promise<unknown>;
}

const mostChannels = 5_000;

/** The process's own pace, within that of all processes where they share one. */
export function paceOf(clock: Clock, rates = slackRates, shared?: SharedRates): Pace {
  const own = pacing(clock, rates);
  const spacing = 1000 / rates.perSecond;
  const lineOf = (channel: string): SharedLine => ({ key: `slack:${channel}`, spacing, burst: rates.burst });
  return shared ? sharedPace(own, shared, clock, (channel: string) => [lineOf(channel)]) : own;
}

export function pacing(clock: Clock, { perSecond, burst }: Rates = slackRates): Pace {
  const lines = new Map<string, Line>();
  const spacing = 1000 / perSecond;
  const sleep = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  function lineOf(channel: string): Line {
    let line = lines.get(channel);
    if (!line) {
      if (lines.size >= mostChannels) forgetIdle(lines, clock.now());
      line = { even: 0, quietUntil: 0, waiting: 0, tail: Promise.resolve() };
      lines.set(channel, line);
    }
    return line;
  }

  /** When the one behind `ahead` others may write. */
  const due = ({ even, quietUntil }: Line, ahead: number): number =>
    Math.max(Math.max(even, clock.now()) + (ahead - burst + 1) * spacing, quietUntil);

  function take(line: Line): undefined {
    line.even = Math.max(line.even, clock.now()) + spacing;
  }

  async function inLine(line: Line, until: number): Promise<number | undefined> {
    const before = line.tail;
    const passed = Promise.withResolvers<void>();
    line.tail = passed.promise;
    line.waiting++;
    try {
      await before;
      for (let at = due(line, 0); at > clock.now(); at = due(line, 0)) {
        if (at > until) return at - clock.now();
        await sleep(at - clock.now());
      }
      return take(line);
    } finally {
      line.waiting--;
      passed.resolve();
    }
  }

  return {
    async turn(channel, patienceMs) {
      const until = clock.now() + patienceMs;
      const line = lineOf(channel);
      const at = due(line, line.waiting);
      if (at > until) return at - clock.now();
      return line.waiting === 0 && at <= clock.now() ? take(line) : inLine(line, until);
    },
    hold(channel, ms) {
      const line = lineOf(channel);
      line.quietUntil = Math.max(line.quietUntil, clock.now() + ms);
    },
    get remembered() {
      return lines.size;
    },
  };
}

function forgetIdle(lines: Map<string, Line>, now: number): void {
  for (const [id, { even, quietUntil, waiting }] of lines)
    if (waiting === 0 && even <= now && quietUntil <= now) lines.delete(id);
}
