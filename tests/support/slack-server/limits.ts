// How fast Slack lets an app post: a message a second in a channel, a few at once (docs.slack.dev/apis/web-api/rate-limits).
import { slowDown } from "./refusal.ts";

const burst = 4;

export function limiter(now: () => number): (channel: string) => void {
  const even = new Map<string, number>();
  return (channel) => {
    const at = now();
    const next = Math.max(even.get(channel) ?? 0, at);
    const early = next - (burst - 1) * 1000 - at;
    if (early > 0) slowDown(Math.max(1, Math.ceil(early / 1000)));
    even.set(channel, next + 1000);
  };
}
