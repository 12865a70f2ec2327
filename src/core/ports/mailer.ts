// E-mail: one message to one address.
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import type { Finding } from "./platform.ts";

export interface Letter {
  readonly view: View;
  readonly reader: Reader;
  /** Where one click ends all mail to this address (RFC 8058). */
  readonly unsubscribe?: string;
}

export interface Mailer {
  /**
   * Resolves when the mail server has taken it. `key` names the message: sent again it is the same message, which many
   * mailboxes show once.
   * @throws AppError `unavailable` (detail.reason "unreachable": there is no such mailbox; detail.unknown: it may have been
   * taken), `rate_limited`, `invalid` when the server will never take this message.
   */
  send(to: string, letter: Letter, key: string): Promise<void>;
  /** Whether the server answers and lets us in. Sends nothing. */
  examine(): Promise<readonly Finding[]>;
  close(): Promise<void>;
}
