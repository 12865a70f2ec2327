// A push message to each of the member's browsers.
import type { Context } from "../kernel/house.ts";
import type { Pusher } from "../ports/pusher.ts";
import { endOnce } from "./end-once.ts";
import type { Outlet } from "./outlet.ts";
import { type PushSubscriptionRow, pushSubscriptions } from "./push-subscription.ts";

/** One that is sent again takes the place of the one before. */
export const pushOutlets = (ctx: Context, pusher: Pusher, rows: readonly PushSubscriptionRow[]): Outlet[] =>
  rows.map((row) => ({
    channel: `push.${row.id}`,
    target: row.id,
    platform: "push",
    idempotentMs: Number.POSITIVE_INFINITY,
    open: async () => async (view, reader, key) => {
      await pusher.send(row, view, reader, key);
      return undefined;
    },
    close: (_reason, changes) => endOnce(ctx, pushSubscriptions, row, { platform: "push", changes }),
  }));
