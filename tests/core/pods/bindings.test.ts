// Where pods are at home: who may bind them, and what becomes of it when a group goes, comes back or moves.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { postedCards } from "../../../src/core/kernel/card.ts";
import { insert, patch, remove } from "../../../src/core/kernel/change.ts";
import { bindingAt, bindings, bindingsOf, memberships, pods } from "../../../src/core/pods/read.ts";
import { moveBindings } from "../../../src/core/pods/settle-bindings.ts";
import type { AnyCollection, Store } from "../../../src/core/ports/store.ts";
import { movePostedCards } from "../../../src/core/spaces/move-posted-cards.ts";
import { type World, world } from "../../support/world.ts";
import { type Town, town } from "./town.ts";

const group = { channel: "g1" };
let w: World;
let t: Town;
beforeEach(async () => {
  t = town();
  w = await world({ platforms: () => [t] });
  t.administrators.set("g1", new Set(["ada", "grace"]));
});
afterEach(async () => {
  expect(w.troubles).toEqual([]);
  await w.close();
});

const podId = async () => (await w.store.find(pods, { limit: 1 })).rows[0]!.id;
const homes = async () =>
  (await Array.fromAsync(bindingsOf(w.store, await podId()))).flat().map(({ channel, thread }) => channel + thread);

