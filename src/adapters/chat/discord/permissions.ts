// What somebody may do in a guild and in one of its channels (discord.com/developers/docs/topics/permissions).

export const rights = {
  administrator: 1n << 3n,
  manageGuild: 1n << 5n,
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  manageEvents: 1n << 33n,
  sendInThreads: 1n << 38n,
  createEvents: 1n << 44n,
} as const;
export type Right = keyof typeof rights;

export interface GuildRights {
  readonly id: string;
  readonly owner_id: string;
  readonly roles: readonly { readonly id: string; readonly permissions: string }[];
}
interface Overwrites {
  readonly permission_overwrites: readonly { readonly id: string; readonly allow: string; readonly deny: string }[];
}
interface Who {
  readonly id: string;
  readonly roles: readonly string[];
}

const everything = (1n << 64n) - 1n;

/** In the guild as a whole. */
export function permissionsIn(guild: GuildRights, { id, roles }: Who): bigint {
  if (guild.owner_id === id) return everything;
  const own = guild.roles.filter((role) => role.id === guild.id || roles.includes(role.id));
  const all = own.reduce((sum, role) => sum | BigInt(role.permissions), 0n);
  return all & rights.administrator ? everything : all;
}

/** In one channel: what everybody may, what roles may, what the person may, each over the one before. */
export function permissionsAt(guild: GuildRights, who: Who, { permission_overwrites: overwrites }: Overwrites): bigint {
  const base = permissionsIn(guild, who);
  if (base === everything) return base;
  const everybody = overwrites.filter(({ id }) => id === guild.id);
  const roles = overwrites.filter(({ id }) => id !== guild.id && who.roles.includes(id));
  const person = overwrites.filter(({ id }) => id === who.id);
  return [everybody, roles, person].reduce((may, some) => {
    const denied = some.reduce((sum, { deny }) => sum | BigInt(deny), 0n);
    const allowed = some.reduce((sum, { allow }) => sum | BigInt(allow), 0n);
    return (may & ~denied) | allowed;
  }, base);
}

export const has = (permissions: bigint, ...wanted: readonly Right[]): boolean =>
  wanted.every((right) => (permissions & rights[right]) !== 0n);

/** Manage Server or more; permissions as Discord writes them. */
export const administersWith = (permissions: string | bigint): boolean => {
  const all = BigInt(permissions);
  return has(all, "administrator") || has(all, "manageGuild");
};
