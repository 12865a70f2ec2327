// What the Slack server for tests knows: workspaces, people, channels, messages, views, tokens, and what is under way.

export interface User {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly bot: boolean;
  admin: boolean;
  /** The workspace of another organisation that somebody in a shared channel belongs to. */
  readonly from?: string;
  readonly tz: string;
  readonly locale: string;
  /** Wants no direct messages of apps. */
  refuses: boolean;
  /** Where this person and the bot talk. */
  readonly direct: string;
  /** The form that is open before them. */
  modal?: OpenView;
  home?: View;
}

export interface Channel {
  readonly id: string;
  readonly team: string;
  readonly name: string;
  readonly kind: "channel" | "group" | "im";
  readonly creator: string;
  readonly members: Set<string>;
  archived: boolean;
  readonly messages: Message[];
}

export type Block = Readonly<Record<string, unknown>> & { readonly type: string };
export type View = Readonly<Record<string, unknown>> & { readonly type: string; readonly blocks: readonly Block[] };
export interface OpenView {
  readonly id: string;
  readonly hash: string;
  readonly team: string;
  readonly view: View;
}

export interface Message {
  readonly channel: string;
  readonly ts: string;
  /** Who wrote it; the bot's own too. */
  readonly user: string;
  readonly bot: boolean;
  readonly username?: string;
  readonly icon?: string;
  text: string;
  blocks: readonly Block[];
  readonly thread?: string;
  readonly metadata?: unknown;
  edits: number;
  readonly reactions: { readonly name: string; readonly users: Set<string> }[];
  files: readonly StoredFile[];
  /** Only this person sees it. */
  readonly only?: string;
  gone: boolean;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly botUser: string;
  installed: boolean;
}

export interface Token {
  readonly team: string;
  readonly scopes: readonly string[];
  /** Epoch ms. */
  readonly expires?: number;
  revoked?: string;
}

export interface Call {
  readonly method: string;
  readonly given: Readonly<Record<string, string>>;
  readonly token: string;
  /** Slack's code, "" when it went well. */
  error: string;
}

/** Where an interaction can be answered. */
export interface Response {
  readonly channel: string;
  readonly user: string;
  /** The message that was pressed. */
  readonly source?: Message;
  left: number;
  readonly until: number;
}

export interface State {
  readonly url: string;
  readonly teams: Map<string, Team>;
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  readonly tokens: Map<string, Token>;
  readonly triggers: Map<string, { readonly user: string; readonly until: number; used: boolean }>;
  readonly responses: Map<string, Response>;
  readonly files: Map<string, StoredFile>;
  readonly uploads: Map<
    string,
    { readonly id: string; readonly name: string; readonly length: number; content?: Buffer }
  >;
  readonly calls: Call[];
  now(): number;
  /** A time stamp that no other message has. */
  ts(): string;
  nextId(prefix: string): string;
  limit(channel: string): void;
  /** What the app did comes back to it as an event; without effect unless the server echoes. */
  echo(channel: Channel, event: object): void;
}

export const userOf = (state: State, id: string): User | undefined => state.users.get(id);
export const messageIn = (channel: Channel, ts: string): Message | undefined =>
  channel.messages.find((message) => message.ts === ts && !message.gone && message.only === undefined);
