// Interactions as the gateway brings them, and pushing them through a bot a number at a time.
import { inSlots, type Measured, within } from "../slots.ts";
import type { DiscordApi } from "./api.ts";
import { commandSaid } from "./guilds.ts";

export interface Run {
  readonly interactions: number;
  readonly atOnce: number;
  /** In which people write in turn. */
  readonly guilds: number;
}

let last = 0;

/** Measures the time from the event to the interaction's callback. */
export const push = (api: DiscordApi, { interactions, atOnce, guilds }: Run): Promise<Measured> =>
  inSlots(interactions, atOnce, () => ({
    async turn() {
      const interaction = commandSaid(++last, last % guilds);
      const started = performance.now();
      const answered = api.answered(interaction.id).then(() => performance.now() - started);
      api.emit("INTERACTION_CREATE", interaction);
      return within(answered, 10_000, "an interaction was left unanswered");
    },
  }));
