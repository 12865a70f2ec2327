// Web push: a message to one browser.
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";

/** As the browser hands it out (W3C Push API); `p256dh` and `auth` are base64url. */
export interface Subscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface Pusher {
  /** What browsers subscribe with: an uncompressed P-256 point in base64url. */
  readonly publicKey: string;
  /** Whether messages may be sent there: a push service of the internet, by https. */
  accepts(endpoint: string): boolean;
  /**
   * Resolves when the push service has taken it. A message with the same `key` (at most 32 of A-Za-z0-9_-) takes the place
   * of the one before. `url` opens when it is clicked.
   * @throws AppError `unavailable` (detail.reason "gone": the subscription has ended; detail.unknown), `rate_limited`
   * (detail.retryAfter in ms), `invalid`.
   */
  send(to: Subscription, view: View, reader: Reader, key: string): Promise<void>;
  close(): Promise<void>;
}
