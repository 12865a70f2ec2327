// What keeps PeerSpark from writing in a channel: commands work in every channel, messages only where it was invited.
import { reasonOf } from "../../../core/errors.ts";
import type { Address } from "../../../core/ports/platform.ts";
import type { Sentence } from "../../../core/text.ts";
import { spotOf } from "./address.ts";
import type { Client } from "./client.ts";
import { slackTexts } from "./texts.ts";

/** Conversations between people can't be seen, or by no scope of ours: PeerSpark is in none of them. */
export function obstacles(client: Client) {
  return async (to: Address): Promise<Sentence | undefined> => {
    const { team, channel } = spotOf(to);
    const info = await client.call(team, "conversations.info", { channel }).catch((error) => {
      if (["gone", "closed"].includes(reasonOf(error))) return undefined;
      throw error;
    });
    return info?.channel?.is_member || info?.channel?.is_im ? undefined : slackTexts.say("inviteMe");
  };
}
