// The app a member is written to on: chosen among those they have, followed by every direct message, kept through linking.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accounts } from "../../../src/core/members/account.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import type { SmallHouse } from "../notifications/small-house.ts";
import { codeOf, edit, joins, memberHouse, unlink } from "./member-house.ts";

let house: SmallHouse;
let ada: string;
let phone: string;
beforeEach(async () => {
  house = await memberHouse();
  house.start();
  ada = await house.member("ada");
  phone = await house.member("ada-phone", { platform: "telegram" });
});
afterEach(() => house.close());

const joined = async () => {
  await joins(house, phone, await codeOf(house, ada));
  await house.advance(0);
};
const shown = async () => (await house.does(ada, { action: "profile.show", input: {} })).text;
const messages = (platform: string) =>
  house.platform(platform).sent.filter(({ text }) => text.includes("stretch")).length;
const reminded = async () => {
  await house.does(ada, { action: "reminder.create", input: { what: "stretch in 1 minute" } });
  await house.advance(61_000);
};

describe("the app a member prefers", () => {
  it("gets the one direct message, whichever account was linked first", async () => {
    await joined();
    await reminded();
    expect([messages("terminal"), messages("telegram")]).toEqual([1, 0]);
    expect((await house.does(ada, edit({ app: "Telegram" }))).text).toContain("Direct messages: Telegram (ada-phone)");
    await reminded();
    expect([messages("terminal"), messages("telegram")]).toEqual([1, 1]);
  });

  it("that refuses is followed by the others as before", async () => {
    await joined();
    await house.does(ada, edit({ app: "telegram" }));
    const { rows } = await house.store.find(accounts, { where: { platform: "telegram" }, limit: 1 });
    await house.store.commit([{ kind: "patch", in: accounts, id: rows[0]!.id, set: { closedAt: house.clock.now() } }]);
    await reminded();
    expect([messages("terminal"), messages("telegram")]).toEqual([1, 0]);
  });

  it("is one they have an account on, and those are what is offered", async () => {
    await expect(house.does(ada, edit({ app: "telegram" }))).rejects.toMatchObject({
      message: expect.stringMatching(/no account on that app\. Yours are on: terminal/),
    });
    const field = house.house.actions.get("profile.edit")!.fields.find(({ name }) => name === "app")!;
    const offered = async () =>
      (await field.reference!.suggest(await house.actingAs(ada), "")).map(({ value }) => value);
    expect(await offered()).toEqual(["terminal"]);
    await joined();
    expect(await offered()).toEqual(["terminal", "telegram"]);
  });

  it("is shown where there is a choice", async () => {
    expect(await shown()).not.toContain("Direct messages");
    await joined();
    expect(await shown()).toMatch(/Direct messages: Terminal \(ada\)[\s\S]*\/profile edit app:telegram/);
  });
});

describe("linking", () => {
  it.each<[string, string | undefined, string | undefined, string | undefined]>([
    ["keeps what the member chose who is kept", "terminal", "telegram", "terminal"],
    [
      "leaves the one who gave the code where they are written to, whatever the other chose",
      undefined,
      "telegram",
      undefined,
    ],
  ])("%s", async (_, kept, merged, becomes) => {
    if (kept) await house.does(ada, edit({ app: kept }));
    if (merged) await house.does(phone, edit({ app: merged }));
    await joined();
    expect((await house.store.get(profiles, ada))!.app).toBe(becomes);
  });

  it("undone leaves the app that is left", async () => {
    await joined();
    await house.does(ada, edit({ app: "telegram" }));
    await house.does(ada, unlink("telegram"));
    expect((await house.store.get(profiles, ada))!.app).toBeUndefined();
    await reminded();
    expect([messages("terminal"), messages("telegram")]).toEqual([1, 0]);
  });

  it("of another account undone leaves the choice as it is", async () => {
    await joined();
    await house.does(ada, edit({ app: "telegram" }));
    await house.does(ada, unlink("terminal"));
    await reminded();
    expect([messages("terminal"), messages("telegram")]).toEqual([0, 1]);
  });
});
