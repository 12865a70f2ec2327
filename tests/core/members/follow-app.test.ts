// Zone and language follow what apps tell, one app at a time, and never overwrite what was set by hand.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { meet } from "../../../src/core/members/account.ts";
import { toldBy } from "../../../src/core/members/follow-app.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import type { SmallHouse } from "../notifications/small-house.ts";
import { codeOf, edit, joins, memberHouse } from "./member-house.ts";

let house: SmallHouse;
beforeEach(async () => {
  house = await memberHouse();
  house.start();
});
afterEach(() => house.close());

interface Tells {
  readonly zone?: string;
  readonly language?: string;
}
const on = (platform: string, tells: Tells = {}) =>
  meet(house.context, { platform, workspace: "", userId: "ada", name: "Ada", ...tells });
const shown = async (id: string) => {
  const { timezone, language } = (await house.store.get(profiles, id))!;
  return [timezone, language];
};
async function linked(kept: string, merged: string): Promise<void> {
  await joins(house, merged, await codeOf(house, kept));
  await house.advance(1000);
}

describe("what an app tells", () => {
  it("is followed when it changes", async () => {
    const { id } = await on("slack", { zone: "Europe/Berlin", language: "de-DE" });
    expect(await shown(id)).toEqual(["Europe/Berlin", "de"]);
    expect(await on("slack", { zone: "Asia/Tokyo", language: "en-GB" })).toMatchObject({
      timezone: "Asia/Tokyo",
      language: "en",
    });
    await on("slack");
    expect(await shown(id)).toEqual(["Asia/Tokyo", "en"]);
  });

  it("is taken over later, where nothing was told before", async () => {
    const { id } = await on("telegram", { language: "fr" });
    expect(await shown(id)).toEqual(["UTC", "en"]);
    await on("telegram", { zone: "Nowhere/City", language: "xx" });
    expect(await shown(id)).toEqual(["UTC", "en"]);
    await on("telegram", { zone: "Europe/Berlin", language: "de" });
    expect(await shown(id)).toEqual(["Europe/Berlin", "de"]);
  });

  it("never overwrites what was set by hand, be it the default", async () => {
    const { id } = await on("slack", { zone: "Europe/Berlin", language: "de" });
    await house.does(id, edit({ zone: "UTC", language: "en" }));
    await on("slack", { zone: "Asia/Tokyo", language: "de" });
    expect(await shown(id)).toEqual(["UTC", "en"]);
  });

  it("costs no write when it is nothing new", async () => {
    const { id, rev } = await on("slack", { zone: "Europe/Berlin", language: "de" });
    for (let n = 0; n < 3; n++) await on("slack", { zone: "Europe/Berlin", language: "de" });
    expect((await house.store.get(profiles, id))!.rev).toBe(rev);
  });

  it("told by many at once ends as one of them says", async () => {
    const { id } = await on("slack");
    await Promise.all(["Europe/Berlin", "Asia/Tokyo", "Europe/Berlin"].map((zone) => on("slack", { zone })));
    expect(["Europe/Berlin", "Asia/Tokyo"]).toContain((await shown(id))[0]);
  });
});

describe("a second app", () => {
  it("fills in what the first did not tell, and is followed then", async () => {
    const discord = await on("discord", { language: "de" });
    const slack = await on("slack", { zone: "Europe/Berlin" });
    await linked(discord.id, slack.id);
    expect(await shown(discord.id)).toEqual(["Europe/Berlin", "de"]);
    await on("slack", { zone: "Asia/Tokyo", language: "en" });
    expect(await shown(discord.id)).toEqual(["Asia/Tokyo", "de"]);
  });

  it("that tells something else does not take turns with the first", async () => {
    const slack = await on("slack", { zone: "Europe/Berlin", language: "de" });
    const terminal = await on("terminal", { zone: "America/New_York", language: "en" });
    await linked(slack.id, terminal.id);
    await on("terminal", { zone: "America/New_York", language: "en" });
    expect(await shown(slack.id)).toEqual(["Europe/Berlin", "de"]);
  });

  it("brings what was set there by hand, but not over what was set here by hand", async () => {
    const [one, two, three] = [await on("discord", { zone: "Asia/Tokyo" }), await on("slack"), await on("terminal")];
    await house.does(two.id, edit({ zone: "Berlin" }));
    await linked(one.id, two.id);
    expect((await shown(one.id))[0]).toBe("Europe/Berlin");
    await on("discord", { zone: "Asia/Tokyo" });
    await house.does(three.id, edit({ zone: "London" }));
    await linked(one.id, three.id);
    expect((await shown(one.id))[0]).toBe("Europe/Berlin");
  });
});

it("settles: what is told twice changes nothing the second time", () => {
  const zone = fc.option(fc.constantFrom("UTC", "Europe/Berlin", "Asia/Tokyo", "bad"), { nil: undefined });
  const tag = fc.option(fc.constantFrom("en", "de-AT", "fr"), { nil: undefined });
  const said = fc.array(fc.record({ who: fc.constantFrom("a", "b"), zone, language: tag }), { maxLength: 8 });
  fc.assert(
    fc.property(said, (all) => {
      let now = {};
      for (const { who, ...tells } of all) {
        const account = { platform: "x", workspace: "", userId: who, name: who, ...tells };
        now = { ...now, ...toldBy(who, account, now) };
        expect(toldBy(who, account, now)).toEqual({});
      }
    }),
    { seed: 9 },
  );
});
