// Whoever is mentioned is meant: exactly they, whoever else is called so, and whether or not PeerSpark has met them.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { blocks } from "../../../src/core/blocks/block.ts";
import { type Profile, profiles } from "../../../src/core/members/profile.ts";
import { invites } from "../../../src/core/pods/invite.ts";
import { memberships, pods } from "../../../src/core/pods/read.ts";
import type { Named } from "../../../src/core/ports/platform.ts";
import { type ChatEdge, chatEdge, textsOf } from "./edge.ts";

let edge: ChatEdge;
beforeEach(async () => {
  edge = await chatEdge();
  await edge.says("ada", '/pod create "Linear Algebra"', { called: "Ada" });
});
afterEach(async () => {
  expect(edge.troubles).toEqual([]);
  await edge.close();
});

const mention = (userId: string, name = "grace", more: Partial<Named> = {}): Named => ({
  as: `@${name}`,
  account: { platform: "town", workspace: "", userId, name },
  ...more,
});
const says = async (text: string, ...named: readonly Named[]) =>
  textsOf(await edge.says("ada", text, { called: "Ada", named })).join("\n");
const members = async () => (await edge.store.find(profiles, { limit: 50 })).rows;
const behind = async (username: string): Promise<Profile> => (await edge.store.getBy(profiles, { username }))!;
const join = (userId: string, name = "grace") => edge.says(userId, "/pod join Linear Algebra", { called: name });
const owner = async () => {
  const { rows } = await edge.store.find(memberships, { where: { role: "owner" }, limit: 5 });
  return edge.store.get(profiles, rows[0]!.memberId);
};

describe("a pod is handed over", () => {
  /** The second of the name has no username that says so. */
  const second = async () => (await members()).find(({ username }) => username.startsWith("grace-"))!;

  it.each([
    "/pod handover @grace",
    "/pod handover who:@grace pod:Linear",
    'pod handover pod:"Linear Algebra" @grace',
    '/pod_handover who:"@grace"',
  ])("by %s to the one of two that is mentioned", async (words) => {
    await join("one");
    await join("two");
    expect(await says(words, mention("two"))).toContain("Make grace the owner");
    await edge.presses("ada", edge.button("Hand over"));
    expect(await owner()).toMatchObject({ id: (await second()).id });
  });

  it("to nobody when two of one name are mentioned", async () => {
    await join("one");
    await join("two");
    const said = await says("/pod handover @grace", mention("one"), mention("two"));
    expect(said).toBe(
      `Several members go by that name. Use one of their usernames: grace, ${(await second()).username}`,
    );
  });

  it("to somebody in the pod only, whoever in it is called like them", async () => {
    await edge.says("one", "/help", { called: "grace" });
    await join("two");
    expect(await says("/pod handover @grace", mention("one"))).toContain("grace is not in Linear Algebra");
  });

  it("to the one who is picked from what is offered", async () => {
    await edge.says("one", "/pod create Topology", { called: "grace" });
    await edge.says("ada", "/pod join Topology", { called: "Ada" });
    await join("two");
    const offered = await edge.suggests({ who: "ada", action: "pod.handover", field: "who", typed: "@grace" });
    const handing = (label: string) => ({
      action: "pod.handover",
      input: { who: offered.find((one) => one.label === label)!.value, pod: "Linear Algebra" },
    });
    const picked = async (label: string) =>
      textsOf(await edge.does("ada", { kind: "command", call: handing(label) }, { called: "Ada" }))[0];
    expect(await picked("grace · grace")).toContain("grace is not in Linear Algebra");
    expect(await picked(`grace · ${(await second()).username}`)).toContain("Make grace the owner");
  });

  it("to a name of several words, which another name begins like", async () => {
    await join("one", "Grace");
    await join("two", "Grace Hopper");
    const both = [mention("one", "Grace"), mention("two", "Grace Hopper")];
    expect(await says("/pod handover who:@Grace Hopper pod:Linear", ...both)).toContain("Make Grace Hopper the owner");
  });

  it("by an answer to the question whom", async () => {
    await join("one");
    await join("two");
    expect(await says("/pod handover")).toContain("Who should own it?");
    expect(await says("@grace", mention("two"))).toContain("Make grace the owner");
    await edge.presses("ada", edge.button("Hand over"));
    expect(await owner()).toMatchObject({ id: (await second()).id });
  });

  it("to the mentioned one although more has to be asked for", async () => {
    await join("one");
    await join("two");
    await edge.says("ada", "/pod create Topology", { called: "Ada" });
    expect(await says("/pod handover @grace", mention("two"))).toContain("Which pod?");
    await edge.restart();
    expect(await says("Linear Algebra")).toContain("Make grace the owner");
    await edge.presses("ada", edge.button("Hand over"));
    expect(await owner()).toMatchObject({ id: (await second()).id });
  });
});

