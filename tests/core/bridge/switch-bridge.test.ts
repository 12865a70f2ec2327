// Who turns a bridge on and off, which channels take part, and that nothing is carried where it was not agreed to.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { bridgeLinks } from "../../../src/core/bridge/link.ts";
import { type Bridged, bridged } from "./bridged.ts";

let b: Bridged;
beforeEach(async () => {
  b = await bridged();
});
afterEach(async () => {
  expect(b.troubles()).toEqual([]);
  await b.close();
});

const talkIn = (channel: string) =>
  b.alpha
    .messages(channel)
    .concat(b.beta.messages(channel))
    .filter((message) => message.post || !message.own);

describe("a bridge", () => {
  it("is off until the pod's owner turns it on", async () => {
    expect(await b.alpha.says("Ada", "red", "/pod bridge")).toContain("It is off");
    await b.alpha.writes("Bob", "red", "hello");
    await b.rest();
    expect(talkIn("blue")).toEqual([]);
    await b.alpha.says("Bob", "red", "/pod join Logic");
    expect(await b.alpha.says("Bob", "red", "/pod bridge on")).toMatch(/Only the owner of .+ can do that: /);
    expect(await b.alpha.says("Eve", "red", "/pod bridge on pod:Logic")).toContain("You are not in Logic");
    const on = await b.alpha.says("Ada", "red", "/pod bridge on");
    expect(on).toContain("It is on");
    expect(on).not.toContain("private");
    expect(await b.alpha.says("Ada", "red", "/pod info")).toContain("Bridge: on");
  });

  it("asks each channel, and takes the word of who administers it, there", async () => {
    await b.alpha.says("Ada", "red", "/pod bridge on");
    await b.rest();
    for (const channel of ["red", "blue"]) expect(b.alpha.transcript(channel).join()).toContain("Connect this channel");
    expect(b.beta.transcript("green").join()).toContain("Connect this channel with the others of Logic?");
    expect(await b.alpha.presses("Bob", "red", "Take part")).toContain("Only somebody who administers");
    const { buttons } = b.alpha.messages("blue").at(-1)!;
    const forged = {
      ...b.alpha.updates.at(-1)!,
      id: "forged",
      deed: { kind: "press", data: buttons[0]!.data } as const,
    };
    await b.alpha.deliver({ ...forged, account: { ...forged.account!, userId: "Ada", name: "Ada" } });
    expect(await b.alpha.says("Ada", "red", "/pod bridge")).toMatch(
      /red \(Alpha\) \(here\): waits[\s\S]*blue \(Alpha\): waits/,
    );
    expect(await b.alpha.presses("Ada", "red", "Take part")).toContain("takes part in the bridge");
    expect(await b.alpha.says("Ada", "red", "/pod bridge")).toContain("red (Alpha) (here): takes part");
  });

  it("carries nothing from or to a channel that has not agreed", async () => {
    await b.alpha.says("Ada", "red", "/pod bridge on");
    await b.rest();
    await b.alpha.presses("Ada", "red", "Take part");
    await b.beta.presses("Ada", "green", "Take part");
    await b.alpha.presses("Ada", "blue", "Don't take part");
    await b.alpha.writes("Bob", "red", "from red");
    await b.alpha.writes("Bob", "blue", "from blue");
    await b.rest();
    expect(talkIn("blue").map(({ text }) => text)).toEqual(["from blue"]);
    expect(talkIn("green").map(({ text }) => text)).toEqual(["from red"]);
    expect(await b.alpha.says("Ada", "red", "/pod bridge")).toContain("blue (Alpha): does not take part");
  });

  it("ends at once when it is turned off, a channel leaves or is unbound, and begins with new questions", async () => {
    await b.connect();
    await b.alpha.writes("Bob", "red", "one");
    await b.rest();
    await b.alpha.presses("Ada", "blue", "Leave the bridge");
    await b.alpha.writes("Bob", "red", "two");
    await b.rest();
    await b.beta.says("Ada", "green", "/pod unbind");
    await b.alpha.writes("Bob", "red", "three");
    await b.rest();
    expect(talkIn("blue").map(({ text }) => text)).toEqual(["one"]);
    expect(talkIn("green").map(({ text }) => text)).toEqual(["one", "two"]);
    await b.beta.says("Ada", "green", "/pod bind Logic");
    await b.rest();
    await b.beta.presses("Ada", "green", "Take part");
    await b.alpha.says("Ada", "red", "/pod bridge off");
    await b.alpha.writes("Bob", "red", "four");
    await b.rest();
    await b.alpha.says("Ada", "red", "/pod bridge on");
    await b.rest();
    await b.alpha.writes("Bob", "red", "five");
    await b.rest();
    expect(talkIn("green").map(({ text }) => text)).toEqual(["one", "two"]);
    expect(await b.alpha.says("Ada", "red", "/pod bridge")).toContain("green (Beta): waits");
  });

  it("leaves nothing behind when its pod is archived", async () => {
    await b.connect();
    expect(await b.w.store.count(bridgeLinks)).toBe(3);
    await b.alpha.says("Ada", "red", "/pod leave");
    expect(await b.alpha.presses("Ada", "red", "Leave and archive")).toContain("archived");
    await b.rest();
    expect(await b.w.store.count(bridgeLinks)).toBe(0);
  });

  it("of a private pod says who reads it", async () => {
    await b.close();
    b = await bridged({ privacy: "private" });
    expect(await b.alpha.says("Ada", "red", "/pod bridge on")).toContain("everybody in these channels reads");
    await b.rest();
    expect(b.alpha.transcript("red").join()).toContain("everybody in these channels reads");
  });
});
