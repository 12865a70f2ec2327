// The pace of all processes with one token: Discord's fifty calls a second, and five messages in five seconds in a channel
// (discord.com/developers/docs/topics/rate-limits). What a process may send by itself, `@discordjs/rest` keeps.
import type { Clock } from "../../../core/ports/clock.ts";
import type { Line, SharedRates } from "../shared-pace.ts";
import { slowDown } from "./failure.ts";

const all: Line = { key: "discord", spacing: 20, burst: 10 };
const message = /^\/channels\/(\d+)\/messages$/;

const linesOf = (method: string, route: string): readonly Line[] => {
  const channel = method === "POST" ? message.exec(route)?.[1] : undefined;
  return channel ? [{ key: `discord:${channel}`, spacing: 1_000, burst: 5 }, all] : [all];
};

/** Resolves when the call may be made. @throws AppError `rate_limited` when that is later than `patienceMs` from now. */
export async function sharedTurn(
  { shared, clock }: { readonly shared: SharedRates; readonly clock: Clock },
  { method, route, patienceMs }: { readonly method: string; readonly route: string; readonly patienceMs: number },
): Promise<void> {
  const wait = (await shared.take(linesOf(method, route), patienceMs)) ?? 0;
  if (wait > patienceMs) throw slowDown(wait);
  if (wait > 0) await new Promise<void>((resolve) => clock.after(wait, resolve));
}
