// One way out of the house by which a notification can reach a member.
import type { Change } from "../ports/store.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";

export interface Outlet {
  /** That of its delivery rows: at most one message of a notification goes by it. */
  readonly channel: string;
  /** The account, address or subscription: what one of them refused may be tried on another. */
  readonly target: string;
  /** As the reader's platform: "telegram", "mail". */
  readonly platform: string;
  /** For how long (ms) after the first a repeated send with the same key is shown once. */
  readonly idempotentMs: number;
  /** Who reads it where that is not the member alone. */
  readonly reader?: Reader;
  /** What it says in place of the notification, where others read along. */
  readonly says?: (reader: Reader) => View;
  /** Finds the way there; what it answers sends, and may be called once. @throws AppError as Platform.send, both alike. */
  open(): Promise<(view: View, reader: Reader, key: string) => Promise<Readonly<Record<string, string>> | undefined>>;
  /** It refuses for good: turns it off together with these changes, and says so once. */
  close(reason: string, changes: readonly Change[]): Promise<void>;
}
