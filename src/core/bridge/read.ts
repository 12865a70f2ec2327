// What bridges offer to the chat edge.
export { hearTalk } from "./hear-talk.ts";
export { bridgedIn, spotAt } from "./link.ts";
