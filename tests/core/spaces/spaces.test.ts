// Where PeerSpark is installed: arriving, being greeted, thrown out, moved to another id.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { insert } from "../../../src/core/kernel/change.ts";
import { profiles } from "../../../src/core/members/read.ts";
import { bindings, pods, podsAtHome } from "../../../src/core/pods/read.ts";
import type { Place } from "../../../src/core/ports/platform.ts";
import { noteJoined, noteLeft, noteMoved, spaces } from "../../../src/core/spaces/read.ts";
import { welcomeView } from "../../../src/core/spaces/views.ts";
import { plain, type Reader } from "../../../src/core/text.ts";
import { type World, world } from "../../support/world.ts";

let w: World;
const ctx = () => ({ ...w.service.context, correlation: "test" });
const rows = async () => (await w.store.find(spaces, { limit: 9 })).rows;
beforeEach(async () => {
  w = await world();
});
afterEach(async () => {
  expect(w.troubles).toEqual([]);
  await w.close();
});

const group: Place = { platform: "town", channel: "g1", kind: "channel", title: "Maths" };
const server: Place = { ...group, channel: "c7", space: { id: "s1", title: "University" } };

describe("a space", () => {
  it("is kept once however often PeerSpark is put into it, in the language of who did", async () => {
    const ada = w.terminal("ada", { language: "de" });
    await ada.says("/help");
    const by = (await ctx().store.getBy(profiles, {
      username: "ada",
    }))!.id;
    await noteJoined(ctx(), group, "de", by);
    await noteJoined(ctx(), { ...group, title: "More maths" }, "en", by);
    expect(await rows()).toMatchObject([
      { platform: "town", externalId: "g1", channel: "g1", title: "More maths", joinedBy: by, language: "de" },
    ]);
  });

  it("is known by the server's id where it has many channels", async () => {
    await noteJoined(ctx(), server, "en");
    expect(await rows()).toMatchObject([{ externalId: "s1", channel: "c7", title: "University" }]);
    await noteMoved(ctx(), server, "c8");
    expect(await rows()).toMatchObject([{ externalId: "s1", channel: "c8" }]);
  });

  it("is marked when PeerSpark is thrown out, and live again when it is back", async () => {
    await noteJoined(ctx(), group, "en");
    await noteLeft(ctx(), group);
    expect((await rows())[0]!.goneAt).toBe(w.clock.now());
    await noteJoined(ctx(), group, "en");
    expect((await rows())[0]!.goneAt).toBeUndefined();
  });

  it("goes on when one of its channels is left by itself: only what is bound there rests, until PeerSpark is back", async () => {
    const at = w.clock.now();
    const binding = { podId: "p1", platform: "town", space: "s1", boundBy: "m1", boundAt: at };
    await noteJoined(ctx(), server, "en");
    await w.store.commit(["c7", "c8"].map((channel) => insert(bindings, { id: channel, channel, ...binding })));
    const open = async () => {
      await w.settled();
      const { rows: bound } = await w.store.find(bindings, { where: { goneAt: null }, limit: 9 });
      return bound.map(({ channel }) => channel);
    };
    const { space: _, ...c7 } = server;
    await noteLeft(ctx(), c7);
    expect(await open()).toEqual(["c8"]);
    await noteJoined(ctx(), { ...server, channel: "c9" }, "en");
    expect(await open()).toEqual(["c8"]);
    await noteJoined(ctx(), server, "en");
    expect(await open()).toEqual(["c7", "c8"]);
    await noteLeft(ctx(), { ...server, channel: "s1" });
    expect(await open()).toEqual([]);
    await noteJoined(ctx(), server, "en");
    expect(await open()).toEqual(["c7", "c8"]);
  });

  it("that PeerSpark never knew can be left and moved all the same", async () => {
    await noteLeft(ctx(), group);
    expect(await rows()).toMatchObject([{ externalId: "g1", goneAt: w.clock.now() }]);
    await noteMoved(ctx(), { ...group, channel: "g2" }, "super2");
    expect(await rows()).toHaveLength(1);
  });

  it("goes on under its new id, whoever reports it how often and from which side", async () => {
    await noteJoined(ctx(), group, "en");
    await Promise.all([noteMoved(ctx(), group, "super1"), noteMoved(ctx(), group, "super1")]);
    await noteMoved(ctx(), group, "super1");
    expect(await rows()).toMatchObject([{ externalId: "super1", channel: "super1", title: "Maths" }]);
  });

  it("is one when the new id was joined before the move was told", async () => {
    await noteJoined(ctx(), group, "en");
    await noteJoined(ctx(), { ...group, channel: "super1" }, "en");
    await noteMoved(ctx(), group, "super1");
    expect(await rows()).toMatchObject([{ externalId: "super1" }]);
    expect(await rows()).toHaveLength(1);
  });

  it("is no direct chat", async () => {
    const direct: Place = { platform: "town", channel: "ada", kind: "direct" };
    await noteJoined(ctx(), direct, "en");
    await noteLeft(ctx(), direct);
    expect(await rows()).toEqual([]);
  });
});

describe("the pods at home where PeerSpark has been put", () => {
  it("are those of that channel, and of a server it is back in those that everybody may see", async () => {
    const ada = w.terminal("ada");
    for (const line of ["Logic", "Sets", "Secret privacy:private"]) await ada.says(`/pod create ${line}`);
    const { rows: made } = await w.store.find(pods, { limit: 9 });
    const bound = { platform: "town", space: "s1", boundBy: made[0]!.creatorId, boundAt: 1 };
    const at = (name: string, channel: string) => {
      const podId = made.find((pod) => pod.name === name)!.id;
      return insert(bindings, { id: channel, podId, channel, title: `title ${channel}`, ...bound });
    };
    await w.store.commit([at("Logic", "c7"), at("Sets", "c8"), at("Secret", "c9")]);
    expect(await podsAtHome(ctx(), server, false)).toEqual([{ pod: "Logic" }]);
    expect(await podsAtHome(ctx(), { ...server, channel: "c1" }, false)).toEqual([]);
    expect(await podsAtHome(ctx(), { ...server, channel: "c9" }, false)).toEqual([{ pod: "Secret" }]);
    expect(await podsAtHome(ctx(), server, true)).toEqual([{ pod: "Logic" }, { pod: "Sets", place: "#title c8" }]);
  });
});

describe("the first words", () => {
  it.each(["en", "de"] as const)("say what to do next in %s", (language) => {
    const reader: Reader = { language, zone: "UTC", platform: "town" };
    const view = welcomeView(reader);
    const text = (view.body ?? [])
      .flatMap((block) => ("list" in block ? block.list : []))
      .map((item) => plain(item, reader));
    expect(text[0]).toContain("/pod create");
    expect(text[1]).toContain("/pod bind");
    expect(text).toHaveLength(2);
  });
});
