// The App Home: a view of PeerSpark's own for each member. What is pressed there is answered there, above what it showed.
import type { KnownBlock } from "@slack/types";
import type { Account, Deed, Fitted } from "../../../core/ports/platform.ts";
import type { Client } from "./client.ts";
import { offered } from "./modal.ts";
import { render } from "./render.ts";

/** What somebody does who opens their Home. */
export const openingHome = { kind: "command", call: { action: "home.show", input: {} } } as const satisfies Deed;

/** Slack takes so many (docs.slack.dev/surfaces/app-home). */
const mostBlocks = 100;

export interface Home {
  /** Adds it below what was shown since the Home was opened or pressed; the Home has no message of its own. */
  show(view: Fitted): Promise<undefined>;
  isAnswered(): boolean;
}

export function homeOf(client: Client, { workspace, userId }: Account): Home {
  const blocks: KnownBlock[] = [];
  return {
    async show(view) {
      if (blocks.length) blocks.push({ type: "divider" });
      blocks.push(...render(offered(view)).blocks);
      const shown = { type: "home", blocks: blocks.slice(0, mostBlocks) };
      await client.call(workspace, "views.publish", { user_id: userId, view: shown });
    },
    isAnswered: () => blocks.length > 0,
  };
}
