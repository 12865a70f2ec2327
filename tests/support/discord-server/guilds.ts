// Guilds in the tests: their channels, threads, members and rights, and the bot coming and going.
import { usual } from "./rights.ts";
import { type Channel, type Guild, intents, type Overwrite, type Person, type State } from "./state.ts";
import { wireGuild } from "./wire.ts";

export interface GuildOptions {
  readonly name?: string;
  readonly locale?: string;
  /** Whether the bot is in it from the beginning; true when absent. */
  readonly joined?: boolean;
  /** How many ms ago it came in; a day when absent. */
  readonly since?: number;
  /** What the bot's role may; what bots are commonly invited with when absent. */
  readonly permissions?: bigint;
}

export interface TestGuild {
  readonly id: string;
  readonly guild: Guild;
  /** Its first channel. */
  readonly general: Channel;
  add(person: Person, options?: { readonly admin?: boolean }): void;
  own(person: Person): void;
  channel(name: string, options?: { readonly type?: number; readonly overwrites?: readonly Overwrite[] }): Channel;
  thread(parent: Channel, name: string): Channel;
  /** What the bot's role may from now on. */
  permit(permissions: bigint): void;
  deny(channel: Channel, permissions: bigint): void;
  systemChannel(channel: Channel | undefined): void;
  join(): void;
  leave(): void;
  /** Goes away for a while, or comes back. */
  outage(over: boolean): void;
}

const everybodysRights = (1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 38n);

export function newGuild(
  state: State,
  { name = "Club", locale = "en-US", joined = true, since = 24 * 3_600_000, permissions = usual }: GuildOptions,
): TestGuild {
  const id = state.id();
  const botRole = { id: state.id(), name: "PeerSpark", permissions };
  const adminRole = { id: state.id(), name: "Admins", permissions: 1n << 5n };
  const everybody = { id, name: "@everyone", permissions: everybodysRights };
  const guild: Guild = {
    id,
    name,
    locale,
    owner: "1",
    roles: new Map([everybody, botRole, adminRole].map((role) => [role.id, role])),
    members: new Map([[state.bot.id, new Set([botRole.id])]]),
    channels: new Map(),
    events: new Map(),
    joinedAt: new Date(state.now() - since).toISOString(),
    joined,
  };
  state.guilds.set(id, guild);

  function add(channel: Omit<Channel, "id" | "messages" | "guild">): Channel {
    const made = { ...channel, id: state.id(), guild, messages: new Map() };
    guild.channels.set(made.id, made);
    state.channels.set(made.id, made);
    return made;
  }
  const tell = (event: string, data: object) => state.emit(event, data as never, { guild, intent: intents.guilds });
  const general = add({ type: 0, name: "general", overwrites: [] });

  return {
    id,
    guild,
    general,
    add: (person, { admin } = {}) => void guild.members.set(person.id, new Set(admin ? [adminRole.id] : [])),
    own(person) {
      guild.owner = person.id;
    },
    channel: (title, { type = 0, overwrites = [] } = {}) => add({ type, name: title, overwrites: [...overwrites] }),
    thread: (parent, title) => add({ type: 11, name: title, parent, overwrites: [] }),
    permit(rights) {
      botRole.permissions = rights;
      everybody.permissions &= rights | ~everybodysRights;
    },
    deny: (channel, rights) =>
      void channel.overwrites.push({ id: state.bot.id, type: 1, allow: "0", deny: `${rights}` }),
    systemChannel(channel) {
      guild.systemChannel = channel?.id;
    },
    join() {
      guild.joined = true;
      guild.joinedAt = new Date(state.now()).toISOString();
      tell("GUILD_CREATE", wireGuild(guild, state));
    },
    leave() {
      guild.joined = false;
      tell("GUILD_DELETE", { id });
    },
    outage: (over) =>
      tell(over ? "GUILD_CREATE" : "GUILD_DELETE", over ? wireGuild(guild, state) : { id, unavailable: true }),
  };
}
