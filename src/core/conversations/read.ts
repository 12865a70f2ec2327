// What is kept of conversations, for the chat edge.
export { asksToOpen } from "./ask-to-open.ts";
export { inboundId, inboundUpdates } from "./inbound-update.ts";
export { keptViews } from "./kept-view.ts";
export { type OpenQuestion, openQuestions, questionLifetime } from "./question.ts";
export { storedCalls } from "./stored-call.ts";
