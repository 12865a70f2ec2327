// Where a channel is: its guild, and its parent if it is a thread. Events of messages don't say; Discord is asked once.

import { Routes } from "discord-api-types/v10";
import { reasonOf } from "../../../core/errors.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Address } from "../../../core/ports/platform.ts";
import { bounded } from "../bounded.ts";
import type { Api } from "./api.ts";
import { Channel } from "./incoming.ts";

export interface KnownChannel {
  readonly id: string;
  readonly title?: string;
  /** Of a thread: the channel it is in. */
  readonly parent?: string;
  readonly guild?: string;
  readonly recipients?: readonly string[];
}

export interface Directory {
  /** Answers in the order it was asked. @throws AppError when it is not to be found out. */
  channel(id: string): Promise<KnownChannel>;
  forget(channel: string): void;
  guildName(id: string): string | undefined;
  nameGuild(id: string, name: string | undefined): void;
}

const mostChannels = 5_000;
const threadTypes: ReadonlySet<number> = new Set([10, 11, 12]);
export const isThread = ({ type }: { readonly type?: number }): boolean => threadTypes.has(type ?? -1);

export function directory(api: Api, log: Log): Directory {
  const channels = bounded<string, Promise<KnownChannel>>(mostChannels);
  const guilds = new Map<string, string>();

  async function ask(id: string): Promise<KnownChannel> {
    try {
      const found = await api.call<{ recipients?: { id: string }[] }>("GET", Routes.channel(id));
      const known = knownOf(Channel.parse(found));
      return { ...known, ...(found.recipients && { recipients: found.recipients.map((one) => one.id) }) };
    } catch (error) {
      channels.delete(id);
      log.debug({ channel: id, reason: reasonOf(error) }, "a channel could not be looked up");
      throw error;
    }
  }

  return {
    channel(id) {
      const known = channels.get(id) ?? ask(id);
      channels.set(id, known);
      return known;
    },
    forget: channels.delete,
    guildName: (id) => guilds.get(id),
    nameGuild: (id, name) => (name === undefined ? void guilds.delete(id) : void guilds.set(id, name)),
  };
}

const knownOf = ({ id, name, parent_id, guild_id, type }: Channel): KnownChannel => ({
  id,
  ...(name && { title: name }),
  ...(isThread({ type }) && parent_id && { parent: parent_id }),
  ...(guild_id && { guild: guild_id }),
});

/** A thread is a channel to Discord: what is written goes to its own id. */
export const targetOf = ({ channel, thread }: Address): string => thread ?? channel;
