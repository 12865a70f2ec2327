// Meeting somebody for the first time: one member however often at once, whatever their app calls them.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { outbox } from "../../../src/core/kernel/fact.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import { accounts, meet } from "../../../src/core/members/account.ts";
import { memberJoined } from "../../../src/core/members/facts.ts";
import { nearestLanguage, profiles, usernameFrom } from "../../../src/core/members/profile.ts";
import type { Account } from "../../../src/core/ports/platform.ts";
import type { Change, Store } from "../../../src/core/ports/store.ts";
import { formatTime } from "../../../src/core/text.ts";
import type { SmallHouse } from "../notifications/small-house.ts";
import { memberHouse } from "./member-house.ts";

let house: SmallHouse;
let stated: Change[];
beforeEach(async () => {
  stated = [];
  house = await memberHouse();
});
afterEach(() => house.close());

const account = (userId: string, more: Partial<Account> = {}): Account => ({
  platform: "terminal",
  workspace: "",
  userId,
  name: userId,
  ...more,
});
const meets = (who: Account) => {
  const { store } = house.context;
  const commit: Store["commit"] = async (changes) => {
    await store.commit(changes);
    stated.push(...changes.filter((change) => change.in === outbox));
  };
  return meet({ ...house.context, store: { ...bound(store), commit } }, who);
};

describe("the first contact", () => {
  it("makes a member with the name, language and zone that the app tells", async () => {
    const ada = await meets(account("1", { name: " Ada  Lovelace ", language: "de-AT", zone: "Europe/Vienna" }));
    expect(ada).toMatchObject({
      username: "ada-lovelace",
      displayName: "Ada Lovelace",
      language: "de",
      timezone: "Europe/Vienna",
      role: "member",
      joinedAt: house.clock.now(),
    });
    expect(stated).toMatchObject([
      { row: { fact: memberJoined.name, payload: { member: ada.id, platform: "terminal" } } },
    ]);
  });

  it("is the first once only: later ones find the member, whatever they are called by then", async () => {
    const ada = await meets(account("1", { name: "Ada" }));
    expect(await meets(account("1", { name: "Countess" }))).toEqual(ada);
    expect(await house.store.count(profiles)).toBe(1);
  });

  it("made many times at once makes one member", async () => {
    const met = await Promise.all(Array.from({ length: 8 }, () => meets(account("1"))));
    expect(new Set(met.map(({ id }) => id)).size).toBe(1);
    expect([await house.store.count(profiles), await house.store.count(accounts)]).toEqual([1, 1]);
    expect(stated).toHaveLength(1);
  });

  it("of the same id in another app or workspace is another member", async () => {
    const all = [account("1"), account("1", { platform: "telegram" }), account("1", { workspace: "T1" })];
    const met = await Promise.all(all.map(meets));
    expect(new Set(met.map(({ id }) => id)).size).toBe(3);
  });

  it("of somebody whose name is taken gives them another username and the same name", async () => {
    const met = await Promise.all(["1", "2", "3", "4"].map((id) => meets(account(id, { name: "Ada" }))));
    expect(met.map(({ displayName }) => displayName)).toEqual(["Ada", "Ada", "Ada", "Ada"]);
    expect(met.map(({ username }) => username).sort()[0]).toBe("ada");
    for (const { username } of met) expect(username).toMatch(/^ada(-[a-z2-9]{4})?$/);
    expect(new Set(met.map(({ username }) => username)).size).toBe(4);
  });

  it.each<[string, string]>([
    ["🎓".repeat(64), "🎓".repeat(40)],
    ["a".repeat(200), "a".repeat(80)],
    [`${"a".repeat(79)}🎓`, "a".repeat(79)],
    ["", "42"],
    ["\u3164\u2800", "42"],
    ["\u200b\u202e \n", "42"],
    ["Ada\n\u0007\u202eLovelace\u202c", "Ada Lovelace"],
    ["Zoë 👩‍🔬", "Zoë 👩‍🔬"],
  ])("takes the name %j as %j", async (name, displayName) => {
    expect(await meets(account("42", { name }))).toMatchObject({ displayName });
  });

  it.each(["Nowhere/City", "", "x".repeat(300), "Europe/Berlin; DROP"])(
    "shows UTC to whom %j is told",
    async (zone) => {
      const { timezone } = await meets(account("1", { zone }));
      expect(timezone).toBe("UTC");
    },
  );

  it("never fails, whatever an app tells", () => {
    let id = 0;
    return fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "binary", maxLength: 300 }),
        fc.option(fc.string(), { nil: undefined }),
        fc.option(fc.oneof(fc.string(), fc.constantFrom("+05:45", "GMT", "europe/berlin")), { nil: undefined }),
        async (name, language, zone) => {
          const { displayName, timezone, ...profile } = await meets(account(`u${++id}`, { name, language, zone }));
          expect(displayName.length).toBeGreaterThan(0);
          expect(displayName.length).toBeLessThanOrEqual(80);
          expect(displayName.isWellFormed()).toBe(true);
          expect(
            formatTime({ time: 0, style: "full" }, { language: profile.language, zone: timezone, platform: "x" }),
          ).toMatch(/19(69|70)/);
        },
      ),
      { seed: 3, numRuns: 150 },
    );
  });
});

describe("names and languages", () => {
  it.each([
    ["Ada Lovelace", "ada-lovelace"],
    ["  Émile Zölä!! ", "emile-zola"],
    ["张伟", "member"],
    ["x", "member"],
    ["--a--b--", "a-b"],
    ["y".repeat(99), "y".repeat(40)],
  ])("%j becomes the username %j", (name, username) => {
    expect(usernameFrom(name)).toBe(username);
  });

  it.each([
    ["de", "de"],
    ["DE-ch", "de"],
    ["en-GB", "en"],
    ["fr", "en"],
    ["den", "en"],
    [undefined, "en"],
  ])("%j is told in %j", (tag, language) => {
    expect(nearestLanguage(tag)).toBe(language);
  });
});
