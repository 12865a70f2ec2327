// Spaces: the groups, servers and workspaces where PeerSpark is installed.
import type { Feature } from "../kernel/house.ts";
import { spaceChanged, spaceJoined, spaceLeft, spaceMoved } from "./facts.ts";
import { movePostedCards } from "./move-posted-cards.ts";
import { mutePostedCards, refreshMutedCards } from "./mute-posted-cards.ts";
import { setUpSpace } from "./setup-space.ts";
import { spaces as rows } from "./space.ts";
import { spaceTexts } from "./texts.ts";

export const spaces: Feature = {
  name: "spaces",
  title: spaceTexts.say("area"),
  collections: [rows],
  actions: [setUpSpace],
  facts: [spaceJoined, spaceChanged, spaceLeft, spaceMoved],
  listeners: [movePostedCards, mutePostedCards, refreshMutedCards],
};
