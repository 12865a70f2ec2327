// A member: one person, whatever apps they come by.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import type { Context } from "../kernel/house.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Change, Row } from "../ports/store.ts";
import { type Language, languages } from "../text.ts";
import { memberMoved } from "./facts.ts";

export const defaultZone = "UTC";
/** The member has set it: no app's word changes it any more. */
export const byHand = "member";

export const profiles = collection(
  "profiles",
  z.object({
    username: just.string.max(50),
    displayName: just.string.max(100),
    timezone: just.string.max(50).default(defaultZone),
    /** Who told it (an account's id) or `byHand`; absent where nobody has. */
    zoneFrom: just.string.max(36).optional(),
    language: z.enum(languages).default("en"),
    languageFrom: just.string.max(36).optional(),
    role: z.enum(["member", "moderator", "admin"]).default("member"),
    /** The platform direct messages go to first; that of the account linked first when absent. */
    app: just.string.max(30).optional(),
    joinedAt: just.int,
    /** The member this one turned out to be, never one who is another by now; everything of theirs is moving there. */
    mergedInto: maybe.string,
  }),
  {
    often: true,
    unique: [["username"]],
    indexes: [["mergedInto"]],
    search: ["username", "displayName"],
    members: ["mergedInto"],
  },
);
export type Profile = Row<typeof profiles>;

type Stating = Pick<Context, "secrets" | "clock" | "correlation">;

/** Stated with a change by which the clocks that a member goes by are others. */
export const moved =
  (ctx: Stating) =>
  ({ id, timezone }: Profile, set: Partial<Profile>): readonly Change[] =>
    set.timezone === undefined || set.timezone === timezone ? [] : [memberMoved(ctx, { member: id })];

/** Of a display name, in UTF-16 units. */
export const longestName = 80;

const longestZone = 50;

/** Whether times can be shown in it. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }) !== undefined && name.length <= longestZone;
  } catch {
    return false;
  }
}

/** The language of a BCP 47 tag, where it is one we have. */
export const languageOf = (tag: string | undefined): Language | undefined =>
  languages.find((language) => tag?.toLowerCase().split("-")[0] === language);

/** The language we have that is nearest to a BCP 47 tag; English when there is none. */
export const nearestLanguage = (tag: string | undefined): Language => languageOf(tag) ?? "en";

/** Letters and digits of a name, lower-case, 2 to 40 long; "member" when too little is left. */
export function usernameFrom(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return plain.length >= 2 ? plain : "member";
}
