// Spaces: the groups, servers and workspaces where PeerSpark is installed.
import type { Feature } from "../kernel/house.ts";
import { spaceJoined, spaceLeft, spaceMoved } from "./facts.ts";
import { movePostedCards } from "./move-posted-cards.ts";
import { mutePostedCards, refreshMutedCards } from "./mute-posted-cards.ts";
import { spaces as rows } from "./space.ts";

export const spaces: Feature = {
  name: "spaces",
  collections: [rows],
  facts: [spaceJoined, spaceLeft, spaceMoved],
  listeners: [movePostedCards, mutePostedCards, refreshMutedCards],
};
