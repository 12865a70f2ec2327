// What a gateway event is decoded to, and what has to be known for that.
import type { Account, Deed, MessageRef, Place, Typing, Update } from "../../../core/ports/platform.ts";
import { conversationOf } from "../conversation.ts";
import type { CommandTable } from "./command-table.ts";
import type { KnownChannel } from "./directory.ts";
import type { Token } from "./exchange.ts";
import type { User } from "./incoming.ts";

/** As it comes over the gateway; `session` and `s` name it where it has no id of its own. */
export interface Dispatch {
  readonly t: string;
  readonly s: number;
  readonly session: string;
  readonly d: unknown;
}

/** Who PeerSpark is on Discord, and what is known about where the event happened. */
export interface Around {
  readonly self: string;
  readonly commands: CommandTable;
  /** Whether what people say to each other may be read. */
  readonly content: boolean;
  readonly channel?: KnownChannel;
  guildName(id: string): string | undefined;
  /** Whether PeerSpark was in this guild before; one that it has just joined is told of again, under the same id. */
  wasIn(guild: string, joinedAt: string | undefined): boolean;
}

export type Decoded = Omit<Update, "reply"> & {
  readonly kind: "update";
  /** The message whose button was pressed. */
  readonly source?: MessageRef;
  /** The source is seen by who pressed it alone. */
  readonly hidden?: boolean;
  /** The message to answer to, where others may write in between. */
  readonly answers?: string;
  readonly token?: Token;
  /** What the caller may do there, as Discord writes it. */
  readonly permissions?: string;
};
export type Heard = Decoded | { readonly kind: "typing"; readonly typing: Typing; readonly token: Token };

export const accountOf = ({ id, username, global_name }: User, language?: string): Account => ({
  platform: "discord",
  workspace: "",
  userId: id,
  name: global_name?.trim() || username,
  ...(language && { language }),
});

/** A thread is a channel of its own to Discord; here it is a thread of the channel it is in, as bindings want it. */
export function discordPlace(
  channel: KnownChannel,
  guild: string | undefined,
  around: Pick<Around, "guildName">,
): Place {
  if (!guild) return { platform: "discord", channel: channel.id, kind: "direct" };
  return {
    platform: "discord",
    channel: channel.parent ?? channel.id,
    ...(channel.parent && { thread: channel.id }),
    kind: "channel",
    ...(channel.title && { title: channel.title }),
    space: { id: guild, title: around.guildName(guild) ?? guild },
  };
}

export const updateOf = (
  id: string,
  place: Place,
  deed: Deed,
  more: Partial<Omit<Decoded, "kind" | "id" | "place" | "deed">> = {},
): Decoded => ({ kind: "update", id, conversation: conversationOf(place), place, deed, ...more });
