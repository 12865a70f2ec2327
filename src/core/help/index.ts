// Help: what PeerSpark can do, told from what the features declare.
import type { Feature } from "../kernel/house.ts";
import { showHelp } from "./show-help.ts";
import { helpTexts } from "./texts.ts";

export const help: Feature = { name: "help", title: helpTexts.say("area"), actions: [showHelp] };
