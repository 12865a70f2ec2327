// What a decoded update is made of: who and where, what was done, and what it came with that an answer can use.
import type { Account, Deed, MessageRef, Place } from "../../../core/ports/platform.ts";
import { channelOf, isDirect } from "./address.ts";

/** What was looked up. */
export interface Known {
  readonly team: { readonly id: string; readonly name: string; readonly botUser: string };
  person(id: string): Account | undefined;
  /** The address of their picture, where everybody may load it. */
  avatar(id: string): string | undefined;
  /** The channel in which the one who did it reads direct messages of ours. */
  readonly direct?: string;
}

export interface Decoded {
  readonly id: string;
  readonly conversation: string;
  /** Slack sends events again, and nothing else. */
  readonly once?: true;
  readonly account?: Account;
  readonly place: Place;
  readonly deed: Deed;
  /** The message whose button was pressed. */
  readonly source?: MessageRef;
  readonly means: Means;
}

/** What it came with that an answer can use. */
export interface Means {
  /** Opens a form, within three seconds. */
  readonly trigger?: string;
  /** Takes answers to the caller alone, and replaces what was pressed; up to five, within half an hour. */
  readonly respond?: string;
  /** Until when, in epoch ms, where it was kept from before. */
  readonly until?: number;
  /** Whether only the caller sees the pressed message. */
  readonly ephemeral?: boolean;
  /** It was done in the member's App Home, and is answered there. */
  readonly home?: boolean;
}

export type Found = Omit<Decoded, "conversation" | "once" | "means"> & { readonly means?: Means };

/** Slack does not say whose direct messages a channel is: where it is not ours with this person, it counts as any channel. */
export function placeAt(channel: string, known: Known, more: { thread?: string; title?: string } = {}): Place {
  const { thread, title } = more;
  const at = {
    platform: "slack",
    channel: channelOf({ team: known.team.id, channel }),
    ...(thread && { thread }),
  } as const;
  if (isDirect(channel) && (known.direct === undefined || known.direct === channel)) return { ...at, kind: "direct" };
  const space = { id: known.team.id, title: known.team.name };
  return { ...at, kind: "channel", space, ...(title && !isDirect(channel) && { title }) };
}
