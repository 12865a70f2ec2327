// What bridges offer to the chat edge.
export { hearTalk } from "./hear-talk.ts";
export { spotAt } from "./link.ts";
export { notedCopy } from "./noted-copy.ts";