describe("somebody whom PeerSpark has never met", () => {
  it("is invited, with the pod named or not, and is one member ever after", async () => {
    expect(await says("/pod invite @tim", mention("tim", "tim"))).toBe("I have invited tim to Linear Algebra.");
    const { rows } = await edge.store.find(invites, { limit: 5 });
    expect(rows).toMatchObject([{ memberId: (await behind("tim")).id }]);
    expect(await says("/pod invite Linear Algebra @tim", mention("tim", "tim"))).toContain("has an invitation");
    await join("tim", "tim");
    expect(await says("/pod invite who:@tim pod:Linear", mention("tim", "tim"))).toContain("tim is in Linear Algebra");
    expect((await members()).filter(({ displayName }) => displayName === "tim")).toHaveLength(1);
  });

  it("is invited to the pod that is asked for afterwards", async () => {
    await edge.says("ada", "/pod create Topology", { called: "Ada" });
    await edge.says("other", "/help", { called: "tim" });
    expect(await says("/pod invite @tim", mention("new", "tim"))).toContain("Which pod?");
    expect(await says("Topology")).toBe("I have invited tim to Topology.");
    const { rows } = await edge.store.find(invites, { limit: 5 });
    const pod = (
      await edge.store.find(pods, { where: { nameKey: "topology", privacy: "public", isActive: true }, limit: 1 })
    ).rows[0]!;
    expect(rows).toMatchObject([{ podId: pod.id }]);
    expect(rows[0]!.memberId).not.toBe((await behind("tim")).id);
  });

  it("is blocked, and the one who is called so is not; and so unblocked", async () => {
    await edge.says("one", "/help", { called: "grace" });
    const blocked = async () => (await edge.store.find(blocks, { limit: 5 })).rows.map(({ blockedId }) => blockedId);
    await says("/block @grace", mention("two"));
    expect(await blocked()).toHaveLength(1);
    expect(await blocked()).not.toContain((await behind("grace")).id);
    await says("/unblock @grace", mention("one"));
    expect(await blocked()).toHaveLength(1);
    await says("/unblock @grace", mention("two"));
    expect(await blocked()).toEqual([]);
  });
});

it("a bot is no member, and is asked for anew where it was an answer", async () => {
  expect(await says("/block @Poll Bot", mention("b", "Poll Bot", { bot: true }))).toBe(
    "Poll Bot is a bot. Only people can be members.",
  );
  await says("/block");
  const again = await says("@Poll Bot", mention("b", "Poll Bot", { bot: true }));
  expect(again).toContain("Poll Bot is a bot.");
  expect(again).toContain("Who? A name or @username");
  expect(await says("@tim", mention("tim", "tim"))).toContain("tim");
  expect(await edge.store.count(blocks)).toBe(1);
  expect((await members()).map(({ displayName }) => displayName)).toEqual(["Ada", "tim"]);
});

