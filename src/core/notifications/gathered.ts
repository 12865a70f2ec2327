// What a message that tells several notifications as one carries of them.
import type { Held } from "./channel.ts";
import type { Notification } from "./notification.ts";

/** What is shown of a notification as one line. */
export type GatheredItem = Pick<Notification, "id" | "type" | "data" | "createdAt" | "left">;

export interface Gathered {
  readonly [key: string]: unknown;
  readonly why: Held;
  /** The newest last; not all of them where there are many. */
  readonly items: readonly GatheredItem[];
  /** How many there are besides. */
  readonly more: number;
  /** Of all of them; absent in what was told long ago. */
  readonly types?: readonly string[];
}

/** How many are shown. */
export const mostShown = 10;
