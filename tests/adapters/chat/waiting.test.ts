// While the store is away: people get a clear word, nothing is lost or done twice, and all of it is done in its order afterwards.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { blocks } from "../../../src/core/blocks/block.ts";
import { inboundUpdates } from "../../../src/core/conversations/inbound-update.ts";
import { accounts } from "../../../src/core/members/read.ts";
import { reminders } from "../../../src/core/reminders/reminder.ts";
import { weather } from "../../support/weather.ts";
import { type ChatEdge, chatEdge, textsOf } from "./edge.ts";
import { notes } from "./notes.ts";

let edge: ChatEdge;
let sky: ReturnType<typeof weather>;
beforeEach(async () => {
  sky = weather();
  edge = await chatEdge({ around: sky.around, spool: {} });
  for (const who of ["ada", "grace"]) await edge.says(who, "/note quick");
});
afterEach(() => edge.close());

const add = (text: string) => `/note add ${text} colour:red`;
const keptWord = "I can't reach my data right now. I have kept what you asked for";
const notesKept = async () => (await edge.raw.find(notes, { limit: 100 })).rows.map(({ text }) => text);
const since = (from: number) => textsOf(edge.shown.slice(from));

/** The store is back, and found to be; what waited has been handled. */
async function clearsUp(): Promise<readonly string[]> {
  const from = edge.shown.length;
  sky.clear();
  for (let second = 0; second < 8 || ((await edge.kept()) > 0 && second < 200); second++) {
    await edge.clock.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect([await edge.kept(), edge.state()]).toEqual([0, "ok"]);
  return since(from);
}

describe("a change that is asked for while the store is away", () => {
  it("is kept, said to be, and done once it is back", async () => {
    sky.away();
    const told = await edge.says("ada", add("milk"));
    expect(textsOf(told)).toEqual([expect.stringContaining(keptWord)]);
    expect([await edge.kept(), edge.state(), await notesKept()]).toEqual([1, "no answer", []]);
    expect(await clearsUp()).toEqual(["kept red milk"]);
    expect(await notesKept()).toEqual(["milk"]);
  });

  it("is told of in the person's language, and of when it was asked where that is long ago", async () => {
    await edge.says("hans", "/note quick", { language: "de" });
    sky.away();
    expect(textsOf(await edge.says("hans", add("milch")))).toEqual([expect.stringContaining("gemerkt")]);
    await edge.clock.advance(3 * 3_600_000);
    expect(await clearsUp()).toEqual([expect.stringMatching(/^Das kommt spät: .*09:00 UTC.*\nkept red milch$/)]);
  });

  it("is done once though it comes again before, in between and after", async () => {
    sky.away();
    await edge.says("ada", add("milk"), { id: "7" });
    expect(await edge.says("ada", add("milk"), { id: "7" })).toEqual([]);
    expect(await clearsUp()).toEqual(["kept red milk"]);
    expect(await edge.says("ada", add("milk"), { id: "7" })).toEqual([]);
    expect(await notesKept()).toEqual(["milk"]);
  });

  it("is done before what the same person asks for next, whenever that comes", async () => {
    sky.away();
    for (const text of ["one", "two"]) await edge.says("ada", add(text));
    await edge.says("grace", add("elsewhere"));
    sky.clear();
    const from = edge.shown.length;
    await edge.says("ada", add("three"));
    await clearsUp();
    const said = since(from);
    expect(said.filter((text) => /one|two|three/.test(text))).toEqual([
      "kept red one",
      "kept red two",
      "kept red three",
    ]);
    expect((await notesKept()).toSorted()).toEqual(["elsewhere", "one", "three", "two"]);
  });

  it("counts from when it was asked for", async () => {
    sky.away();
    await edge.says("ada", "/remind me in 30 minutes to read");
    await edge.clock.advance(10 * 60_000);
    const asked = Date.parse("2026-03-02T09:00:00Z");
    await clearsUp();
    const { rows } = await edge.raw.find(reminders, { limit: 2 });
    expect(rows.map(({ dueAt }) => Math.round((dueAt - asked) / 60_000))).toEqual([30]);
  });

  it("that was a press is answered where no button waits any more", async () => {
    await edge.says("ada", "/pod create Topology");
    await edge.says("ada", "/event create Knots tomorrow 6pm");
    await edge.presses("ada", edge.button("Create"));
    const going = edge.button("Maybe");
    sky.away();
    expect(await edge.presses("ada", going)).toMatchObject([
      { where: "notice ada", text: expect.stringContaining(keptWord) },
    ]);
    await edge.clock.advance(120_000);
    expect((await clearsUp()).join("\n")).toMatch(/You asked for this on .*\nMaybe then: Knots/);
  });

  it("is about whom it mentioned, whoever else is called so", async () => {
    sky.away();
    const account = { platform: "town", workspace: "", userId: "another", name: "grace" };
    await edge.says("ada", "/block @grace", { named: [{ as: "@grace", account }] });
    await clearsUp();
    const [block] = (await edge.raw.find(blocks, { limit: 5 })).rows;
    const theirs = await edge.raw.getBy(accounts, { platform: "town", workspace: "", userId: "another" });
    expect(block).toMatchObject({ blockedId: theirs!.memberId });
  });

  it("that fails in the end is told so", async () => {
    sky.away();
    await edge.says("ada", "/note show nothing");
    expect(await clearsUp()).toEqual(["There is no note “nothing”."]);
  });
});

describe("a commit that nobody knows the end of", () => {
  it("is told as done, once it is found to be", async () => {
    sky.breaksAt(notes, "done");
    expect(textsOf(await edge.says("ada", add("milk")))).toEqual([expect.stringContaining(keptWord)]);
    expect(await clearsUp()).toEqual([expect.stringMatching(/^What you asked for on .* is done\.$/)]);
    expect(await notesKept()).toEqual(["milk"]);
  });

  it("is done then, once it is found not to be", async () => {
    sky.breaksAt(notes, "not done");
    await edge.says("ada", add("milk"));
    expect(await clearsUp()).toEqual(["kept red milk"]);
    expect(await notesKept()).toEqual(["milk"]);
  });

  it("of the gate's own note alone loses nothing", async () => {
    sky.breaksAt(inboundUpdates, "not done");
    expect(textsOf(await edge.says("ada", "/note quick"))).toEqual(["quick is over"]);
    await edge.clock.advance(100);
    await clearsUp();
    expect(edge.troubles.map(({ message }) => message)).toEqual([expect.stringContaining("the store does not answer")]);
  });
});

describe("what is only to be seen", () => {
  it("is answered from what is at hand", async () => {
    sky.away();
    expect(textsOf(await edge.says("ada", "/help"))[0]).toContain("/note");
    expect(textsOf(await edge.says("ada", "/note quick"))).toEqual(["quick is over"]);
    expect(await edge.kept()).toBe(0);
  });

  it("waits its turn where something older of the conversation is kept: it could turn out otherwise then", async () => {
    sky.away();
    await edge.says("ada", add("milk"));
    expect(textsOf(await edge.says("ada", "/note quick"))).toEqual([expect.stringContaining(keptWord)]);
    expect(textsOf(await edge.says("grace", "/note quick"))).toEqual(["quick is over"]);
    expect(await clearsUp()).toEqual(["kept red milk", "quick is over"]);
  });

  it("is shown later within a quarter of an hour, and not after that", async () => {
    await edge.says("ada", add("milk"));
    sky.away();
    await edge.says("ada", "/note show milk");
    expect(await clearsUp()).toEqual(["here is milk"]);
    sky.away();
    await edge.says("ada", "/note show milk");
    await edge.says("ada", add("bread"));
    await edge.clock.advance(16 * 60_000);
    expect(await clearsUp()).toEqual([expect.stringContaining("kept red bread")]);
  });

  it("is not suggested, without a word in the log for every letter", async () => {
    sky.away();
    await edge.suggests({ who: "ada", action: "note.show", field: "note", typed: "m" });
    await edge.suggests({ who: "ada", action: "note.show", field: "note", typed: "mi" });
    expect(edge.troubles).toHaveLength(1);
    await clearsUp();
  });
});

describe("a store that is slow", () => {
  it("has people told after a moment, and answers them when it does", async () => {
    sky.hangs();
    const from = edge.shown.length;
    const said = edge.says("ada", add("milk"));
    const next = edge.says("ada", add("bread"));
    await edge.clock.advance(1_400);
    expect(since(from)).toEqual([]);
    await edge.clock.advance(200);
    await Promise.all([said, next]);
    expect([edge.state(), await edge.kept()]).toEqual(["slow", 2]);
    expect(since(from)).toEqual([expect.stringContaining(keptWord), expect.stringContaining(keptWord)]);
    expect(await clearsUp()).toEqual(["kept red milk", "kept red bread"]);
    expect(await notesKept()).toEqual(["milk", "bread"]);
  });

  it("loses nothing when its process ends before it answers", async () => {
    sky.hangs();
    const said = [edge.says("ada", add("milk")), edge.says("ada", add("bread"))];
    await edge.clock.advance(2_000);
    await Promise.all(said);
    sky.away();
    await edge.clock.settle();
    await edge.restart();
    expect(await clearsUp()).toEqual(["kept red milk", "kept red bread"]);
  });

  it("is not blamed for an action that takes long", async () => {
    const over = Promise.withResolvers<void>();
    edge.notes.wait = over.promise;
    const said = edge.says("ada", "/note slow");
    await edge.clock.advance(10_000);
    over.resolve();
    expect(textsOf(await said)).toEqual(["slow is over"]);
  });
});

describe("after a restart", () => {
  it("what was kept is done, once, and answered by messages", async () => {
    sky.away();
    await edge.says("ada", add("milk"));
    await edge.says("grace", add("tea"), { in: "club" });
    await edge.restart();
    const answers = (await clearsUp()).toSorted();
    expect(answers).toEqual(["kept red milk", "kept red tea"]);
    expect(
      edge.shown
        .slice(-2)
        .map(({ where }) => where)
        .toSorted(),
    ).toEqual(["channel ada", "channel grace"]);
    await edge.restart();
    expect(await clearsUp()).toEqual([]);
    expect((await notesKept()).toSorted()).toEqual(["milk", "tea"]);
  });

  it("what comes next waits for what was kept before", async () => {
    sky.away();
    await edge.says("ada", add("one"));
    await edge.restart();
    await edge.says("ada", add("two"));
    await clearsUp();
    const { rows } = await edge.raw.find(notes, { limit: 9, orderBy: { field: "id" } });
    expect(rows.map(({ text }) => text)).toEqual(["one", "two"]);
  });

  it("in the middle of it, each is done once", async () => {
    sky.away();
    const all = Array.from({ length: 12 }, (_, n) => `n${n}`);
    for (const text of all) await edge.says(`p${text}`, add(text));
    for (let round = 0; round < 12; round++) {
      sky.clear();
      sky.breaksAt(notes, round % 2 ? "done" : "not done");
      await edge.clock.advance(5_000);
      await edge.restart();
    }
    await clearsUp();
    expect((await notesKept()).toSorted()).toEqual(all.toSorted());
  });
});

describe("what people say to each other", () => {
  const talk = (text: string) => ({ in: "club", addressed: false, id: text });

  it("is not kept where it is known to be none of PeerSpark's business, though nobody can be asked", async () => {
    await edge.says("ada", "known to be nobody's business", talk("before"));
    sky.dark();
    expect(await edge.says("ada", "hello", talk("during"))).toEqual([]);
    expect(await edge.kept()).toBe(0);
  });

  it("is kept without a word where it may be for a bridge, and heard afterwards in its order", async () => {
    sky.dark();
    for (const text of ["one", "two"]) expect(await edge.says("ada", text, talk(text))).toEqual([]);
    expect(await edge.kept()).toBe(2);
    expect(await clearsUp()).toEqual([]);
  });
});

describe("when nothing more can be kept", () => {
  it("people are told to send it again, and the log says so once", async () => {
    await edge.close();
    edge = await chatEdge({ around: sky.around, spool: { most: 2 } });
    await edge.says("ada", "/note quick");
    sky.away();
    for (const text of ["one", "two"]) await edge.says("ada", add(text));
    for (const text of ["three", "four"])
      expect(textsOf(await edge.says("ada", add(text)))).toEqual([
        expect.stringContaining("Please send it again later"),
      ]);
    expect(edge.troubles.filter(({ level }) => level === "error")).toHaveLength(1);
    await clearsUp();
    expect(await notesKept()).toEqual(["one", "two"]);
  });
});

describe("the log", () => {
  it("has a line when it begins, one every five minutes, and none for what is asked meanwhile", async () => {
    sky.away();
    for (let minute = 0; minute < 21; minute++) {
      await edge.says("ada", add(`m${minute}`));
      await edge.clock.advance(60_000);
    }
    const said = edge.troubles.map(({ message }) => message);
    expect(said.filter((message) => message.includes("still"))).toHaveLength(4);
    expect(said).toHaveLength(5);
    await clearsUp();
    expect(await notesKept()).toHaveLength(21);
  });
});
