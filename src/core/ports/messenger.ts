// Writing to people and channels from the core, whatever platforms are behind them.
import type { Reader, Sentence } from "../text.ts";
import type { View } from "../view.ts";
import type { Account, Address, Extent, Listing, MessageRef, Place, Post, TalkFile } from "./platform.ts";

export interface Messenger {
  /** Whether that platform is configured here. */
  has(platform: string): boolean;
  /** The names of those that are. */
  platforms(): readonly string[];
  /** Writes to a place. `key` names the message, so that platforms which can send it once only. @throws as Platform.send. */
  send(to: Address, view: View, reader: Reader, key?: string): Promise<MessageRef>;
  edit(ref: MessageRef, view: View, reader: Reader): Promise<void>;
  /** A message that is gone already counts as removed. */
  remove(ref: MessageRef): Promise<void>;
  /** Posts a person's message, its text cut to what the platform takes. @throws as Platform.post, these three alike. */
  post(to: Address, post: Post, key?: string): Promise<MessageRef>;
  /** The post as it reads now; its file stays. */
  repost(ref: MessageRef, post: Post): Promise<void>;
  /** Sets or takes back PeerSpark's own reaction. */
  react(ref: MessageRef, emoji: string, on: boolean): Promise<void>;
  /** A file that somebody sent on that platform. @throws as Platform.download. */
  download(platform: string, file: TalkFile, most: number): Promise<AsyncIterable<Uint8Array>>;
  /** Bytes of a file that can be posted there; 0 where none can. */
  fileBytes(platform: string): number;
  direct(account: Account): Promise<Address>;
  administers(account: Account, place: Place, extent?: Extent): Promise<boolean>;
  /** What keeps PeerSpark from writing there. @throws as Platform.obstacle. */
  obstacle(to: Address): Promise<Sentence | undefined>;
  /** Whether that platform shows an answer in a channel to the caller alone. */
  whispers(platform: string): boolean;
  /** A link that opens PeerSpark in private with a payload, where the platform has such links. */
  openPrivately(platform: string, payload: string): string | undefined;
  /** Whether that platform's spaces have a calendar of their own. */
  hasCalendar(platform: string): boolean;
  /** Lists an event in a space's own calendar, or changes the listing `id`. @throws as Platform.list. */
  list(platform: string, space: string, listing: Listing, id?: string): Promise<string>;
  unlist(platform: string, space: string, id: string): Promise<void>;
  /** For how long (ms) after its first try a repeated send with the same key is shown once; 0 where it never is. */
  idempotentMs(platform: string): number;
}