describe("binding", () => {
  it("takes an admin of the pod who administers the place", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("grace", "/pod join Logic", group);
    expect(await t.says("grace", "/pod bind Logic", group)).toContain(
      "Only the owner and admins of Logic can do that: ",
    );
    expect(await t.says("ada", "/pod bind Logic", { channel: "g2" })).toContain("who administers this place");
    expect(await homes()).toEqual([]);
    expect(await t.says("ada", "/pod bind Logic", group)).toContain("Logic is at home here now");
    expect(await homes()).toEqual(["g1"]);
  });

  it("by somebody in no pod says so, and asks nothing that can't be answered", async () => {
    expect(await t.says("ada", "/pod bind", group)).toContain("You are in no pod yet");
    expect(await t.says("ada", "/pod announce Exam", group)).toContain("You are in no pod yet");
  });

  it("says so when it is done already, and holds one pod a place", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod bind", group);
    expect(await t.says("ada", "/pod bind Logic", group)).toContain("at home here already");
    await t.says("grace", "/pod create Topology", group);
    expect(await t.says("grace", "/pod bind Topology", group)).toContain("bound to Logic");
    await t.says("grace", "/pod bind Topology", { channel: "g1", thread: "7" });
    const at = async (thread?: string) => {
      const binding = await bindingAt(w.store, { platform: "town", channel: "g1", thread });
      return binding && (await w.store.get(pods, binding.podId))!.name;
    };
    expect([await at(), await at("7"), await at("8")]).toEqual(["Logic", "Topology", "Logic"]);
  });

  it("is refused where nothing of the pod could be posted, and stores nothing", async () => {
    await t.says("ada", "/pod create Logic", { channel: "ada" });
    t.shut.add("g1");
    expect(await t.says("ada", "/pod bind Logic", group)).toContain("Let me write first");
    expect(await w.store.count(bindings)).toBe(0);
    t.shut.clear();
    expect(await t.says("ada", "/pod bind Logic", group)).toContain("Logic is at home here now");
  });

  it("does not name a pod that the caller may not see", async () => {
    await t.says("ada", "/pod create Secret privacy:private", group);
    await t.says("ada", "/pod bind Secret", group);
    await t.presses("ada", "Bring it here", group);
    await t.says("grace", "/pod create Logic", group);
    const answer = await t.says("grace", "/pod bind Logic", group);
    expect(answer).toContain("bound to another pod");
    expect(answer).not.toContain("Secret");
    expect(await t.says("eve", "/pod info", group)).not.toContain("Secret");
  });

  it("tells who presses a private pod's card there that it is for its members, and nothing elsewhere", async () => {
    await t.says("ada", "/pod create Secret privacy:private", group);
    await t.says("ada", "/pod bind Secret", group);
    await t.presses("ada", "Bring it here", group);
    await t.says("ada", "/event create Plot tomorrow 6pm", group);
    await t.presses("ada", "Create", group);
    await w.settled();
    expect(await t.presses("eve", "Going", group)).toContain("This is for members of the pod");
    expect(await t.presses("eve", "Going", { channel: "g2" })).toContain("can't find such an event");
  });

  it("of a pod that members alone see is asked about first", async () => {
    await t.says("ada", "/pod create Secret privacy:private", group);
    expect(await t.says("ada", "/pod bind Secret", group)).toContain(
      "everybody who reads this place would see its events",
    );
    expect(await homes()).toEqual([]);
    expect(await t.presses("ada", "Bring it here", group)).toContain("Secret is at home here now");
    expect(await homes()).toEqual(["g1"]);
    expect(await t.says("ada", "/pod bind Secret", group)).toContain("at home here already");
  });

  it("is for groups and channels, not for a direct chat", async () => {
    const ada = w.terminal("ada");
    await ada.says("/pod create Logic");
    expect(await ada.says("/pod bind Logic")).toContain("in the group or channel that you want to bring the pod to");
    expect(await homes()).toEqual([]);
  });

  it("is offered by a button to who makes a pod where none is at home", async () => {
    expect(await t.says("ada", "/pod create Logic", group)).not.toContain("/pod bind");
    expect(await t.presses("ada", "Bring it to Group g1", group)).toContain("Logic is at home here now");
    expect(await t.says("ada", "/pod create Topology", group)).toContain("/pod bind");
  });

  it("is decided once when two bind at once", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("grace", "/pod create Topology", group);
    const answers = await Promise.all([
      t.says("ada", "/pod bind Logic", group),
      t.says("grace", "/pod bind Topology", group),
    ]);
    expect(answers.filter((answer) => answer.includes("at home here now"))).toHaveLength(1);
    expect(await w.store.count(bindings)).toBe(1);
  });

  it("makes its pod the one that is meant there", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod create Topology", { channel: "ada" });
    await t.says("ada", "/pod bind Logic", group);
    expect(await t.says("grace", "/pod info", group)).toContain("Logic\n");
    expect(await t.says("ada", "/pod members", group)).toContain("Members of Logic");
  });

  it("is undone by the pod's admins or by those who administer the place", async () => {
    await t.says("ada", "/pod create Logic", group);
    expect(await t.says("ada", "/pod unbind", group)).toContain("No pod is bound");
    await t.says("ada", "/pod bind Logic", group);
    expect(await t.says("eve", "/pod unbind", group)).toContain("Only the pod's admins");
    expect(await t.says("grace", "/pod unbind", group)).toContain("no longer come here");
    expect(await homes()).toEqual([]);
    t.administrators.get("g1")!.delete("ada");
    expect(await t.says("ada", "/pod bind Logic", group)).toContain("who administers this place");
  });

  it.each(["unbound", "taken over"])("leaves the cards of its events as they are once it is %s", async (how) => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod bind Logic", group);
    await t.says("ada", "/event create Plot tomorrow 6pm", group);
    await t.presses("ada", "Create", group);
    await w.settled();
    const card = () => [...t.messages].find(([id, text]) => id.startsWith("g1/") && text.startsWith("Plot"))![1];
    await t.says("eve", "/pod join Logic", group);
    await t.says("eve", "/event rsvp Plot", group);
    await w.settled();
    expect(card()).toContain("Going (2)");
    if (how === "unbound") await t.says("ada", "/pod unbind", group);
    else {
      await t.happens("left", "g1");
      await w.settled();
      await t.says("grace", "/pod create Topology", group);
      expect(await t.says("grace", "/pod bind Topology", group)).toContain("Topology is at home");
      await t.happens("joined", "g1");
    }
    await w.settled();
    await t.says("eve", "/event rsvp Plot declined", group);
    await w.settled();
    expect(card()).toContain("Going (2)");
  });

  it("frees the place when the pod is archived", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod bind Logic", group);
    await t.says("ada", "/pod leave", group);
    await t.presses("ada", "Leave and archive", group);
    await w.settled();
    expect(await w.store.count(bindings)).toBe(0);
  });
});

