// What a decoded update is made of: who and where, what was done, and what it came with that an answer can use.
import type { Account, Deed, MessageRef, Named, Place } from "../../../core/ports/platform.ts";
import { channelOf, isDirect } from "./address.ts";
import { peopleNamedIn, plainText } from "./plain-text.ts";

/** What was looked up. */
export interface Known {
  readonly team: { readonly id: string; readonly name: string; readonly botUser: string };
  person(id: string): Account | undefined;
  isBot(id: string): boolean;
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
  readonly named?: readonly Named[];
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

export const spelledOut = (text: string, known: Known): string => plainText(text, (id) => known.person(id)?.name);

/** Each as `spelledOut` has them. Of whom Slack did not answer, nothing is known but the id: they are nobody. */
export const namedIn = (text: string, known: Known): readonly Named[] =>
  peopleNamedIn(text).flatMap((id) => {
    const account = known.person(id);
    return account && account.name !== id
      ? [{ as: spelledOut(`<@${id}>`, known), account, ...(known.isBot(id) && { bot: true }) }]
      : [];
  });

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
