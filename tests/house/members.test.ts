// Every field that holds a member's id is declared, so that it follows when two members turn out to be one.
import { describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { features } from "../../src/core/features.ts";
import { collection } from "../../src/core/kernel/collection.ts";
import { houseOf } from "../../src/core/kernel/feature.ts";
import type { AnyCollection } from "../../src/core/ports/store.ts";

const house = houseOf(features);

const people =
  "member|actor|organi[sz]er|creator|owner|author|user|profile|person|people|sender|speaker|host|guest|inviter|invitee|moderator|voter|asker|reader|learner|buddy";
const looksLikeOne = new RegExp(`(^|[a-z])(${people})(Ids?)$|^(${people})$|^by$|By$|^mergedInto$`, "i");

/** Fields that look like one, and why they are none or stay. */
const exempt: Readonly<Record<string, string>> = {
  "accounts.userId": "the platform's id of the person",
  "asks_to_open.person": "the platform's id of the person, where they can't be written to",
  "bridge_talks.author": "a name, as it was shown",
  "bridge_reactions.person": "a hash of the account, which goes with its message",
  "audit_log.actorId": "says who did what as who they were then",
};

const undeclared = (collections: readonly AnyCollection[]) =>
  collections.flatMap(({ name, shape, members }) =>
    Object.keys(shape.shape)
      .filter((field) => looksLikeOne.test(field) && !members.includes(field))
      .map((field) => `${name}.${field}`),
  );
const toDeclare = (field: string) => `${field} seems to hold a member: list it under its collection's members`;

describe("fields that hold a member's id", () => {
  it("are declared under `members`", () => {
    expect(
      undeclared(house.collections)
        .filter((field) => !(field in exempt))
        .map(toDeclare),
    ).toEqual([]);
    expect(Object.keys(exempt).filter((field) => !undeclared(house.collections).includes(field))).toEqual([]);
  });

  it("would be caught when they are not", () => {
    const shape = z.object({
      ownerId: z.string(),
      decidedBy: z.string(),
      by: z.string(),
      guestIds: z.array(z.string()),
    });
    const bad = collection("bad", shape.extend({ podId: z.string(), standby: z.string() }), { members: ["by"] });
    expect(undeclared([bad])).toEqual(["bad.ownerId", "bad.decidedBy", "bad.guestIds", "bad.standby"]);
  });

  it("hold one id each, which a merge can move", () => {
    for (const { name, shape, members } of house.collections)
      for (const field of members) {
        const schema = (shape.shape as Record<string, z.ZodType>)[field]!;
        expect({ field: `${name}.${field}`, text: schema.safeParse("01j").success }).toMatchObject({ text: true });
      }
  });
});

const toSettle = (name: string) =>
  `${name}: both members may have a row under one unique key: a MergeRule under its feature's merges says what becomes of them`;

describe("rows that both of two members have under one unique key", () => {
  /** Where the kept member's row may stand and the other go without a rule, and why nothing is lost by it. */
  const simply: Readonly<Record<string, string>> = {
    blocks: "both had blocked the same person, or both were blocked by one; once is enough",
    link_codes: "a code lives for five minutes, and one of the two has just been used",
    link_tries: "who entered the right code has nothing to answer for",
    push_subscriptions: "both had the same browser; once is enough",
    notifications: "both were told the same; once is enough",
  };

  it("are settled by a rule, or may go for a stated reason", () => {
    const clashing = house.collections.filter(({ unique, members }) =>
      unique.some((key) => key.some((field) => members.includes(field))),
    );
    const unsettled = clashing.filter(({ name }) => !house.merges.has(name)).map(({ name }) => name);
    expect(clashing.length).toBeGreaterThan(5);
    expect(unsettled.filter((name) => !(name in simply)).map(toSettle)).toEqual([]);
    expect(Object.keys(simply).filter((name) => !unsettled.includes(name))).toEqual([]);
  });
});
