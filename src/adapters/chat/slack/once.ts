// Sends with a key, shown once: what may have been sent before is looked up by the metadata that it carries.
import { z } from "zod";
import { isConflict } from "../../../core/errors.ts";
import { insert } from "../../../core/kernel/change.ts";
import { collection } from "../../../core/kernel/collection.ts";
import { just } from "../../../core/plain-shapes.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Address, MessageRef } from "../../../core/ports/platform.ts";
import type { Secrets } from "../../../core/ports/secrets.ts";
import type { Store } from "../../../core/ports/store.ts";
import { forgetting } from "../forgetting.ts";
import { refAt, spotOf } from "./address.ts";
import type { Client } from "./client.ts";

/** Sends that were begun; the id is the key, signed down. Without it every send would have to read the history first. */
export const slackSends = collection("slack_sends", z.object({ at: just.int }), { indexes: [["at"]] });

export interface Once {
  /** `post` is handed the metadata that names the message. */
  send(to: Address, key: string, post: (metadata: object) => Promise<MessageRef>): Promise<MessageRef>;
}

export interface OnceParts {
  readonly client: Client;
  readonly store: Store;
  readonly secrets: Pick<Secrets, "sign">;
  readonly clock: Clock;
  readonly log: Log;
}

const eventType = "peerspark_message";
/** ms; deliveries give up long before. */
const keptFor = 3 * 24 * 3600_000;
/** Between our clock and Slack's (ms). */
const skew = 60_000;
const mostPages = 5;

export function onceOver(parts: OnceParts): Once {
  const { store, secrets, clock } = parts;
  const underWay = new Map<string, Promise<MessageRef>>();
  const sweep = forgetting(store, slackSends, () => ({ at: { lt: clock.now() - keptFor } }));

  /** When the send was begun before; undefined the first time. */
  async function begunBefore(id: string): Promise<number | undefined> {
    await sweep();
    try {
      await store.commit([insert(slackSends, { id, at: clock.now() })]);
      return undefined;
    } catch (error) {
      if (!isConflict(error)) throw error;
      return (await store.get(slackSends, id))?.at ?? clock.now();
    }
  }

  async function sendOnce(to: Address, id: string, post: (metadata: object) => Promise<MessageRef>) {
    const before = await begunBefore(id);
    const known = before === undefined ? undefined : await found(parts, to, id, before);
    return known ?? post({ event_type: eventType, event_payload: { key: id } });
  }

  return {
    send(to, key, post) {
      const id = secrets.sign(`slack:${to.channel}:${to.thread ?? ""}:${key}`, 32);
      const same = underWay.get(id);
      if (same) return same;
      const sending = sendOnce(to, id, post).finally(() => underWay.delete(id));
      underWay.set(id, sending);
      return sending;
    },
  };
}

/** Where the history can't be read it is sent again: one that comes twice is better than one that is lost. */
async function found(parts: OnceParts, to: Address, id: string, since: number): Promise<MessageRef | undefined> {
  const spot = spotOf(to);
  const given = { channel: spot.channel, oldest: `${(since - skew) / 1000}`, include_all_metadata: true, limit: 100 };
  try {
    for (let page = 0, cursor: string | undefined; page < mostPages; page++) {
      const read = to.thread
        ? await parts.client.call(spot.team, "conversations.replies", { ...given, ts: to.thread, cursor })
        : await parts.client.call(spot.team, "conversations.history", { ...given, cursor });
      const ours = read.messages?.find(({ metadata }) => keyIn(metadata) === id);
      if (ours?.ts) return refAt(spot, ours.ts, to.thread);
      cursor = read.response_metadata?.next_cursor || undefined;
      if (!cursor) return undefined;
    }
  } catch (error) {
    parts.log.warn({ channel: to.channel }, "a history could not be read, so a message may come twice", error);
  }
  return undefined;
}

const Metadata = z.object({ event_type: z.literal(eventType), event_payload: z.object({ key: just.string }) });
const keyIn = (metadata: unknown): string | undefined => Metadata.safeParse(metadata).data?.event_payload.key;
