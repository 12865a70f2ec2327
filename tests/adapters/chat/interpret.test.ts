// What people type and press, as the call it makes: commands, nearly commands, deep links, numbers of buttons.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type World, world } from "../../support/world.ts";
import { type ChatEdge, chatEdge, type ShownView, textsOf } from "./edge.ts";

let edge: ChatEdge;
beforeEach(async () => {
  edge = await chatEdge();
});
afterEach(() => edge.close());

const labels = (shown: readonly ShownView[]) => shown.flatMap(({ buttons }) => buttons.map(({ label }) => label));

describe("a line", () => {
  it.each(["/note quick", "/note_quick", "/NOTE Quick", "note quick", "  /note   quick  "])(
    "%j is a command",
    async (line) => {
      expect(textsOf(await edge.says("ada", line))).toEqual(["quick is over"]);
    },
  );

  it("with the name of an area alone shows its help", async () => {
    const [shown] = await edge.says("ada", "/note");
    expect(shown!.text).toContain("/note add");
  });

  it("with a command nearly right offers the right one as a button", async () => {
    const shown = await edge.says("ada", "/note quikc");
    expect(textsOf(shown)[0]).toMatch(/I don't know “note quikc”[\s\S]*Did you mean \/note quick\?/);
    expect(labels(shown)).toEqual(["Show me how"]);
    expect(textsOf(await edge.presses("ada", edge.button("Show me how")))[0]).toContain("Take no time");
  });

  it.each(["/note help", "/note_help", "/note HILFE", "/note ?", "note help"])(
    "%j shows the area's help",
    async (line) => {
      expect((await edge.says("ada", line))[0]!.text).toContain("/note add");
    },
  );

  it("of nothing but a slash shows what there is", async () => {
    expect(textsOf(await edge.says("ada", "/"))).toEqual([expect.stringContaining("What I can do")]);
  });

  it.each(["/xyzzyplugh", "/💥", `/${"x".repeat(5000)}`])("%j is told to be unknown, and shortly", async (line) => {
    const [shown] = await edge.says("ada", line);
    expect(shown!.text).toMatch(/^I don't know “.{0,60}”\. \/help/u);
    expect(shown!.buttons).toEqual([]);
    expect(edge.troubles).toEqual([]);
  });

  it("that is no command says that a form is still open, which the next line answers", async () => {
    expect(textsOf(await edge.says("ada", "/note quikc"))[0]).not.toContain("still open");
    await edge.says("ada", "/note add colour:red");
    for (const line of ["/note quikc", "/xyzzyplugh", "/note quick now"])
      expect(textsOf(await edge.says("ada", line))[0]).toContain("Your form is still open");
    expect(textsOf(await edge.says("ada", "milk"))).toEqual(["kept red milk"]);
  });

  it("with words that fit no field says which", async () => {
    expect(textsOf(await edge.says("ada", "/note add text:milk and bread"))[0]).toContain("“and bread”");
    expect(edge.notes.ran.size).toBe(0);
  });

  it("that is no command gets a hint where PeerSpark is meant, and nothing elsewhere", async () => {
    expect(textsOf(await edge.says("ada", "good morning"))).toEqual([
      "I understand commands, such as /event create Algebra tomorrow 6pm. /help lists them.",
    ]);
    expect(await edge.says("ada", "good morning", { in: "club", addressed: false })).toEqual([]);
    expect(await edge.says("ada", "/etc/hosts and more", { in: "club", addressed: false })).toEqual([]);
    expect(await edge.says("ada", "/cancel", { in: "club", addressed: false })).toEqual([]);
    expect(textsOf(await edge.says("ada", "   "))).toEqual([expect.stringContaining("I understand commands")]);
  });

  it("that calls PeerSpark by its name and says nothing is greeted", async () => {
    const [shown] = await edge.says("ada", "", { in: "club" });
    expect(shown).toMatchObject({ text: expect.stringContaining("Hello ada"), buttons: [{}, { label: "Help" }] });
    expect(await edge.says("ada", "", { in: "club", addressed: false })).toEqual([]);
  });
});

describe("whose app tells no time zone", () => {
  it("is asked where they are, by a button, until they have said it", async () => {
    const [shown] = await edge.does("ada", { kind: "start", payload: "" });
    expect(shown!.text).toContain("Where are you?");
    expect(textsOf(await edge.presses("ada", edge.button("Set my time zone")))[0]).toContain("A city or a time zone");
    expect(textsOf(await edge.says("ada", "Berlin"))[0]).toContain("Europe/Berlin");
    const [later] = await edge.does("ada", { kind: "start", payload: "" });
    expect(later!.text).not.toContain("Where are you?");
    expect(labels([later!])).toEqual(["Help"]);
  });
});

describe("a deep link", () => {
  it("greets, whatever it carries", async () => {
    for (const payload of ["", "hello", "open-", "open-nonsense", `open-${"0".repeat(32)}`, "join-"])
      expect(textsOf(await edge.does("ada", { kind: "start", payload }))[0]).toContain("ada");
  });

  it("of an invitation joins, or says that it does not hold", async () => {
    const [shown] = await edge.does("ada", { kind: "start", payload: "join-K7M2QX9PAB" });
    expect(shown!.text).not.toContain("went wrong");
    expect(edge.troubles).toEqual([]);
  });
});

describe("!n at a terminal", () => {
  let w: World;
  beforeEach(async () => {
    w = await world();
  });
  afterEach(() => w.close());

  it("presses the button of that number, and says so when there is none", async () => {
    const ada = w.terminal("ada");
    expect(await ada.says("/evnt create")).toContain("Did you mean /event create?");
    expect(await ada.says("!1")).toContain("/event create");
    for (const line of ["!0", "!99", "!2"]) expect(await ada.says(line)).toContain(`There is no button ${line}.`);
  });
});

it("a command in German words offers the one that is meant, and says so of an open form", async () => {
  const w: World = await world();
  const jan = w.terminal("jan", { language: "de" });
  expect(await jan.says("/erinnere mich morgen um 7 an Kapitel 3")).toContain("Meintest du /remind me?");
  expect(await jan.says("/termin Algebra morgen 18 Uhr")).toContain("Meintest du /event?");
  await jan.says("/remind me");
  expect(await jan.says("/xyzzyplugh")).toContain("Dein Formular ist noch offen");
  await w.close();
});