describe("a group that PeerSpark is thrown out of", () => {
  it("is no home any more, and is again when PeerSpark comes back", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod bind Logic", group);
    await t.happens("left", "g1");
    await w.settled();
    expect(await homes()).toEqual([]);
    expect(await bindingAt(w.store, { platform: "town", ...group })).toBeUndefined();
    const told = () =>
      [...t.messages].filter(([at, text]) => at.startsWith("ada/") && text.includes("I can't write in"));
    expect(told()).toEqual([
      [expect.anything(), expect.stringContaining("I can't write in Group g1 (Town)\nIt is gone")],
    ]);
    await t.happens("joined", "g1");
    await w.settled();
    expect(await homes()).toEqual(["g1"]);
    expect(told()).toHaveLength(1);
    const hello = [...t.messages].findLast(([at]) => at.startsWith("g1/"))![1];
    expect(hello).toMatch(/^Hello again, I am PeerSpark\n• Logic is at home here/);
    expect(hello).not.toContain("/pod create");
  });

  it("is told of to the owner where who bound it has left the pod", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("grace", "/pod join Logic", group);
    const { rows } = await w.store.find(memberships, { where: { role: "member" }, limit: 1 });
    await w.store.commit([patch(memberships, rows[0]!.id, { role: "admin" })]);
    await t.says("grace", "/pod bind Logic", group);
    await t.says("grace", "/pod leave Logic", group);
    await t.happens("left", "g1");
    await w.settled();
    const told = [...t.messages].filter(([, text]) => text.includes("I can't write in"));
    expect(told.map(([at]) => at.split("/")[0])).toEqual(["ada"]);
  });

  it("is settled by how things stand, whichever news is heard last", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod bind Logic", group);
    await Promise.all([t.happens("left", "g1"), t.happens("joined", "g1"), t.happens("left", "g1")]);
    await w.settled();
    expect(await homes()).toEqual([]);
  });

  it("can be bound anew to another pod meanwhile", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod bind Logic", group);
    await t.happens("left", "g1");
    await w.settled();
    await t.says("grace", "/pod create Topology", group);
    expect(await t.says("grace", "/pod bind Topology", group)).toContain("Topology is at home here now");
    expect(await w.store.count(bindings)).toBe(1);
  });
});

