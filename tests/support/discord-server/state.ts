// What the Discord server knows: people, guilds, channels, messages, interactions, and what was called.

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly global_name: string | null;
  readonly avatar: string | null;
  readonly bot?: boolean;
  readonly locale: string;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  permissions: bigint;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  owner: string;
  systemChannel?: string;
  readonly roles: Map<string, Role>;
  readonly members: Map<string, Set<string>>;
  readonly channels: Map<string, Channel>;
  readonly events: Map<string, Body>;
  joinedAt: string;
  /** Whether the bot is in it. */
  joined: boolean;
}

export interface Overwrite {
  readonly id: string;
  readonly type: number;
  readonly allow: string;
  readonly deny: string;
}

export interface Channel {
  readonly id: string;
  /** 0 text, 1 direct, 11 thread, 15 forum. */
  readonly type: number;
  readonly name?: string;
  readonly guild?: Guild;
  readonly parent?: Channel;
  readonly person?: Person;
  overwrites: Overwrite[];
  locked?: boolean;
  readonly messages: Map<string, Message>;
}

export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: Person;
  readonly type: number;
  readonly at: number;
  content: string;
  components: readonly Component[];
  flags: number;
  files: readonly { readonly name: string; readonly type: string; readonly bytes: Buffer }[];
  readonly reply?: string;
  readonly nonce?: string;
  /** Who alone sees it. */
  readonly only?: string;
  /** A deferred answer that says "thinking". */
  loading: boolean;
  edits: number;
  readonly reactions: Map<string, Set<string>>;
}

export type Body = { readonly [key: string]: unknown };
export type Component = Body & { readonly type: number };

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly person: Person;
  readonly channel: Channel;
  readonly source?: Message;
  readonly at: number;
  /** What the first answer was. */
  answered?: number;
  original?: Message;
  readonly settled: PromiseWithResolvers<Answered>;
}
export interface Answered {
  readonly type: number;
  readonly data: Body;
}

export interface Call {
  readonly method: string;
  /** With ids as ":id". */
  readonly route: string;
  readonly path: string;
  readonly body: Body;
  status: number;
}

export interface State {
  readonly token: string;
  /** Where attachments are loaded from. */
  filesAt: string;
  readonly application: { readonly id: string; flags: number };
  readonly bot: Person;
  readonly people: Map<string, Person>;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly interactions: Map<string, Interaction>;
  readonly modals: Map<string, { readonly data: Body; readonly from: Interaction }>;
  readonly closedTo: Set<string>;
  readonly calls: Call[];
  commands: readonly Body[];
  now(): number;
  /** A new snowflake; they sort by time. */
  id(): string;
  emit(
    name: string,
    data: Body,
    about: { readonly guild?: Guild; readonly intent: number; readonly private?: boolean },
  ): void;
}

export const intents = {
  guilds: 1 << 0,
  guildMessages: 1 << 9,
  guildReactions: 1 << 10,
  directMessages: 1 << 12,
  messageContent: 1 << 15,
} as const;

export const flag = { ephemeral: 64, v2: 1 << 15 } as const;
