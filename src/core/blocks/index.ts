// Blocks: somebody of whom a member wants to hear nothing.
import type { Feature } from "../kernel/house.ts";
import { blocks as rows } from "./block.ts";
import { blockMember, unblockMember } from "./block-member.ts";
import { blockTexts } from "./texts.ts";

export const blocks: Feature = {
  name: "blocks",
  title: blockTexts.say("area"),
  collections: [rows],
  actions: [blockMember, unblockMember],
};
