// Showing and changing a profile, as people meet it in a chat.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Person, type World, world } from "../../support/world.ts";

let w: World;
let ada: Person;
beforeEach(async () => {
  w = await world();
  ada = w.terminal("ada", { zone: "Europe/Berlin" });
});
afterEach(async () => {
  expect(w.troubles).toEqual([]);
  await w.close();
});

describe("a profile", () => {
  it("shows what is known", async () => {
    expect(await ada.says("/profile")).toMatch(
      /^ada\nTime zone: Europe\/Berlin\nLanguage: English\nAccounts: Terminal \(ada\)\nUsername: ada\n\/profile edit/,
    );
  });

  it("takes several changes at once, and keeps them over a restart", async () => {
    const edited = await ada.says('/profile edit name:"Ada Lovelace" zone:Tokyo language:de');
    expect(edited).toMatch(/^Ada Lovelace\nGespeichert\.\nZeitzone: Asia\/Tokyo\nSprache: Deutsch/);
    await w.restart();
    expect(await ada.says("/profile")).toMatch(/^Ada Lovelace\nZeitzone: Asia\/Tokyo/);
  });

  it("asks what to change when nothing is said", async () => {
    expect(await ada.says("/profile edit")).toContain("What should I change?");
  });
});

describe("a zone", () => {
  it.each([
    ["Berlin", "Europe/Berlin"],
    ["america/new_york", "America/New_York"],
    ['"New York"', "America/New_York"],
    ["UTC", "UTC"],
    ["+5:30", "+05:30"],
    ["München", "Europe/Berlin"],
  ])("%s is %s", async (typed, zone) => {
    expect(await ada.says(`/profile edit zone:${typed}`)).toContain(`Saved.\nTime zone: ${zone}`);
  });

  it("of a name that several places have is chosen by a button", async () => {
    expect(await ada.says("/profile edit zone:Springfield")).toContain("several places of that name");
    expect(ada.buttons().length).toBeGreaterThan(1);
    expect(await ada.says("/profile")).toContain("Europe/Berlin");
    expect(await ada.presses("Springfield, Massachusetts (United States of America)")).toContain(
      "Saved.\nTime zone: America/New_York",
    );
  });

  it("that is none changes nothing, not even the rest", async () => {
    expect(await ada.says("/profile edit zone:Atlantis name:Bob")).toContain("Atlantis");
    expect(await ada.says("/profile")).toMatch(/^ada\nTime zone: Europe\/Berlin/);
  });

  it("that is none is asked for again, and the rest is kept", async () => {
    expect(await ada.says("/profile edit zone:Atlantis name:Bob")).toMatch(/Atlantis[\s\S]*Where are you\?/);
    expect(await ada.says("Lisbon")).toMatch(/^Bob\nSaved\.\nTime zone: Europe\/Lisbon/);
  });
});

describe("a name", () => {
  it.each(["\u200b\u200d", "\u3164", "\u2800 \u00ad", "\u202e"])(
    "with nothing to see in it (%j) is refused",
    async (name) => {
      expect(await ada.says(`/profile edit name:"${name}"`)).toMatch(/nothing to see|Please give|What should I change/);
      expect(await ada.says("/profile")).toMatch(/^ada\n/);
    },
  );

  it("is one tidy line", async () => {
    expect(await ada.says('/profile edit name:"  Ada \u202eand\u202c  Bob  "')).toMatch(/^Ada and Bob\n/);
  });

  it("of 80 characters is taken, of 81 not", async () => {
    expect(await ada.says(`/profile edit name:${"x".repeat(81)}`)).toContain("at most 80 characters");
    expect(await ada.says(`/profile edit name:${"x".repeat(80)}`)).toContain("Saved.");
  });

  it("stays text wherever it is shown", async () => {
    expect(await ada.says('/profile edit name:"*Ada* <b> @everyone \u001b[31m"')).toMatch(
      /^\*Ada\* <b> @everyone \[31m\n/,
    );
  });
});

describe("a language", () => {
  it("is one there is", async () => {
    expect(await ada.says("/profile edit language:fr")).toContain("Please pick one of these: en, de.");
    expect(await ada.says("/profile edit language:DE")).toContain("Gespeichert.");
    expect(await ada.says("/xyzzyplugh")).toContain("kenne ich nicht");
  });
});
