// What conversations keep between two messages: updates seen, questions open, calls behind buttons.
import type { Feature } from "../kernel/house.ts";
import { asksToOpen } from "./ask-to-open.ts";
import { inboundUpdates } from "./inbound-update.ts";
import { keptViews } from "./kept-view.ts";
import { openQuestions } from "./question.ts";
import { storedCalls } from "./stored-call.ts";
import { sweepConversations } from "./sweep-conversations.ts";

export const conversations: Feature = {
  name: "conversations",
  collections: [asksToOpen, inboundUpdates, keptViews, openQuestions, storedCalls],
  jobs: [sweepConversations],
};
