// What is to become of a notification for one member: by which channels it comes, when, and why not now.
import type { AnyTelling } from "../kernel/house.ts";
import type { Channel, Held } from "./channel.ts";
import { endOfLull, overdueAfter } from "./late.ts";
import { channelsOn, type Settings } from "./preferences.ts";
import { localDay, nextDigest, quietEnd } from "./quiet.ts";

interface Plan {
  readonly via: Channel[];
  /** Epoch ms; absent: left to the inbox. */
  readonly dueAt?: number;
  readonly held?: Held;
  /** The member's day whose budget it counts against. */
  readonly spends?: string;
}

export interface Told {
  readonly kind: Pick<AnyTelling, "group" | "urgency" | "startsAt" | "plannedFor">;
  readonly data: Record<string, unknown>;
}

/**
 * Off where every channel is; what isn't urgent waits for the digest; what comes in quiet hours waits until they end; what
 * is late already waits a moment for what else is.
 */
export function planFor({ kind, data }: Told, settings: Settings, zone: string, now: number): Plan {
  const via = channelsOn(settings, kind.group);
  if (via.length === 0) return { via, held: "off" };
  if ((kind.plannedFor?.(data) ?? now) < now - overdueAfter) return { via, dueAt: endOfLull(now), held: "late" };
  if (kind.urgency === "asked") return { via, dueAt: now };
  if (kind.urgency === "plain" && settings.digest)
    return { via, dueAt: nextDigest(now, settings.digest, zone), held: "digest" };
  const quiet = quietUntil({ kind, data }, settings, zone, now);
  const dueAt = quiet ?? now;
  return { via, dueAt, ...(quiet !== undefined && { held: "quiet" as const }), spends: localDay(dueAt, zone) };
}

/** When the quiet hours that keep it back end; undefined when it may come now. */
export function quietUntil({ kind, data }: Told, settings: Settings, zone: string, now: number): number | undefined {
  if (kind.urgency === "asked") return undefined;
  const end = quietEnd(now, settings.quiet, zone);
  if (end === undefined) return undefined;
  const start = kind.startsAt?.(data);
  return start !== undefined && start >= now && start < end ? undefined : end;
}
