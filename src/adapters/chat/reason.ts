// What an error says stood in the way, for code that decides.
export { reasonOf } from "../../core/errors.ts";
