// Setting up a place: by who administers it, from the first words on, with or without a calendar of its own.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { spaces } from "../../../src/core/spaces/space.ts";
import { type World, world } from "../../support/world.ts";
import { calendars, type Town, town } from "../pods/town.ts";

let w: World;
let group: Town;
const here = { channel: "g1" };
const row = async () => (await w.store.getBy(spaces, { platform: "town", externalId: "g1" }))!;
const newest = () => [...group.messages].findLast(([at]) => at.startsWith("g1/"))?.[1] ?? "";

async function open(own?: ReturnType<typeof calendars>): Promise<void> {
  w = await world({
    platforms: () => {
      group = town(own);
      return [group];
    },
  });
  group.administrators.set("g1", new Set(["ada"]));
}
beforeEach(() => open());
afterEach(async () => {
  expect(w.troubles).toEqual([]);
  await w.close();
});

describe("/setup", () => {
  it("shows the place to who asks alone, where the app can, and changes what is said there", async () => {
    expect(await group.says("ada", "/setup", here)).toMatch(/^Setting up Group g1\n[\s\S]*Language: English/);
    const saved = await group.presses("ada", "Language: Deutsch", here);
    expect(saved).toMatch(/^Setting up Group g1\nSaved\.\nLanguage: Deutsch/);
    expect(newest()).toBe("");
    expect(await row()).toMatchObject({ language: "de", title: "Group g1", calendar: false });
    await group.says("ada", "/setup language:en", here);
    expect(await row()).toMatchObject({ language: "en" });
  });

  it("sets the language of what everybody there reads, whoever asks; what one alone reads is in their own", async () => {
    await group.says("ada", "/pod create Logic", { channel: "ada" });
    await group.says("ada", "/setup language:de", here);
    expect(await group.says("ada", "/pod bind Logic", here)).toContain("Logic ist jetzt hier zu Hause");
    expect(await group.says("ada", "/pod bind Logic", here)).toContain("Logic is at home here already");
  });

  it("is for who administers the place alone, each time", async () => {
    await group.says("ada", "/setup", here);
    expect(await group.says("bob", "/setup language:de", here)).toContain("Only who administers this place");
    await group.presses("bob", "Language: Deutsch", here);
    expect((await row())?.language ?? "en").toBe("en");
    group.administrators.delete("g1");
    expect(await group.says("ada", "/setup", here)).toContain("Only who administers this place");
  });

  it("is not for who administers one channel of a workspace", async () => {
    group.administers = async (_account, _place, extent) => extent !== "space";
    expect(await group.says("ada", "/setup language:de", here)).toContain("Only who administers this place");
  });

  it("is refused where the right can't be looked up", async () => {
    group.administers = async () => {
      throw new Error("no answer");
    };
    expect(await group.says("ada", "/setup language:de", here)).toContain("went wrong");
    expect(await row()).toBeUndefined();
    expect(w.troubles.splice(0)).toHaveLength(1);
  });

  it("is for groups, not for a direct chat", async () => {
    expect(await w.terminal("ada").says("/setup")).toContain("in a channel of the server or workspace");
  });

  it("keeps what was set up when PeerSpark is put there again", async () => {
    await group.says("ada", "/setup language:de", here);
    await group.happens("joined", "g1", "bob");
    expect(await row()).toMatchObject({ language: "de" });
    expect(newest()).toContain("Hallo, ich bin PeerSpark");
  });
});

describe("the buttons of /setup", () => {
  it("ask for the name of a new pod, and bring it to the place", async () => {
    await group.says("ada", "/setup", here);
    await group.presses("ada", "Make a pod", here);
    expect(await group.says("ada", "Algebra", here)).toContain("Algebra is ready");
    await group.says("ada", "/setup", here);
    expect(await group.presses("ada", "Bring a pod here", here)).toContain("Algebra");
    expect(await group.says("ada", "/pod info", here)).toContain("Algebra");
  });
});

describe("the first words", () => {
  it("have a button that sets up, also where nobody is named who brought PeerSpark in", async () => {
    await group.happens("joined", "g1", null);
    expect(newest()).toContain("Hallo, ich bin PeerSpark");
    expect(await row()).toMatchObject({ language: "de" });
    await group.presses("bob", "Einrichten", here);
    expect(newest()).toContain("Hallo, ich bin PeerSpark");
    // For whoever pressed alone: everybody else keeps the first words.
    expect(await group.presses("ada", "Einrichten", here)).toMatch(/^Setting up Group g1/);
    expect(newest()).toContain("Hallo, ich bin PeerSpark");
  });

  it("are not said again where a pod is at home: its events come again", async () => {
    await group.says("ada", "/pod create Logic", here);
    await group.says("ada", "/pod bind Logic", here);
    await group.happens("left", "g1");
    await group.happens("joined", "g1", "ada");
    await w.settled();
    expect(newest()).toMatch(/^Hello again, I am PeerSpark\n• Logic is at home here/);
    expect(await group.says("ada", "/pod bind Logic", here)).toContain("at home here already");
  });
});

describe("a place's own calendar", () => {
  it("is no matter where the app has none", async () => {
    expect(await group.says("ada", "/setup", here)).not.toContain("calendar");
    expect(await group.says("ada", "/setup calendar:yes", here)).toContain("no calendar of its own");
    expect(await row()).toBeUndefined();
  });

  it("is turned on and off where there is one", async () => {
    await w.close();
    await open(calendars());
    expect(await group.says("ada", "/setup", here)).toContain("This server's calendar: lists no events");
    const saved = await group.presses("ada", "List events in this server's own calendar", here);
    expect(saved).toContain("calendar: lists the events of the public pods");
    expect((await row()).calendar).toBe(true);
    expect(await group.says("ada", "/setup calendar:off", here)).toContain("lists no events");
    expect((await row()).calendar).toBe(false);
  });
});
