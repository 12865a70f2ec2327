// What help offers to the edges.
export { nearestCommand } from "./command-index.ts";
export { greetingView } from "./greeting.ts";