describe("a username that is all the app tells", () => {
  const byHandle = (handle: string): Named => ({ as: `@${handle}`, account: { platform: "town", handle } });
  const comes = (userId: string, called: string, handle?: string) => edge.says(userId, "/help", { called, handle });
  const blocked = async () => {
    const { rows } = await edge.store.find(blocks, { limit: 5 });
    return Promise.all(rows.map(async ({ blockedId }) => (await edge.store.get(profiles, blockedId))!.displayName));
  };

  it("is theirs who have it, in any case, whoever else is called so", async () => {
    await comes("one", "grace");
    await comes("two", "Hopper", "Grace");
    await says("/block @grace", byHandle("grace"));
    expect(await blocked()).toEqual(["Hopper"]);
  });

  it.each(["known", "new"])("goes to whoever takes it over, %s to PeerSpark", async (other) => {
    await comes("one", "Old", "amazing");
    if (other === "known") await comes("two", "Young", "another");
    await comes("two", "Young", "amazing");
    await says("/block @amazing", byHandle("amazing"));
    expect(await blocked()).toEqual(["Young"]);
  });

  it("is nobody's any more when it was given up, and its new one is", async () => {
    await comes("one", "Old", "amazing");
    await comes("one", "Old", "brilliant");
    await comes("two", "amazing");
    expect(await says("/block @amazing", byHandle("amazing"))).toContain("I don't know @amazing");
    await says("/block @brilliant", byHandle("brilliant"));
    expect(await blocked()).toEqual(["Old"]);
    await comes("one", "Old");
    expect(await says("/block @brilliant", byHandle("brilliant"))).toContain("I don't know @brilliant");
  });

  it("makes nobody a member", async () => {
    expect(await says("/pod invite @tim", byHandle("tim"))).toContain("I don't know @tim");
    expect(await members()).toHaveLength(1);
  });

  it.each(["@anna", "who:@anna", "who:@anna pod:Linear", "Linear Algebra who:@anna"])(
    "is nobody's whom PeerSpark calls so: %s",
    async (words) => {
      await comes("one", "Anna", "anna1");
      await comes("two", "Anna", "anna2");
      expect(await says(`/pod invite ${words}`, byHandle("anna"))).toContain("I don't know @anna");
      expect(await edge.store.count(invites)).toBe(0);
    },
  );
});

it("whoever was joined to another member is that member", async () => {
  await edge.says("two", "/help", { called: "grace" });
  await edge.says("three", "/help", { called: "Grace H." });
  const code = /[A-Z0-9]{8}/.exec(textsOf(await edge.says("three", "/link"))[0]!)![0];
  await edge.says("two", `/link ${code}`);
  await edge.presses("two", edge.button("Link"));
  await says("/block @grace", mention("two"));
  const { rows } = await edge.store.find(blocks, { limit: 5 });
  expect(rows).toMatchObject([{ blockedId: (await behind("grace-h")).id }]);
});

describe("a name that several have, typed without being a mention", () => {
  const choose = (label: string) => edge.presses("ada", edge.button(label));
  const second = async () => (await members()).find(({ username }) => username.startsWith("anna-"))!;

  it("is nobody's until one is picked, also where one has it as username", async () => {
    for (const userId of ["one", "two"]) await edge.says(userId, "/help", { called: "Anna" });
    for (const words of ["/block Anna", "/block anna"]) {
      expect(await says(words)).toContain("Several are called so. Which one?");
      expect(await edge.store.count(blocks)).toBe(0);
    }
    await choose("Anna · anna");
    const { rows } = await edge.store.find(blocks, { limit: 5 });
    expect(rows).toMatchObject([{ blockedId: (await behind("anna")).id }]);
    await edge.presses("ada", edge.button("Unblock"));
    expect(await edge.store.count(blocks)).toBe(0);
    await says(`/block ${(await second()).username}`);
    expect(await edge.store.count(blocks)).toBe(1);
  });

  it("of a pod is asked for among those in it", async () => {
    for (const userId of ["one", "two"]) await join(userId, "Anna");
    await edge.says("three", "/help", { called: "Anna" });
    expect(await says("/pod handover anna")).toContain("Several are called so. Which one?");
    expect(await says("/pod handover anna")).not.toContain("Make Anna");
    await choose("Anna · anna");
    await choose("Hand over");
    expect(await owner()).toMatchObject({ username: "anna" });
  });
});

it("names that are typed without being mentions mean what they always meant", async () => {
  await edge.says("one", "/help", { called: "grace" });
  await says("/block @grace", mention("tim", "tim"));
  const { rows } = await edge.store.find(blocks, { limit: 5 });
  expect(rows).toMatchObject([{ blockedId: (await behind("grace")).id }]);
  expect((await members()).map(({ displayName }) => displayName)).toEqual(["Ada", "grace"]);
});
