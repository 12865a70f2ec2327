// Bridges: what is written in one of a pod's channels appears in the others.
import type { Feature } from "../kernel/house.ts";
import { answerBridge } from "./answer-bridge.ts";
import { askChannel, askChannels, askNewChannel, forgetArchivedLinks, forgetUnboundLinks } from "./ask-channels.ts";
import { drainLink } from "./drain-link.ts";
import { bridgeClosed, bridgeLost, bridgeSwitched } from "./facts.ts";
import { leaveLostSpaces } from "./leave-bridge.ts";
import { bridgeLinks } from "./link.ts";
import { bridgeClosedNotice, bridgeLostNotice } from "./notify.ts";
import { sweepBridge } from "./sweep-bridge.ts";
import { switchBridge } from "./switch-bridge.ts";
import { bridgeCopies, bridgeReactions, bridgeTalks } from "./talk.ts";
import { bridgeTexts } from "./texts.ts";

export const bridge: Feature = {
  name: "bridge",
  title: bridgeTexts.say("area"),
  collections: [bridgeLinks, bridgeTalks, bridgeCopies, bridgeReactions],
  actions: [switchBridge, answerBridge],
  jobs: [drainLink, askChannel, sweepBridge],
  facts: [bridgeSwitched, bridgeClosed, bridgeLost],
  listeners: [leaveLostSpaces, askChannels, askNewChannel, forgetUnboundLinks, forgetArchivedLinks],
  notifications: [bridgeClosedNotice, bridgeLostNotice],
};
