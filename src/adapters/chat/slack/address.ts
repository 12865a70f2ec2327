// Slack's ids as addresses: a channel carries its team, so that the right token is used for it.
import { AppError } from "../../../core/errors.ts";
import type { Address, MessageRef } from "../../../core/ports/platform.ts";
import { slackTexts } from "./texts.ts";

/** A channel, and the team whose token reaches it. */
export interface Spot {
  readonly team: string;
  readonly channel: string;
}

export const channelOf = ({ team, channel }: Spot): string => `${team}:${channel}`;

/** @throws AppError `unavailable` with reason "gone" for what never was an address here. */
export function spotOf({ channel: address }: Pick<Address, "channel">): Spot {
  const [, team, channel] = /^([A-Z0-9]+):([A-Z0-9]+)$/.exec(address) ?? [];
  if (!team || !channel) throw new AppError("unavailable", slackTexts.say("gone"), { detail: { reason: "gone" } });
  return { team, channel };
}

export const addressAt = (spot: Spot, thread?: string): Address => ({
  platform: "slack",
  channel: channelOf(spot),
  ...(thread && { thread }),
});

export const refAt = (spot: Spot, message: string, thread?: string): MessageRef => ({
  ...addressAt(spot, thread),
  message,
});

/** Direct messages, whoever they are between; groups of people count as channels. */
export const isDirect = (channel: string): boolean => channel.startsWith("D");
