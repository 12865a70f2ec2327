// A pod: a study group, whatever apps its members are on.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { foldedName } from "../kernel/folded-name.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";

export const Privacy = z.enum(["public", "private", "invite-only"]);
export const JoinPolicy = z.enum(["open", "approval", "invite-only"]);
export type JoinPolicy = z.infer<typeof JoinPolicy>;

export const pods = collection(
  "pods",
  z.object({
    code: just.string.length(6),
    name: just.string.max(100),
    /** The name as it is looked up: `nameKey`. */
    nameKey: just.string.max(400),
    description: just.string.max(1000).default(""),
    category: just.string.max(50).default("general"),
    subject: just.string.max(100).optional(),
    tags: z.array(just.string.max(50)).default([]),
    privacy: Privacy.default("public"),
    joinPolicy: JoinPolicy.default("open"),
    maxMembers: just.int.default(100),
    /** 0 once it is archived, at least 1 before: joining relies on that. */
    membersCount: just.int.default(1),
    timezone: just.string.max(50),
    isActive: just.boolean.default(true),
    /** What is written in one of its channels is carried to the others: named anew each time this is turned on. */
    bridge: maybe.string,
    creatorId: just.string,
    createdAt: just.int,
  }),
  {
    often: true,
    unique: [["code"]],
    indexes: [
      ["privacy", "isActive", "nameKey"],
      ["privacy", "isActive", "createdAt"],
      ["privacy", "isActive", "category", "createdAt"],
      ["creatorId"],
    ],
    search: ["name", "description", "subject", "category"],
    members: ["creatorId"],
  },
);
export type Pod = Row<typeof pods>;

/** At most 200 characters of a name count. */
export const nameKey = (name: string): string => [...foldedName(name)].slice(0, 200).join("");
