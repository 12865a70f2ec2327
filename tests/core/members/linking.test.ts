// Linking two accounts with a code, and taking one off again: once, for five minutes, by one person.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { accounts } from "../../../src/core/members/account.ts";
import { auditLog } from "../../../src/core/members/audit.ts";
import { linkCodes, normaliseCode } from "../../../src/core/members/link-code.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { press, type SmallHouse } from "../notifications/small-house.ts";
import { codeOf, edit, joins, link, memberAt, memberHouse, unlink } from "./member-house.ts";

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

const minute = 60_000;
const wrong = { code: "invalid", message: expect.stringContaining("wrong, used or older") };
const redeem = (member: string, code: string) => joins(house, member, code);
const merged = () => house.advance(0);
const outcomes = async (attempts: readonly Promise<unknown>[]) =>
  (await Promise.allSettled(attempts)).map(({ status }) => status).sort();

describe("a code", () => {
  it("entered on the other app makes one member of two", async () => {
    const done = await redeem(phone, await codeOf(house, ada));
    expect(done.text).toContain("Terminal (ada), Telegram (ada-phone)");
    expect(await memberAt(house, "ada-phone")).toBe(ada);
    expect(await house.store.get(profiles, phone)).toMatchObject({ mergedInto: ada });
    const { rows } = await house.store.find(auditLog, { limit: 10 });
    expect(rows).toMatchObject([{ what: "members.merged", subject: ada, details: { merged: phone } }]);
    expect(await house.member("ada-phone", { platform: "telegram" })).toBe(ada);
  });

  it("is kept as a keyed hash only", async () => {
    const code = await codeOf(house, ada);
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    const { rows } = await house.store.find(linkCodes, { limit: 10 });
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(rows[0]!.hash).toBe(house.context.secrets.sign(`link:${code}`));
  });

  it("may be written with spaces, dashes and in any case", async () => {
    expect(normaliseCode(" k7m2-qx9p\n")).toBe("K7M2QX9P");
    const code = await codeOf(house, ada);
    await redeem(phone, ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `);
    expect(await memberAt(house, "ada-phone")).toBe(ada);
  });

  it("works for five minutes", async () => {
    const code = await codeOf(house, ada);
    await house.advance(5 * minute);
    await expect(redeem(phone, code)).rejects.toMatchObject(wrong);
    const fresh = await codeOf(house, ada);
    await house.advance(5 * minute - 1);
    await redeem(phone, fresh);
    expect(await memberAt(house, "ada-phone")).toBe(ada);
  });

  it("works once", async () => {
    const code = await codeOf(house, ada);
    await redeem(phone, code);
    const bob = await house.member("bob");
    await expect(redeem(bob, code)).rejects.toMatchObject(wrong);
    expect(await memberAt(house, "bob")).toBe(bob);
  });

  it("takes the place of the one before", async () => {
    const [old, fresh] = [await codeOf(house, ada), await codeOf(house, ada)];
    await expect(redeem(phone, old)).rejects.toMatchObject(wrong);
    await redeem(phone, fresh);
    expect(await memberAt(house, "ada-phone")).toBe(ada);
  });

  it("is not one's own", async () => {
    const code = await codeOf(house, ada);
    await expect(redeem(ada, code)).rejects.toMatchObject({ message: expect.stringContaining("your own") });
    await redeem(phone, code);
  });

  it("can be guessed at five times in five minutes, then not even the right one is taken", async () => {
    const code = await codeOf(house, ada);
    for (let n = 0; n < 5; n++) await expect(redeem(phone, `WRONG22${n + 2}`)).rejects.toMatchObject(wrong);
    await expect(redeem(phone, code)).rejects.toMatchObject({ code: "rate_limited" });
    await house.advance(5 * minute);
    await redeem(phone, await codeOf(house, ada));
  });

  it("can't be guessed at faster by guessing at once", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => redeem(phone, `WRONG${n + 10}X`)));
    const codes = tries.map((one) => (one.status === "rejected" ? one.reason.code : "linked"));
    expect(codes.filter((code) => code === "invalid")).toHaveLength(5);
    expect(codes.filter((code) => code === "rate_limited")).toHaveLength(7);
  });
});

describe("before anything is joined", () => {
  it("whoever enters the code reads what will become of both, and that it can't be undone", async () => {
    await house.does(phone, edit({ zone: "Europe/Berlin", language: "de", name: "Ada P." }));
    await house.does(ada, edit({ zone: "Asia/Tokyo" }));
    await house.does(ada, { action: "notifications.show", input: { change: "quiet 20:00-08:00" } });
    const asked = await house.does(phone, link(await codeOf(house, ada)));
    expect(asked.text).toContain("Eins werden mit Terminal (ada)?");
    expect(asked.text).toContain("nicht rückgängig");
    expect(asked.text).toContain("Name: ada (jetzt Ada P.)");
    expect(asked.text).toContain("Zeitzone: Asia/Tokyo (jetzt Europe/Berlin)");
    expect(asked.text).toMatch(/Sprache: Deutsch$/m);
    expect(asked.text).toContain("Ruhezeit: 20:00–08:00 (Asia/Tokyo) (jetzt aus)");
    expect(asked.text).toContain("Direktnachrichten: Terminal (ada) (jetzt Telegram (ada-phone))");
    expect(await memberAt(house, "ada-phone")).toBe(phone);
    const done = await house.does(phone, press(asked, "Verbinden"));
    expect(done.text).toMatch(/Zeitzone: Asia\/Tokyo$/m);
    expect(await memberAt(house, "ada-phone")).toBe(ada);
  });

  it("a yes to an older code is no yes to a newer one", async () => {
    const asked = await house.does(phone, link(await codeOf(house, ada)));
    await codeOf(house, ada);
    await expect(house.does(phone, press(asked, "Link"))).rejects.toMatchObject(wrong);
    expect(await memberAt(house, "ada-phone")).toBe(phone);
  });

  it("looking counts as a try, saying yes does not", async () => {
    const code = await codeOf(house, ada);
    let asked = await house.does(phone, link(code));
    for (let n = 1; n < 5; n++) asked = await house.does(phone, link(code));
    await expect(house.does(phone, link(code))).rejects.toMatchObject({ code: "rate_limited" });
    await house.does(phone, press(asked, "Link"));
    expect(await memberAt(house, "ada-phone")).toBe(ada);
  });
});

describe("whoever gave the code", () => {
  it("hears where they are written to which account came by it, and can take it off at once", async () => {
    const stranger = await house.member("eve");
    const desk = await house.member("ada-desk", { platform: "telegram" });
    await house.does(desk, { action: "notifications.show", input: { change: "quiet 00:00-23:59" } });
    await house.advance(minute);
    await redeem(stranger, await codeOf(house, desk));
    await merged();
    expect(house.platform("terminal").sent).toEqual([]);
    const [told] = house.platform("telegram").sent;
    expect(told!.text).toMatch(/Terminal \(eve\) is yours now[\s\S]*take the account off/);
    const asked = await house.does(desk, press(told!.view, "Take it off"));
    await house.does(desk, press(asked, "Take it off"));
    expect(await memberAt(house, "eve")).toBeUndefined();
  });

  it("goes on being written to where they were, though the other account is older", async () => {
    const fresh = await house.member("ada-desk", { platform: "telegram" });
    await house.advance(minute);
    await redeem(ada, await codeOf(house, fresh));
    await merged();
    expect((await house.does(fresh, { action: "profile.show", input: {} })).text).toContain(
      "Direct messages: Telegram (ada-desk)",
    );
  });
});

it("two accounts on one app are told apart", async () => {
  await redeem(phone, await codeOf(house, ada));
  const tablet = await house.member("ada-tablet", { platform: "telegram" });
  const done = await redeem(tablet, await codeOf(house, ada));
  const all = "Terminal (ada), Telegram (ada-phone), Telegram (ada-tablet)";
  expect(done.text).toContain(all);
  expect((await house.does(ada, { action: "profile.show", input: {} })).text).toContain(`Accounts: ${all}`);
});

describe("two at once", () => {
  it("who enter the same code: one wins, the other keeps what is theirs", async () => {
    const code = await codeOf(house, ada);
    const bob = await house.member("bob");
    expect(await outcomes([redeem(phone, code), redeem(bob, code)])).toEqual(["fulfilled", "rejected"]);
    await merged();
    const owners = [await memberAt(house, "ada-phone"), await memberAt(house, "bob")];
    expect(owners.filter((owner) => owner === ada)).toHaveLength(1);
    expect(await house.store.count(accounts, { memberId: ada })).toBe(2);
  });

  it("who enter the same code by the same person: one member comes of it", async () => {
    const code = await codeOf(house, ada);
    expect(await outcomes([redeem(phone, code), redeem(phone, code)])).toEqual(["fulfilled", "rejected"]);
    expect(await memberAt(house, "ada-phone")).toBe(ada);
  });

  it("who enter each other's codes: one of the two is kept", async () => {
    const [hers, its] = [await codeOf(house, ada), await codeOf(house, phone)];
    expect(await outcomes([redeem(phone, hers), redeem(ada, its)])).toEqual(["fulfilled", "rejected"]);
    await merged();
    expect(await memberAt(house, "ada-phone")).toBe(await memberAt(house, "ada"));
    const both = await house.store.getMany(profiles, [ada, phone]);
    expect(both.filter(({ mergedInto }) => mergedInto)).toHaveLength(1);
  });

  it("one of whom is just becoming another: nobody is linked to a member who is no more", async () => {
    const bob = await house.member("bob", { platform: "telegram" });
    const [adas, phones] = [await codeOf(house, ada), await codeOf(house, phone)];
    await Promise.allSettled([redeem(phone, adas), redeem(bob, phones)]);
    await merged();
    for (const userId of ["ada", "ada-phone", "bob"]) {
      const owner = await house.store.get(profiles, (await memberAt(house, userId))!);
      expect(owner?.mergedInto).toBeUndefined();
    }
  });
});

describe("unlinking", () => {
  const linked = async () => {
    await redeem(phone, await codeOf(house, ada));
    await merged();
  };

  it("takes the account off; it starts afresh, and what was joined stays", async () => {
    await linked();
    expect((await house.does(ada, unlink("telegram"))).text).toContain(
      "account Telegram (ada-phone) is no longer linked",
    );
    const fresh = await house.member("ada-phone", { platform: "telegram" });
    expect([ada, phone]).not.toContain(fresh);
    expect(await memberAt(house, "ada")).toBe(ada);
    const { rows } = await house.store.find(auditLog, { where: { subject: ada }, limit: 10 });
    expect(rows.map(({ what }) => what)).toEqual(["members.merged", "account.unlinked"]);
  });

  it("asks first, and says what stays where", async () => {
    await linked();
    const asked = await house.does(ada, { action: "account.unlink", input: { platform: "telegram" } });
    expect(asked.text).toMatch(/Take your account Telegram \(.*\) off\? What you have stays with Terminal/);
    expect(await house.store.count(accounts, { memberId: ada })).toBe(2);
  });

  it("takes the code back that was asked for before", async () => {
    await linked();
    const code = await codeOf(house, ada);
    await house.does(ada, unlink("telegram"));
    const stranger = await house.member("stranger", { platform: "telegram" });
    await expect(redeem(stranger, code)).rejects.toMatchObject({ code: "invalid" });
  });

  it("asks which one where there are two of an app", async () => {
    const second = await house.member("ada-desk");
    await redeem(second, await codeOf(house, ada));
    await merged();
    expect((await house.does(ada, unlink("terminal"))).text).toContain("Which account do you mean?");
    expect(await house.store.count(accounts, { memberId: ada })).toBe(2);
  });

  it("of an account there is not names those there are", async () => {
    await linked();
    await expect(house.does(ada, unlink("discord"))).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringMatching(/Terminal .*, Telegram/),
    });
  });

  it("of the only account is refused", async () => {
    await expect(house.does(ada, unlink("terminal"))).rejects.toMatchObject({ code: "conflict" });
    expect(await memberAt(house, "ada")).toBe(ada);
  });

  it("of both accounts at once leaves one", async () => {
    await linked();
    const both = [house.does(ada, unlink("terminal")), house.does(ada, unlink("telegram"))];
    expect(await outcomes(both)).toEqual(["fulfilled", "rejected"]);
    expect(await house.store.count(accounts, { memberId: ada })).toBe(1);
  });
});
