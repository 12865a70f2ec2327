// The chat edge's answers: failures with a number, logged once; who sees what; whoever is unreachable is told how.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { keptViews } from "../../../src/core/conversations/kept-view.ts";
import { sweepConversations } from "../../../src/core/conversations/sweep-conversations.ts";
import { AppError } from "../../../src/core/errors.ts";
import type { Context } from "../../../src/core/kernel/house.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { type ChatEdge, chatEdge, textsOf } from "./edge.ts";
import { notes } from "./notes.ts";

const day = 24 * 3600_000;

let edge: ChatEdge;
beforeEach(async () => {
  edge = await chatEdge();
});
afterEach(() => edge.close());

it("a failure is answered in private with the number under which it is logged, once", async () => {
  const [answer, ...more] = await edge.says("ada", "/note fail", { in: "club" });
  expect(more).toEqual([]);
  expect(answer!.where).toBe("direct ada");
  const number = /number: (\w+)$/.exec(answer!.text)?.[1];
  expect(number).toMatch(/^[a-z0-9]{26}$/);
  expect(answer!.text).not.toContain("fire");
  expect(edge.troubles).toMatchObject([
    { level: "error", fields: { correlation: number, platform: "town" }, error: { message: "the disk is on fire" } },
  ]);
});

it("a failure is told in the reader's language", async () => {
  const [answer] = await edge.says("eva", "/note fail", { language: "de-AT" });
  expect(answer!.text).toMatch(/^Bei mir ist etwas schiefgegangen.*Nummer: \w{26}$/);
});

it("a failure behind a button is a passing word", async () => {
  await edge.says("ada", "/note quick");
  const [answer] = await edge.presses("ada", "note.fail");
  expect(answer!.where).toBe("notice ada");
  expect(edge.troubles).toHaveLength(1);
});

it("what the caller did wrong is said and not logged", async () => {
  const answer = await edge.says("ada", "/note repeat 12");
  expect(textsOf(answer)).toEqual(["Repeat a note\nThat can be at most 5.\nHow often?\n/cancel leaves the form."]);
  expect(edge.troubles).toEqual([]);
});

it.each(["get", "getBy"] as const)("a store that does not answer (%s) is said to who meant PeerSpark", async (read) => {
  let down = false;
  const refuse = () => Promise.reject(new AppError("unavailable", "The store does not answer."));
  await edge.close();
  edge = await chatEdge({
    around: (store) => ({
      ...bound(store),
      get: (collection, id) => (down && read === "get" ? refuse() : store.get(collection, id)),
      getBy: (collection, key) => (down && read === "getBy" ? refuse() : store.getBy(collection, key)),
    }),
  });
  down = true;
  expect(await edge.says("ada", "/note quick", { in: "club" })).toMatchObject([
    { where: "direct ada", text: "The store does not answer." },
  ]);
  expect(edge.troubles).toMatchObject([{ level: "warn", message: "an action could not be finished" }]);
  expect(await edge.says("ada", "good morning", { in: "club", addressed: false })).toEqual([]);
  for (const trouble of edge.troubles.slice(1))
    expect(trouble).toMatchObject({ level: "error", message: "an update could not be answered" });
  down = false;
  expect(textsOf(await edge.says("ada", "/note quick"))).toEqual(["quick is over"]);
});

it("somebody is known from the first word on, once, however many come at once", async () => {
  await Promise.all([1, 2, 3].map((n) => edge.says("ada", "/note quick", { in: `club ${n}` })));
  expect(await edge.raw.count(profiles)).toBe(1);
});

it("what nobody did needs nobody, and a place that was left is not answered", async () => {
  expect(await edge.does("ada", { kind: "left" }, { in: "club" })).toEqual([]);
  expect(await edge.does("ada", { kind: "moved", to: "club 2" }, { in: "club" })).toEqual([]);
  expect(edge.troubles).toEqual([]);
  expect(await edge.raw.count(profiles)).toBe(0);
});

it("who puts it into a channel is greeted there, in private chats nobody is", async () => {
  const greeting = await edge.does("ada", { kind: "joined" }, { in: "club" });
  expect(greeting.map(({ where }) => where)).toEqual(["channel club"]);
  expect(await edge.does("ada", { kind: "joined" })).toEqual([]);
});

