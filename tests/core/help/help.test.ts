// Help is told from what the features declare; a slip of the finger finds its command.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { z } from "zod";
import { help } from "../../../src/core/help/index.ts";
import { greetingView, nearestCommand } from "../../../src/core/help/read.ts";
import { defineAction } from "../../../src/core/kernel/action.ts";
import { ask } from "../../../src/core/kernel/input.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { reminders } from "../../../src/core/reminders/index.ts";
import { note } from "../../../src/core/view.ts";
import { people, press, type SmallHouse, smallHouse, textOf } from "../notifications/small-house.ts";

const told = [people, reminders];
let house: SmallHouse;
let ada: string;

beforeEach(async () => {
  house = await smallHouse([...told, notificationsOf(told), help]);
  ada = await house.member("ada");
});
afterEach(() => house.close());

const show = (area?: string) => house.does(ada, { action: "help.show", input: area === undefined ? {} : { area } });

describe("/help", () => {
  it("lists every area with its commands, none that only buttons reach", async () => {
    const { text, buttons } = await show();
    expect(text).toContain("Reminders: /remind me, /remind list, /remind snooze, /remind move, /remind cancel");
    expect(text).toContain("Inbox: /inbox");
    expect(text).not.toContain("inbox read");
    expect(buttons!.flat().map(({ label }) => label)).toEqual(["Reminders", "Inbox", "Help"]);
  });

  it.each(["reminders", "Reminders", "remind", "/remind", "REMIND", "reminde"])("opens an area by %s", async (area) => {
    const { text } = await show(area);
    expect(text).toContain("/remind cancel: Cancel a reminder");
    expect(text.split("\n").length).toBeLessThan(10);
    expect(text).not.toContain("What should I remind you of?");
  });

  it("opens a command by its line's button, with what can be given and examples", async () => {
    const { text } = await house.does(ada, press(await show("reminders"), "/remind me"));
    expect(text).toContain("<what> What should I remind you of?");
    expect(text).toContain("/remind me to revise chapter 3 tomorrow at 7");
    const snooze = (await show("remind snooze")).text;
    expect(snooze).toContain("for: For how long");
    expect(snooze).not.toContain("(10min, 1h, tomorrow)");
    expect((await show("erinnern später")).text).toBe(snooze);
  });

  it("names what is asked for alone, and choices once, those that the question does not name behind it, and brackets what may be left out", async () => {
    const colours = ["red", "blue"] as const;
    const paint = (name: `paint.${string}`, question: string) =>
      defineAction({
        name,
        command: name.replace(".", " "),
        summary: () => name,
        who: "member",
        input: z.object({
          colour: ask(() => question, z.enum(colours)).optional(),
          hue: z.enum(["warm", "cold"]).optional(),
        }),
        run: async () => ({}),
        view: () => note("done"),
      });
    const actions = [paint("paint.wall", "Which colour?"), paint("paint.door", "Is it red or blue?")];
    await house.close();
    house = await smallHouse([people, help, { name: "paint", title: () => "Painting", actions }]);
    ada = await house.member("ada");
    const text = (await show("paint wall")).text + (await show("paint door")).text;
    expect(text).toContain("[colour] Which colour? (red, blue)");
    expect(text).toMatch(/\[colour\] Is it red or blue\?(?! \()/);
    expect(text).not.toContain("<colour>");
    expect(text).not.toContain("hue");
  });

  it("opens by the area's button, and one command alone by its name", async () => {
    expect((await house.does(ada, press(await show(), "Inbox"))).text).toContain("/inbox: What you were told");
    const { text } = await show("remind_snooze");
    expect(text).toContain("/remind snooze");
    expect(text).not.toContain("/remind cancel");
  });

  it("on what it does not know says what is near, or where everything is", async () => {
    await expect(show("remnd list")).rejects.toThrow("Did you mean /help remind list?");
    await expect(show("quantum chromodynamics")).rejects.toThrow("/help lists everything");
    await expect(show("x".repeat(90))).rejects.toMatchObject({ code: "not_found" });
  });

  it("speaks German to Germans", async () => {
    const karl = await house.member("karl", { language: "de" });
    const { text } = await house.does(karl, { action: "help.show", input: { area: "Erinnerungen" } });
    expect(text).toContain("Eine Erinnerung löschen");
    const one = await house.does(karl, { action: "help.show", input: { area: "erinnern später" } });
    expect(one.text).toContain("[erinnerung] ");
    expect(one.text).toContain("dauer: ");
    expect(one.text).toContain("/remind snooze dauer:morgen");
    expect(one.text).not.toContain("for:");
  });
});

describe("the nearest command", () => {
  it.each([
    ["remnd me to call Grace", "remind me"],
    ["/remind lst", "remind list"],
    ["/remind_snoze", "remind snooze"],
    ["inbx", "inbox"],
    ["hlep", "help"],
    ["pizza", undefined],
    ["", undefined],
    ["erinnere mich morgen um 7 an Kapitel 3", "remind me"],
    ["/Erinnerungen", "remind list"],
    ["hilfe", "help"],
    ["remind everybody of it", "remind"],
    ["erinnern Eigenwerte", "remind"],
    ["erinnern mih", "remind me"],
    ["stop", "notifications"],
    ["gruppe", undefined],
    ["termin", undefined],
    ["constructor", undefined],
  ])("to “%s” is %s", (typed, path) => {
    expect(nearestCommand(house.house, typed)).toBe(path);
  });

  it("is always a command, an area or nothing, whatever is typed", () => {
    const paths = [...house.house.actions.values()].map(({ name, command }) => command || name.replace(".", " "));
    const known = new Set(paths.flatMap((path) => [path, path.split(" ")[0]!]));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (typed) => {
        const found = nearestCommand(house.house, typed);
        expect(found === undefined || known.has(found)).toBe(true);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});

it("greets with three things to try and a way to help, names kept as words", () => {
  for (const language of ["en", "de"] as const) {
    const reader = { language, zone: "UTC", platform: "terminal" };
    const view = greetingView(reader, "**Ada** <b>");
    const text = textOf(view, reader);
    expect(text).toContain("**Ada** <b>");
    expect(text.match(/^- \//gm)).toHaveLength(3);
    expect(view.buttons!.flat()).toMatchObject([{ call: { action: "help.show" } }]);
  }
});
