// What keeps PeerSpark from writing in a channel: commands work in every channel, messages only where it was invited.
import type { Address } from "../../../core/ports/platform.ts";
import type { Sentence } from "../../../core/text.ts";
import { reasonOf } from "../reason.ts";
import { isDirect, spotOf } from "./address.ts";
import type { Client } from "./client.ts";
import { slackTexts } from "./texts.ts";

/** Nothing is known of conversations that no scope of ours lets it see: it is tried there. */
export function obstacles(client: Client) {
  return async (to: Address): Promise<Sentence | undefined> => {
    const { team, channel } = spotOf(to);
    if (isDirect(channel)) return undefined;
    try {
      const { channel: info } = await client.call(team, "conversations.info", { channel });
      return info?.is_member ? undefined : slackTexts.say("inviteMe");
    } catch (error) {
      if (reasonOf(error) === "gone") return slackTexts.say("inviteMe");
      if (reasonOf(error) === "closed") return undefined;
      throw error;
    }
  };
}