it("a command of the platform's own is a call like any other", async () => {
  const call = { action: "note.add", input: { text: "milk", colour: "blue" } };
  expect(textsOf(await edge.does("ada", { kind: "command", call }))).toEqual(["kept blue milk"]);
  expect(await edge.raw.count(notes)).toBe(1);
});

describe("who cannot be written to in private", () => {
  const opens = async (who: string, payload: string) => textsOf(await edge.does(who, { kind: "start", payload }));
  const linkFor = async (who: string, line: string): Promise<string> => {
    const answer = await edge.says(who, line, { in: "club" });
    expect(answer).toMatchObject([{ where: "channel club", payloads: [expect.any(String)] }]);
    edge.closed.delete(who);
    return answer[0]!.payloads![0]!;
  };
  beforeEach(async () => {
    await edge.says("bob", "/note quick");
    edge.closed.add("ada");
  });

  it("finds behind the link what was done, and it is not done again", async () => {
    const payload = await linkFor("ada", "/note add milk colour:red");
    expect(payload).toMatch(/^open-[a-z0-9]{26}$/);
    expect(await opens("ada", payload)).toEqual(["kept red milk"]);
    expect(await opens("ada", payload)).toEqual(["kept red milk"]);
    expect(await edge.raw.count(notes)).toBe(1);
    expect(edge.troubles).toEqual([]);
  });

  it("finds nobody else's answer behind a link", async () => {
    const payload = await linkFor("ada", "/note add secret colour:red");
    const [greeting] = await opens("bob", payload);
    expect(greeting).toContain("bob");
    expect(greeting).not.toContain("secret");
    expect(await edge.raw.count(notes)).toBe(1);
  });

  it("has an answer kept for 30 days", async () => {
    const payload = await linkFor("ada", "/note add milk colour:red");
    const sweep = () => sweepConversations.run({ store: edge.raw, clock: edge.clock } as unknown as Context, {}, turn);
    const turn = { attempt: 1, runAt: 0 };
    await edge.clock.advance(30 * day);
    await sweep();
    expect(await edge.raw.count(keptViews)).toBe(1);
    await edge.clock.advance(1);
    await sweep();
    expect((await opens("ada", payload))[0]).toContain("Hello");
  });

  it("has what only reads done anew, and what lacks an answer asked", async () => {
    await edge.says("bob", "/note add milk colour:red");
    expect(await opens("ada", await linkFor("ada", "/note show milk"))).toEqual(["here is milk"]);
    expect(edge.notes.ran.get("show")).toBe(2);
    edge.closed.add("ada");
    const [question] = await opens("ada", await linkFor("ada", "/note add colour:red"));
    expect(question).toContain("What should I note?");
    expect(textsOf(await edge.says("ada", "bread"))).toEqual(["kept red bread"]);
  });
});

describe("what is for everybody and was asked for elsewhere", () => {
  beforeEach(async () => {
    await edge.says("ada", "/note add milk colour:red");
    await edge.says("ada", "/note post", { in: "club" });
  });

  it("is shown here first, and then there", async () => {
    const shown = await edge.says("ada", "milk");
    expect(shown).toMatchObject([
      { where: "direct ada", text: "look at milk" },
      { where: "channel club", text: "look at milk" },
    ]);
  });

  it("is shown here though it can't be shown there, which is logged", async () => {
    edge.closed.add("club");
    expect(await edge.says("ada", "milk")).toMatchObject([{ where: "direct ada", text: "look at milk" }]);
    expect(edge.troubles).toMatchObject([{ level: "warn", fields: { channel: "club" } }]);
  });

  it("is shown there when the question's own button answers it, and not when a like one elsewhere does", async () => {
    const asking = edge.shown.at(-1)!;
    const data = asking.buttons[0]!.data;
    const [list] = await edge.says("ada", "/help");
    expect(await edge.presses("ada", data, { on: list })).toMatchObject([{ where: "direct ada" }]);
    await edge.says("ada", "/note post", { in: "club" });
    const shown = await edge.presses("ada", data, { on: edge.shown.at(-1)! });
    expect(shown.map(({ where }) => where)).toEqual(["direct ada", "channel club"]);
  });
});
