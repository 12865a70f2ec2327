// Writing to people and channels from the core, whatever platforms are behind them.
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import type { Account, Address, Listing, MessageRef, Place } from "./platform.ts";

export interface Messenger {
  /** Whether that platform is configured here. */
  has(platform: string): boolean;
  /** The names of those that are. */
  platforms(): readonly string[];
  /** Writes to a place. `key` names the message, so that platforms which can send it once only. @throws as Platform.send. */
  send(to: Address, view: View, reader: Reader, key?: string): Promise<MessageRef>;
  edit(ref: MessageRef, view: View, reader: Reader): Promise<void>;
  direct(account: Account): Promise<Address>;
  administers(account: Account, place: Place): Promise<boolean>;
  /** A link that opens PeerSpark in private with a payload, where the platform has such links. */
  openPrivately(platform: string, payload: string): string | undefined;
  /** Whether that platform's spaces have a calendar of their own. */
  hasCalendar(platform: string): boolean;
  /** Lists an event in a space's own calendar, or changes the listing `id`. @throws as Platform.list. */
  list(platform: string, space: string, listing: Listing, id?: string): Promise<string>;
  unlist(platform: string, space: string, id: string): Promise<void>;
  /** Whether a repeated send with the same key is shown once. */
  idempotent(platform: string): boolean;
}
