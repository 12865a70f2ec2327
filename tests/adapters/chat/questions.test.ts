// Forms where there are no modals: asked one at a time, answered by the next line or a button, resumable, left by /cancel.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openQuestions } from "../../../src/core/conversations/question.ts";
import { type ChatEdge, chatEdge, type ShownView, textsOf } from "./edge.ts";
import { notes } from "./notes.ts";

let edge: ChatEdge;
beforeEach(async () => {
  edge = await chatEdge();
});
afterEach(() => edge.close());

const only = (shown: readonly ShownView[]) => {
  expect(shown).toHaveLength(1);
  return shown[0]!;
};
const open = () => edge.raw.count(openQuestions);

describe("a form", () => {
  it("asks for what is missing, one after the other, and then does it", async () => {
    expect(only(await edge.says("ada", "/note add")).text).toBe(
      "Keep a note\nWhat should I note?\n/cancel leaves the form.",
    );
    const colour = only(await edge.says("ada", "buy milk"));
    expect(colour.text).toContain("Which colour?");
    expect(colour.buttons.map(({ label }) => label)).toEqual(["red", "blue"]);
    expect(only(await edge.says("ada", "blue")).text).toBe("kept blue buy milk");
    expect(await open()).toBe(0);
  });

  it("offers choices as buttons, which answer it", async () => {
    await edge.says("ada", "/note add buy milk");
    expect(only(await edge.presses("ada", edge.button("red"))).text).toBe("kept red buy milk");
    expect(await open()).toBe(0);
    expect(only(await edge.says("ada", "thanks")).text).toContain("/help");
    expect(await edge.raw.count(notes)).toBe(1);
  });

  it("offers a few of the entities there are", async () => {
    await edge.says("ada", "/note add milk colour:red");
    const asked = only(await edge.says("ada", "/note show"));
    expect(asked.buttons.map(({ label }) => label)).toEqual(["Note milk"]);
    expect(only(await edge.presses("ada", asked.buttons[0]!.data)).text).toBe("here is milk");
  });

  it("asks a wrong answer again, with what is wrong", async () => {
    await edge.says("ada", "/note add");
    const again = only(await edge.says("ada", "x".repeat(21)));
    expect(again.text).toContain("That is too long: at most 20 characters, please.\nWhat should I note?");
    await edge.says("ada", "milk");
    const colour = only(await edge.says("ada", "green"));
    expect(colour.text).toContain("Please pick one of these: red, blue.\nWhich colour?");
    expect(colour.buttons.map(({ label }) => label)).toEqual(["red", "blue"]);
    expect(only(await edge.says("ada", "RED")).text).toBe("kept red milk");
  });

  it("asks again for a number that is none, too small or too big", async () => {
    await edge.says("ada", "/note repeat");
    expect(only(await edge.says("ada", "twice")).text).toContain("That must be a whole number, such as 12.");
    expect(only(await edge.says("ada", "0")).text).toContain("That must be at least 1.");
    expect(only(await edge.says("ada", "6")).text).toContain("That can be at most 5.");
    expect(only(await edge.says("ada", " 3 ")).text).toBe("3 times");
  });

  it("asks again for an entity that isn't there, and offers those that are", async () => {
    await edge.says("ada", "/note add milk colour:red");
    await edge.says("ada", "/note show");
    const again = only(await edge.says("ada", "bread"));
    expect(again.text).toContain("There is no note “bread”.\nWhich note?");
    expect(again.buttons.map(({ label }) => label)).toEqual(["Note milk"]);
    expect(only(await edge.says("ada", "milk")).text).toBe("here is milk");
  });

  it("takes an answer as it is: no command grammar, no markup", async () => {
    await edge.says("ada", "/note add colour:red");
    expect(only(await edge.says("ada", 'colour:blue "x"|%~')).text).toBe('kept red colour:blue "x"|%~');
  });

  it("is left by /cancel, which says so", async () => {
    await edge.says("ada", "/note add");
    expect(only(await edge.says("ada", "/cancel")).text).toBe("All right, I left the form.");
    expect(only(await edge.says("ada", "/cancel")).text).toBe("There is nothing to cancel here.");
    expect(only(await edge.says("ada", "milk")).text).toContain("/help");
    expect(edge.notes.ran.size).toBe(0);
  });

  it.each(["cancel", "Cancel!", "STOP", "abbrechen"])("is left by the word alone: %s", async (word) => {
    await edge.says("ada", "/note add");
    expect(only(await edge.says("ada", word)).text).toBe("All right, I left the form.");
    expect(await open()).toBe(0);
    expect(edge.notes.ran.size).toBe(0);
  });

  it("is answered by what only begins so", async () => {
    await edge.says("ada", "/note add colour:red");
    expect(only(await edge.says("ada", "cancel the gym")).text).toBe("kept red cancel the gym");
  });

  it("waits for a day, and not longer", async () => {
    await edge.says("ada", "/note add colour:red");
    await edge.says("bob", "/note add colour:red");
    await edge.clock.advance(24 * 3600_000 - 1);
    expect(only(await edge.says("ada", "milk")).text).toBe("kept red milk");
    await edge.clock.advance(1);
    expect(only(await edge.says("bob", "milk")).text).toContain("/help");
    expect(only(await edge.says("bob", "/cancel")).text).toBe("There is nothing to cancel here.");
  });

  it("goes on after a restart, by a line or by its buttons", async () => {
    await edge.says("ada", "/note add milk");
    await edge.says("bob", "/note add");
    await edge.restart();
    expect(only(await edge.presses("ada", edge.button("blue"))).text).toBe("kept blue milk");
    expect(only(await edge.says("bob", "bread")).text).toContain("Which colour?");
  });

  it("is one person's: another member of the group does not answer it", async () => {
    await edge.close();
    edge = await chatEdge({ ephemeral: true });
    const club = { in: "club", addressed: false };
    await edge.says("ada", "/note add colour:red", { in: "club" });
    expect(await edge.says("bob", "bread", club)).toEqual([]);
    expect(await edge.says("bob", "/cancel", { in: "club" })).toMatchObject([
      { text: "There is nothing to cancel here." },
    ]);
    expect(only(await edge.says("ada", "milk", club)).text).toBe("kept red milk");
  });

  it("is one conversation's: what its person says elsewhere does not answer it", async () => {
    await edge.close();
    edge = await chatEdge({ ephemeral: true });
    await edge.says("ada", "/note add colour:red", { in: "club" });
    expect(await edge.says("ada", "bread", { in: "hall", addressed: false })).toEqual([]);
    expect(only(await edge.says("ada", "bread")).text).toContain("/help");
    expect(only(await edge.says("ada", "milk", { in: "club", addressed: false })).text).toBe("kept red milk");
  });

  it("of a group without private answers is asked and answered in the direct chat", async () => {
    expect(only(await edge.says("ada", "/note add colour:red", { in: "club" })).where).toBe("direct ada");
    expect(await edge.says("ada", "bread", { in: "club", addressed: false })).toEqual([]);
    expect(only(await edge.says("ada", "milk")).text).toBe("kept red milk");
    expect(await open()).toBe(0);
  });

  it("stays open while another command is given in between", async () => {
    await edge.says("ada", "/note add colour:red");
    expect(only(await edge.says("ada", "/note quick")).text).toBe("quick is over");
    expect(only(await edge.says("ada", "milk")).text).toBe("kept red milk");
  });

  it("is left when its command is given anew", async () => {
    await edge.says("ada", "/note add colour:red");
    expect(only(await edge.says("ada", "/note add bread colour:blue")).text).toBe("kept blue bread");
    expect(only(await edge.says("ada", "milk")).text).toContain("/help");
    expect(await edge.raw.count(notes)).toBe(1);
  });

  it("that another form follows is forgotten for it", async () => {
    await edge.says("ada", "/note add");
    await edge.says("ada", "/note repeat");
    expect(only(await edge.says("ada", "4")).text).toBe("4 times");
    expect(await open()).toBe(0);
  });

  it("is asked in the reader's language", async () => {
    const asked = await edge.says("eva", "/note add", { language: "de" });
    expect(textsOf(asked)[0]).toContain("/cancel verlässt das Formular.");
  });
});
