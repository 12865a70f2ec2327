// Home: a member's next events, pods and inbox together, for platforms that have a place for it.
import type { Feature } from "../kernel/house.ts";
import { showHome } from "./show-home.ts";

export const home: Feature = { name: "home", actions: [showHome] };
