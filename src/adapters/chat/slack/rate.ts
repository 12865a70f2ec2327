// How fast messages go out: one a second in a channel, and as quiet as Slack asks for (docs.slack.dev/apis/web-api/rate-limits).
import type { Clock } from "../../../core/ports/clock.ts";
import { type Line, linePace, type Pace } from "../pace.ts";
import { type SharedRates, sharedPace } from "../shared-pace.ts";

export interface Rates {
  /** Messages a second in one channel, after a burst of so many at once. */
  readonly perSecond: number;
  readonly burst: number;
}

const slackRates: Rates = { perSecond: 1, burst: 3 };

/** The process's own pace, within that of all processes where they share one. */
export function paceOf(clock: Clock, { perSecond, burst } = slackRates, shared?: SharedRates): Pace<string> {
  const lineOf = (channel: string): Line => ({ key: `slack:${channel}`, spacing: 1000 / perSecond, burst });
  const own = linePace(clock, lineOf);
  return shared ? sharedPace(own, shared, clock, (channel) => [lineOf(channel)]) : own;
}
