// A gateway event as what somebody did. What is not for PeerSpark (other bots, what it can't read) is nothing.
import { decodeGuild } from "./decode-guild.ts";
import { decodeInteraction } from "./decode-interaction.ts";
import { decodeMessage } from "./decode-message.ts";
import type { Around, Dispatch, Heard } from "./decoded.ts";

/** @throws ZodError for what is no event of Discord's. */
export function decode(event: Dispatch, around: Around): readonly Heard[] {
  if (event.t === "INTERACTION_CREATE") return decodeInteraction(event.d, around);
  if (event.t.startsWith("MESSAGE_")) return decodeMessage(event, around);
  return event.t.startsWith("GUILD_") ? decodeGuild(event, around) : [];
}
