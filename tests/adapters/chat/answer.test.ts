// The chat edge's answers: failures with a number, logged once; who sees what; whoever is unreachable is told how.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { AppError } from "../../../src/core/errors.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { type ChatEdge, chatEdge, textsOf } from "./edge.ts";
import { notes } from "./notes.ts";

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
  expect(textsOf(answer)).toEqual(["times can be at most 5."]);
  expect(edge.troubles).toEqual([]);
});

it("a store that does not answer is one line in the log, and the next update is handled", async () => {
  let down = false;
  await edge.close();
  edge = await chatEdge({
    around: (store) => ({
      ...bound(store),
      getBy: (collection, key) =>
        down ? Promise.reject(new AppError("unavailable", "The store does not answer.")) : store.getBy(collection, key),
    }),
  });
  down = true;
  expect(await edge.says("ada", "/note quick")).toEqual([]);
  expect(edge.troubles).toMatchObject([{ level: "error", message: "an update could not be answered" }]);
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

it("a submitted form is a call like any other", async () => {
  const call = { action: "note.add", input: { text: "milk", colour: "blue" } };
  expect(textsOf(await edge.does("ada", { kind: "submit", call }))).toEqual(["kept blue milk"]);
  expect(await edge.raw.count(notes)).toBe(1);
});
