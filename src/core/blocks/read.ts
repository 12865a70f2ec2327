// What blocks offer to other features.
export { blockersOf, blocks } from "./block.ts";
