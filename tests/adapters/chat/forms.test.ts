// Forms where a platform has them: what a call lacks is asked for at once, sent off, and asked again when it is wrong.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type ChatEdge, chatEdge, textsOf } from "./edge.ts";
import { notes } from "./notes.ts";

let edge: ChatEdge;
afterEach(() => edge.close());

const fills = (
  who: string,
  answers: Record<string, string>,
  data = edge.shown.findLast(({ form }) => form)!.form!.data,
) => edge.does(who, { kind: "submit", data, answers });
const fieldsOf = (shown: Awaited<ReturnType<typeof edge.says>>) => shown.at(-1)?.form?.fields;

describe("with forms of two questions", () => {
  beforeEach(async () => {
    edge = await chatEdge({ formFields: 2 });
  });

  it("what a command lacks is asked for in a form, and nothing is kept open", async () => {
    const shown = await edge.says("ada", "/note add");
    expect(shown).toHaveLength(1);
    expect(shown[0]!.form).toMatchObject({
      title: "Keep a note",
      fields: [
        { name: "text", label: "What should I note?", kind: "text", required: true, maxLength: 20, choices: [] },
        { name: "colour", kind: "choice", choices: [{ value: "red" }, { value: "blue" }] },
      ],
    });
    expect(textsOf(await fills("ada", { text: "milk", colour: "blue" }))).toEqual(["kept blue milk"]);
    expect(textsOf(await edge.says("ada", "/cancel"))).toEqual(["There is nothing to cancel here."]);
  });

  it("a native command that lacks something brings the form, with what it had", async () => {
    await edge.does("ada", { kind: "command", call: { action: "note.add", input: { colour: "red" } } });
    expect(fieldsOf(edge.shown as never)).toMatchObject([
      { name: "text", required: true },
      { name: "times", required: false },
    ]);
    expect(textsOf(await fills("ada", { text: "milk" }))).toEqual(["kept red milk"]);
  });

  it("a wrong answer is asked for again with what was written and why it is no good; the others are kept", async () => {
    await edge.says("ada", "/note add");
    const [again] = await fills("ada", { text: "x".repeat(21), colour: "blue" });
    expect(again!.form!.fields).toMatchObject([{ name: "text", value: "x".repeat(21), required: true }]);
    expect(again!.form!.fields[0]!.problem).toContain("20");
    expect(again!.text).toContain("20");
    const [offered] = await edge.does("ada", { kind: "press", data: again!.form!.data });
    expect(offered!.form!.fields).toEqual(again!.form!.fields);
    expect(textsOf(await fills("ada", { text: "milk" }))).toEqual(["kept blue milk"]);
    expect(await edge.raw.count(notes)).toBe(1);
  });

  it("what was left blank is asked for again", async () => {
    await edge.says("ada", "/note add");
    expect(fieldsOf(await fills("ada", { text: "milk", colour: " " }))![0]).toMatchObject({ name: "colour" });
  });

  it("an entity that is not there is asked for again among those that are", async () => {
    await edge.says("ada", "/note add milk colour:red");
    await edge.says("ada", "/note show");
    const [again] = await fills("ada", { note: "honey" });
    expect(again!.form!.fields).toMatchObject([{ name: "note", value: "honey", choices: [{ label: "Note milk" }] }]);
    expect(textsOf(await fills("ada", { note: "milk" }))).toEqual(["here is milk"]);
  });

  it.each([
    ["add", "colour", "green", { text: "x", colour: "blue" }, "kept blue x"],
    ["show", "note", "honey", { note: "milk" }, "here is milk"],
  ])("opened by its button, the form of /note %s is as it was", async (command, name, value, answers, done) => {
    await edge.says("ada", "/note add milk colour:red");
    await edge.says("ada", `/note ${command}`);
    const [first] = await fills("ada", { text: "x", [name]: value });
    const again = await edge.does("ada", { kind: "press", data: first!.form!.data });
    const problem = first!.form!.fields[0]!.problem;
    expect(again.at(-1)!.form!.fields[0]).toMatchObject({ name, value, problem });
    expect(problem).toBeTruthy();
    expect(textsOf(await fills("ada", answers))).toEqual([done]);
  });

  it("a form that was never ours says so", async () => {
    expect(textsOf(await fills("ada", { text: "milk" }, "no.such|thing"))).toEqual([
      "That button no longer does anything. Send the command again for a fresh one.",
    ]);
  });

  it("sent off twice by a platform that repeats itself is one note", async () => {
    await edge.says("ada", "/note add colour:red");
    const { data } = edge.shown.at(-1)!.form!;
    const deed = { kind: "submit", data, answers: { text: "milk" } } as const;
    await edge.does("ada", deed, { id: "same" });
    await edge.does("ada", deed, { id: "same" });
    expect(await edge.raw.count(notes)).toBe(1);
  });
});

it("where questions are asked one at a time, what may be left out can be", async () => {
  edge = await chatEdge();
  const [asked] = await edge.says("ada", "/note add milk colour:blue times:99");
  expect(asked!.buttons.map(({ label }) => label)).toEqual(["Leave it out"]);
  expect(textsOf(await edge.does("ada", { kind: "press", data: asked!.buttons[0]!.data }))).toEqual(["kept blue milk"]);
});

it("a form asks no more at once than the platform takes; the rest follows", async () => {
  edge = await chatEdge({ formFields: 1 });
  expect(fieldsOf(await edge.says("ada", "/note add"))).toMatchObject([{ name: "text" }]);
  expect(fieldsOf(await fills("ada", { text: "milk" }))).toMatchObject([{ name: "colour" }]);
  expect(textsOf(await fills("ada", { colour: "red" }))).toEqual(["kept red milk"]);
});

describe("suggestions", () => {
  beforeEach(async () => {
    edge = await chatEdge();
    await edge.says("ada", "/note add milk colour:red");
  });
  const suggests = (field: string, typed: string, action = "note.show") =>
    edge.suggests({ who: "ada", action, field, typed });

  it("are the entities there are, and the choices that fit", async () => {
    expect(await suggests("note", "")).toEqual([{ value: "milk", label: "Note milk" }]);
    expect(await suggests("colour", "BL", "note.add")).toEqual([{ value: "blue", label: "blue" }]);
  });

  it("are none for what isn't there, and none when the store fails", async () => {
    expect(await suggests("nothing", "")).toEqual([]);
    expect(await suggests("note", "", "no.such")).toEqual([]);
    await edge.raw.close();
    expect(await suggests("note", "")).toEqual([]);
    expect(edge.troubles.at(-1)?.message).toBe("nothing could be suggested");
    await edge.restart().catch(() => undefined);
  });
});

it("a place that PeerSpark was put into by nobody known is greeted in its own language", async () => {
  edge = await chatEdge();
  expect((await edge.joins("club", "de-DE"))[0]).toMatchObject({ where: "channel club" });
  expect(textsOf(edge.shown)[0]).toContain("Hallo");
});