describe("a group that moves to another id", () => {
  it("keeps its pods, once and for all", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod bind Logic", group);
    await t.says("ada", "/pod create Topology", group);
    await t.says("ada", "/pod bind Topology", { channel: "g1", thread: "7" });
    for (let n = 0; n < 2; n++) {
      await t.happens({ to: "super1" }, "g1");
      await w.settled();
    }
    const { rows } = await w.store.find(bindings, { orderBy: { field: "thread" }, limit: 9 });
    expect(rows).toMatchObject([
      { channel: "super1", space: "super1", thread: "" },
      { channel: "super1", space: "super1", thread: "7" },
    ]);
    await t.happens("left", "super1");
    await w.settled();
    expect(await homes()).toEqual([]);
  });

  it("leaves a binding alone that was made under the new id before", async () => {
    t.administrators.set("super1", new Set(["grace"]));
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod bind Logic", group);
    await t.says("grace", "/pod create Topology", group);
    await t.says("grace", "/pod bind Topology", { channel: "super1" });
    await t.happens({ to: "super1" }, "g1");
    await w.settled();
    const { rows } = await w.store.find(bindings, { limit: 9 });
    expect(rows).toHaveLength(1);
    expect((await w.store.get(pods, rows[0]!.podId))!.name).toBe("Topology");
  });

  it.each<["bindings" | "cards", AnyCollection]>([
    ["bindings", bindings],
    ["cards", postedCards],
  ])("moves the rest when one of its %s is removed meanwhile", async (_, of) => {
    const at = { platform: "town", channel: "g1" };
    const card = { card: "event", subject: "e1", language: "en", zone: "UTC", shown: 1 } as const;
    const home = { podId: "p1", space: "g1", boundBy: "m1", boundAt: 1 };
    for (const n of ["1", "2"])
      await w.store.commit([
        insert(postedCards, { id: `card${n}`, message: n, ...at, ...card }),
        insert(bindings, { id: `binding${n}`, thread: n, ...at, ...home }),
      ]);
    let first = true;
    const store: Store = {
      ...w.store,
      async find(collection, query) {
        const page = await w.store.find(collection, query);
        if (first) await w.store.commit([remove(of, page.rows[0]!.id)]);
        first = false;
        return page;
      },
    };
    const listener = of === bindings ? moveBindings : movePostedCards;
    await listener.hear(
      { ...w.service.context, store, correlation: "test" },
      { ...at, space: "g1", to: "s1" } as never,
      "f",
    );
    expect((await w.store.find(of, { limit: 9 })).rows).toMatchObject([{ channel: "s1" }]);
  });

  it("keeps its cards current under the new id", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod info", group);
    const [before] = [...t.messages].find(([id, text]) => id.startsWith("g1/") && text.includes("1 of 100"))!;
    t.messages.set(before.replace("g1/", "super1/"), "as it was");
    await t.happens({ to: "super1" }, "g1");
    await w.settled();
    await w.terminal("eve").says("/pod join Logic");
    await w.settled();
    expect(t.messages.get(before.replace("g1/", "super1/"))).toContain("2 of 100");
    expect(t.messages.get(before)).toContain("1 of 100");
  });
});

describe("what is shown in a group", () => {
  it("is in the language that was set for it, whoever caused it", async () => {
    await t.says("ada", "/setup language:de", group);
    await t.says("ada", "/pod create Logic", group);
    expect(await t.says("ada", "/pod bind Logic", group)).toContain("Logic ist jetzt hier zu Hause");
    expect(await t.says("ada", "/pod info", group)).toContain("Mitglieder: 1 von 100");
    expect(await t.says("ada", "/pod members", group)).toContain("Members of Logic");
  });

  it("is a public pod to everybody, a private one to the caller alone", async () => {
    await t.says("ada", "/pod create Logic", group);
    await t.says("ada", "/pod info Logic", group);
    await t.says("ada", "/pod create Secret privacy:private", group);
    await t.says("ada", "/pod info Secret", group);
    await t.says("ada", "/pod invite Logic", group);
    const inGroup = [...t.messages].filter(([id]) => id.startsWith("g1/")).map(([, text]) => text);
    expect(inGroup).toHaveLength(1);
    expect(inGroup[0]).toContain("Logic");
  });

  it("is an invitation with a link where the app has such links, which lets people in", async () => {
    const created = await t.says("ada", "/pod create Secret privacy:private", group);
    expect(created).toContain("Secret is ready");
    const invitation = await t.says("ada", "/pod invite Secret", group);
    const payload = /https:\/\/town\.example\/peerspark\?start=(join-\w{10})/.exec(invitation)![1]!;
    expect(invitation).toContain(`/pod join ${payload.slice(5)}`);
    expect(invitation).toContain("On Town this link is enough");
    expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    const shown: string[] = [];
    const show = async () => void shown.push("shown");
    await w.service.inbox.receive({
      id: "start",
      conversation: "grace",
      account: { platform: "town", workspace: "", userId: "grace", name: "grace" },
      place: { platform: "town", channel: "grace", kind: "direct" },
      deed: { kind: "start", payload },
      reply: { show: show as never, replace: show as never, notice: show as never },
    });
    expect((await w.store.find(pods, { limit: 1 })).rows[0]!.membersCount).toBe(2);
  });
});
