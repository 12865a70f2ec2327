// The gate: each update once, also twice at once, after a restart and after a crash; in order within a conversation.
import { afterEach, describe, expect, it } from "@jest/globals";
import { inboundUpdates } from "../../../src/core/conversations/inbound-update.ts";
import { openQuestions } from "../../../src/core/conversations/question.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { type ChatEdge, chatEdge, textsOf } from "./edge.ts";
import { notes } from "./notes.ts";

let edge: ChatEdge;
afterEach(() => edge.close());

const kept = () => edge.raw.count(notes);
const add = "/note add milk colour:red";

describe("an update", () => {
  it("that comes twice at once is handled once", async () => {
    edge = await chatEdge();
    await Promise.all([1, 2].map(() => edge.says("ada", add, { id: "42" })));
    expect(textsOf(edge.shown)).toEqual(["kept red milk"]);
    expect(await kept()).toBe(1);
  });

  it("that comes again is not handled again, nor after a restart", async () => {
    edge = await chatEdge();
    await edge.says("ada", add, { id: "42" });
    expect(await edge.says("ada", add, { id: "42" })).toEqual([]);
    await edge.restart();
    expect(await edge.says("ada", add, { id: "42" })).toEqual([]);
    expect(await kept()).toBe(1);
  });

  it("that its platform brings once is remembered in the store only where it changes something", async () => {
    edge = await chatEdge();
    const once = { once: true } as const;
    await edge.says("ada", add, { id: "42", ...once });
    await edge.says("ada", "/note quick", { id: "43", ...once });
    await edge.noted();
    const noted = await Promise.all(["town.42", "town.43"].map((id) => edge.raw.get(inboundUpdates, id)));
    expect(noted).toEqual([expect.objectContaining({ id: "town.42" }), undefined]);
    for (const [id, line] of Object.entries({ 42: add, 43: "/note quick" }))
      expect(await edge.says("ada", line, { id, ...once })).toEqual([]);
    await edge.restart();
    expect(await edge.says("ada", add, { id: "42", ...once })).toEqual([]);
    expect(await kept()).toBe(1);
  });

  it("with another id says the same again", async () => {
    edge = await chatEdge();
    await edge.says("ada", add, { id: "42" });
    expect(textsOf(await edge.says("ada", add, { id: "43" }))).toEqual(["kept red milk"]);
    expect(await kept()).toBe(2);
  });

  it("whose process died between the change and the answer changes nothing when it comes again", async () => {
    let dies = false;
    edge = await chatEdge({
      around: (store): Store => ({
        ...bound(store),
        async commit(changes) {
          await store.commit(changes);
          if (dies && changes.some((change) => change.in === notes)) throw new Error("power cut");
        },
      }),
    });
    await edge.says("ada", "/note quick");
    dies = true;
    await edge.says("ada", add, { id: "42" });
    dies = false;
    await edge.restart();
    expect(await edge.says("ada", add, { id: "42" })).toEqual([]);
    expect(await kept()).toBe(1);
  });

  it("whose process died before the change is handled when it comes again", async () => {
    let dead = false;
    edge = await chatEdge({
      around: (store): Store => ({
        ...bound(store),
        commit: (changes) => (dead ? new Promise(() => undefined) : store.commit(changes)),
      }),
    });
    await edge.says("ada", "/note quick");
    await edge.clock.advance(50);
    dead = true;
    void edge.says("ada", add, { id: "42" });
    await edge.clock.settle();
    dead = false;
    await edge.restart();
    expect(textsOf(await edge.says("ada", add, { id: "42" }))).toEqual(["kept red milk"]);
    expect(await kept()).toBe(1);
  });

  it.each([
    ["first word", (edge: ChatEdge) => edge.says("bob", "/note quick"), add],
    ["answer to a question", (edge: ChatEdge) => edge.says("ada", "/note add milk"), "red"],
  ])("that is a %s and whose process died before its deed is done when it comes again", async (_, before, line) => {
    let dies = false;
    edge = await chatEdge({
      around: (store): Store => ({
        ...bound(store),
        commit: (changes) =>
          dies && changes.some((change) => change.in === notes) ? new Promise(() => undefined) : store.commit(changes),
      }),
    });
    await before(edge);
    dies = true;
    void edge.says("ada", line, { id: "42" });
    await edge.clock.settle();
    dies = false;
    await edge.restart();
    expect(textsOf(await edge.says("ada", line, { id: "42" }))).toEqual(["kept red milk"]);
    expect(await kept()).toBe(1);
    expect(await edge.raw.count(openQuestions)).toBe(0);
  });

  it("that failed is over: it does not fail again when it comes again", async () => {
    edge = await chatEdge();
    await edge.says("ada", "/note quick");
    expect(await edge.says("ada", "/note fail", { id: "42" })).toHaveLength(1);
    expect(await edge.says("ada", "/note fail", { id: "42" })).toEqual([]);
    expect(edge.troubles).toHaveLength(1);
  });

  it("that changes nothing is noted a moment later, together with others", async () => {
    const commits: number[] = [];
    edge = await chatEdge({
      around: (store): Store => ({
        ...bound(store),
        commit(changes) {
          if (changes.every((change) => change.in === inboundUpdates)) commits.push(changes.length);
          return store.commit(changes);
        },
      }),
    });
    await edge.says("ada", "/note quick");
    for (let n = 0; n < 5; n++) await edge.says("ada", "/note quick", { id: `quick.${n}` });
    expect(await edge.raw.get(inboundUpdates, "town.quick.3")).toBeUndefined();
    expect(await edge.says("ada", "/note quick", { id: "quick.3" })).toEqual([]);
    await edge.clock.advance(50);
    expect(await edge.raw.get(inboundUpdates, "town.quick.3")).toBeDefined();
    expect(commits).toEqual([6]);
    await edge.restart();
    expect(await edge.says("ada", "/note quick", { id: "quick.3" })).toEqual([]);
  });

  it("that changes nothing while others are being noted waits for the one commit after it", async () => {
    const commits: number[] = [];
    const written = Promise.withResolvers<void>();
    edge = await chatEdge({
      around: (store): Store => ({
        ...bound(store),
        async commit(changes) {
          if (changes.every((change) => change.in === inboundUpdates) && commits.push(changes.length) === 1)
            await written.promise;
          return store.commit(changes);
        },
      }),
    });
    for (let n = 0; n < 40; n++) await edge.says("ada", "/note quick", { id: `quick.${n}` });
    expect(commits).toEqual([16]);
    written.resolve();
    await edge.clock.advance(50);
    await edge.clock.advance(50);
    expect(commits).toEqual([16, 24]);
    expect(await edge.raw.get(inboundUpdates, "town.quick.39")).toBeDefined();
  });

  it("is noted before the service stops", async () => {
    edge = await chatEdge();
    await edge.says("ada", "/note quick", { id: "42" });
    await edge.restart();
    expect(await edge.says("ada", "/note quick", { id: "42" })).toEqual([]);
  });

  it("another process has handled meanwhile is left to it, without a word", async () => {
    edge = await chatEdge();
    await edge.says("ada", "/note quick");
    const wait = Promise.withResolvers<void>();
    edge.notes.wait = wait.promise;
    const slow = edge.says("ada", "/note slow", { id: "41" });
    const adding = edge.says("ada", add, { id: "42" });
    await edge.clock.settle();
    await edge.raw.commit([{ kind: "insert", in: inboundUpdates, row: { id: "town.42", at: edge.clock.now() } }]);
    wait.resolve();
    await Promise.all([slow, adding]);
    expect(textsOf(edge.shown)).not.toContain("kept red milk");
    expect(await kept()).toBe(0);
    expect(edge.troubles).toEqual([]);
  });

  it("whose answer stores several calls side by side is answered, and noted once", async () => {
    edge = await chatEdge();
    await edge.says("ada", "/note quick");
    expect(textsOf(await edge.says("ada", "/note menu", { id: "42" }))).toEqual(["pick"]);
    expect(await edge.raw.get(inboundUpdates, "town.42")).toBeDefined();
    expect(textsOf(await edge.presses("ada", edge.button("Long 3")))).toEqual([`kept grey 3 ${"x".repeat(80)}`]);
    expect(edge.troubles).toEqual([]);
  });

  it("may have an id of any length and characters", async () => {
    edge = await chatEdge();
    const id = `Ev ${"ü".repeat(300)}`;
    await edge.says("ada", add, { id });
    expect(await edge.says("ada", add, { id })).toEqual([]);
    expect(await kept()).toBe(1);
  });
});

describe("a conversation", () => {
  it("keeps its order, and lets others pass", async () => {
    edge = await chatEdge();
    const wait = Promise.withResolvers<void>();
    edge.notes.wait = wait.promise;
    const adas = [edge.says("ada", "/note slow"), edge.says("ada", "/note quick")];
    await edge.says("bob", "/note menu");
    expect(edge.notes.ended).toEqual(["menu"]);
    wait.resolve();
    await Promise.all(adas);
    expect(edge.notes.ended).toEqual(["menu", "slow", "quick"]);
  });

  it("goes on after an update that failed", async () => {
    edge = await chatEdge();
    const answers = await Promise.all(["/note fail", "/note quick"].map((line) => edge.says("ada", line)));
    expect(textsOf(answers[1]!)).toContain("quick is over");
  });
});
