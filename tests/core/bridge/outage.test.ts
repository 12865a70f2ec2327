// What a bridge does when an app is slow, closed, gone or down, and when a process dies: wait, say so once, never flood.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { bridgeCopies, bridgeReactions, bridgeTalks } from "../../../src/core/bridge/talk.ts";
import type { ErrorDetail } from "../../../src/core/errors.ts";
import { AppError } from "../../../src/core/errors.ts";
import { patch } from "../../../src/core/kernel/change.ts";
import type { ChatApp, Operation } from "../../support/chat-app.ts";
import { type Bridged, bridged } from "./bridged.ts";

let b: Bridged;
beforeEach(async () => {
  b = await bridged();
  await b.connect();
});
afterEach(async () => {
  expect(b.troubles()).toEqual([]);
  await b.close();
});

const posts = (app: ChatApp, channel: string) =>
  app
    .messages(channel)
    .filter(({ post }) => post)
    .map(({ text }) => text);
const refusing =
  (detail: ErrorDetail, code: "unavailable" | "rate_limited" = "unavailable") =>
  (operation: string, channel: string) => {
    if (channel === "green" && operation !== "download") throw new AppError(code, "no", { detail });
  };
const inbox = async () =>
  (await b.alpha.says("Ada", "red", "/inbox")).split("\n").filter((line) => /bridge/.test(line));

it("waits for an app that asks for slowness, and goes on in order", async () => {
  b.beta.before = refusing({ retryAfter: 20_000 }, "rate_limited");
  for (const text of ["one", "two", "three"]) await b.alpha.writes("Bob", "red", text);
  await b.rest();
  expect(posts(b.alpha, "blue")).toEqual(["one", "two", "three"]);
  expect(posts(b.beta, "green")).toEqual([]);
  b.beta.before = () => {};
  await b.w.advance({ seconds: 19 });
  expect(posts(b.beta, "green")).toEqual([]);
  await b.w.advance({ seconds: 2 });
  expect(posts(b.beta, "green")).toEqual(["one", "two", "three"]);
});

it("pauses for a channel that is closed, tells the owner once, and goes on when it opens", async () => {
  b.beta.before = refusing({ reason: "closed" });
  await b.alpha.writes("Bob", "red", "one");
  await b.w.advance({ minutes: 30 });
  await b.alpha.writes("Bob", "red", "two");
  await b.w.advance({ minutes: 15 });
  expect(await inbox()).toHaveLength(1);
  expect(await b.alpha.says("Ada", "red", "/pod bridge")).toContain("green (Beta): waits: I may not write there");
  b.beta.before = () => {};
  await b.w.advance({ minutes: 11 });
  expect(posts(b.beta, "green")).toEqual(["one", "two"]);
  expect(await b.alpha.says("Ada", "red", "/pod bridge")).toContain("green (Beta): takes part");
});

describe("what an app forbids for a message that is posted already", () => {
  /** Forbids these alone; `tried` counts how often each was tried. */
  const forbids = (...forbidden: Operation[]) => {
    const tried: Operation[] = [];
    b.beta.before = (operation) => {
      if (!forbidden.includes(operation)) return;
      tried.push(operation);
      throw new AppError("unavailable", "no", { detail: { reason: "closed" } });
    };
    return tried;
  };

  it("holds up nothing where it is a reaction, and counts as no closed channel", async () => {
    const tried = forbids("react");
    const message = await b.beta.writes("Ada", "green", "two");
    const one = await b.alpha.writes("Bob", "red", "one");
    await b.rest();
    await b.alpha.reacts("Cid", one, "👍");
    await b.alpha.reacts("Cid", b.alpha.ref("red", "two"), "👍");
    await b.alpha.writes("Bob", "red", "three");
    await b.rest();
    expect(tried).toEqual(["react", "react"]);
    expect(posts(b.beta, "green")).toEqual(["one", "three"]);
    expect(await inbox()).toEqual([]);
    await b.beta.changes(message, "two and a half");
    await b.rest();
    expect(posts(b.alpha, "red")).toEqual(["two and a half"]);
  });

  it.each([
    ["an edit", "repost", ["one", "two", "three"]],
    ["a removal", "remove", ["one", "two", "three"]],
  ] as const)("is tried some times where it is %s, and then left, and heard of again", async (_, operation, left) => {
    const message = await b.alpha.writes("Bob", "red", "one");
    await b.rest();
    const tried = forbids(operation);
    await (operation === "repost" ? b.alpha.changes(message, "1") : b.alpha.deletes(message));
    await b.alpha.writes("Bob", "red", "two");
    await b.w.advance({ minutes: 40 });
    await b.alpha.writes("Bob", "red", "three");
    await b.rest();
    expect(tried).toHaveLength(6);
    expect(posts(b.beta, "green")).toEqual(left);
    expect(await inbox()).toEqual([]);
    expect(b.troubles()).toMatchObject([{ message: "a message could not be carried" }]);
    b.beta.before = () => {};
    if (operation === "repost") await b.alpha.deletes(message);
    await b.rest();
    expect(posts(b.beta, "green")).toEqual(operation === "repost" ? ["two", "three"] : left);
  });

  it("says nothing of whether the channel is open: the owner is told once", async () => {
    const message = await b.alpha.writes("Bob", "red", "one");
    await b.rest();
    forbids("post", "send");
    await b.alpha.writes("Bob", "red", "two");
    await b.rest();
    for (const text of ["1", "I"]) {
      await b.alpha.changes(message, text);
      await b.w.advance({ minutes: 11 });
    }
    expect(posts(b.beta, "green")).toEqual(["I"]);
    expect(await inbox()).toHaveLength(1);
  });
});

it("lets go of a channel that is gone, and tells the owner once", async () => {
  b.beta.before = refusing({ reason: "gone" });
  for (const text of ["one", "two"]) await b.alpha.writes("Bob", "red", text);
  await b.rest();
  b.beta.before = () => {};
  await b.alpha.writes("Bob", "red", "three");
  await b.rest();
  expect(posts(b.beta, "green")).toEqual([]);
  expect(posts(b.alpha, "blue")).toEqual(["one", "two", "three"]);
  expect(await inbox()).toHaveLength(1);
  expect(await b.w.store.count(bridgeCopies, { due: true })).toBe(0);
});

it("lets go of the channels of a space that threw PeerSpark out", async () => {
  await b.beta.happens("left", "green");
  await b.rest();
  await b.alpha.writes("Bob", "red", "one");
  await b.rest();
  expect(posts(b.beta, "green")).toEqual([]);
  expect(await inbox()).toHaveLength(1);
});

it("ends an outage with the messages of the last hour and one line for the others", async () => {
  b.beta.before = refusing({});
  for (let n = 1; n <= 5; n++) await b.alpha.writes("Bob", "red", `old ${n}`);
  await b.w.advance({ minutes: 45 });
  await b.alpha.writes("Bob", "red", "new");
  await b.w.advance({ minutes: 30 });
  b.beta.before = () => {};
  await b.w.advance({ minutes: 11 });
  const shown = b.beta.messages("green").slice(-2);
  expect(shown.map(({ text }) => text)).toEqual([
    "5 messages from the pod's other channels were left out here: I could not bring them.",
    "new",
  ]);
  expect(posts(b.beta, "green")).toEqual(["new"]);
});

it("brings at most the newest hundred, however many wait", async () => {
  b.beta.before = refusing({});
  for (let n = 1; n <= 130; n++) await b.alpha.writes("Bob", "red", `${n}`);
  b.beta.before = () => {};
  await b.w.advance({ minutes: 1 });
  await b.w.advance({ minutes: 10 });
  const line = b.beta.messages("green").findIndex(({ text }) => /left out/.test(text));
  const after = b.beta.messages("green").slice(line);
  const skipped = Number(/^\d+/.exec(after[0]!.text)![0]);
  expect(skipped).toBeGreaterThan(20);
  expect(after.slice(1).map(({ text }) => text)).toEqual(
    Array.from({ length: 130 - skipped }, (_, n) => `${skipped + n + 1}`),
  );
}, 60_000);

describe("a post whose answer is lost", () => {
  const lost = () => new AppError("unavailable", "no answer", { detail: { unknown: true } });

  it("is shown once where the app can tell, with the edit that came meanwhile", async () => {
    let cut = true;
    b.alpha.after = (operation, channel) => {
      if (operation === "post" && channel === "blue" && cut) throw lost();
    };
    const message = await b.alpha.writes("Bob", "red", "helo");
    await b.rest();
    await b.alpha.changes(message, "hello");
    cut = false;
    await b.w.advance({ minutes: 1 });
    expect(posts(b.alpha, "blue")).toEqual(["hello"]);
  });

  it("that was deleted meanwhile is taken away where the app can tell", async () => {
    let cut = true;
    b.alpha.after = (operation, channel) => {
      if (operation === "post" && channel === "blue" && cut) throw lost();
    };
    const message = await b.alpha.writes("Bob", "red", "oops");
    await b.rest();
    await b.alpha.deletes(message);
    cut = false;
    await b.w.advance({ minutes: 1 });
    expect(posts(b.alpha, "blue")).toEqual([]);
  });

  it("is posted once more when the app has forgotten it, and never a third time", async () => {
    await b.close();
    b = await bridged({ idempotentMs: 60_000 });
    await b.connect();
    const begun: number[] = [];
    const start = b.w.clock.now();
    b.beta.after = (operation) => {
      if (operation !== "post") return;
      begun.push(b.w.clock.now() - start);
      throw lost();
    };
    await b.alpha.writes("Bob", "red", "one");
    await b.w.advance({ minutes: 30 });
    // Twice again within the minute; then as one that may be a second.
    expect(begun.map((ms) => Math.floor(ms / 5_000) * 5)).toEqual([0, 5, 35, 155]);
    expect(b.troubles()).toMatchObject([{ message: "a message could not be carried" }]);
  });

  it("is posted once more elsewhere, and never a third time", async () => {
    b.beta.after = (operation) => {
      if (operation === "post") throw lost();
    };
    await b.alpha.writes("Bob", "red", "one");
    await b.w.advance({ minutes: 30 });
    b.beta.after = () => {};
    await b.alpha.writes("Bob", "red", "two");
    await b.w.advance({ minutes: 30 });
    expect(posts(b.beta, "green")).toEqual(["one", "one", "two"]);
    expect(b.troubles()).toMatchObject([{ message: "a message could not be carried" }]);
  });
});

it("a post stays claimed for as long as one with a file may take", async () => {
  const { clock, store } = b.w;
  const left: number[] = [];
  b.beta.before = async (operation) => {
    if (operation !== "post") return;
    // Fetched within a minute, in turn within 20 s, sent within a minute.
    await new Promise<void>((resolve) => clock.after(140_000, resolve));
    const { rows } = await store.find(bridgeCopies, { limit: 10 });
    for (const { platform, claimedUntil = 0 } of rows) if (platform === "beta") left.push(claimedUntil - clock.now());
  };
  await b.alpha.writes("Bob", "red", "one", { files: [{ name: "talk.mp4", content: Buffer.from("film") }] });
  await b.w.advance({ minutes: 5 });
  expect(left).toEqual([expect.any(Number)]);
  expect(left[0]).toBeGreaterThan(0);
  expect(posts(b.beta, "green")).toEqual(["one"]);
});

it("what an app refuses for good is named where it is a file, and left out with a line where it is not", async () => {
  b.beta.before = (operation) => {
    if (operation === "post") throw new AppError("invalid", "no such file here");
  };
  const file = { name: "a.txt", content: Buffer.from("x") };
  await b.alpha.writes("Bob", "red", "no");
  await b.rest();
  expect(b.beta.messages("green").at(-1)?.text).toBe(
    "1 message from the pod's other channels was left out here: I could not bring it.",
  );
  b.beta.before = (operation) => {
    if (operation === "post") b.beta.before = () => {};
    if (operation === "post") throw new AppError("invalid", "no such file here");
  };
  await b.alpha.writes("Bob", "red", "notes", { files: [file] });
  await b.rest();
  expect(posts(b.beta, "green")).toEqual(["notes\n📎 a.txt (1 B) is on Alpha only: it could not be sent here."]);
  expect(b.troubles()).toMatchObject([{ message: "a message could not be carried" }]);
});

it("keeps no text longer than it takes to deliver it, and forgets messages after a month", async () => {
  const message = await b.alpha.writes("Bob", "red", "a secret of Bob's");
  await b.rest();
  await b.alpha.reacts("Cid", message, "👍");
  await b.alpha.changes({ ...message, message: "from before" }, "never told").catch(() => undefined);
  await b.rest();
  const { rows } = await b.w.store.find(bridgeTalks, { limit: 10 });
  expect(JSON.stringify(rows)).not.toContain("secret of Bob");
  b.w.clock.jump(31 * 24 * 3600_000);
  await b.w.advance({ minutes: 3 });
  for (const kept of [bridgeTalks, bridgeCopies, bridgeReactions] as const) expect(await b.w.store.count(kept)).toBe(0);
}, 60_000);

describe("what waits longer than its text is kept", () => {
  const hour = 3600_000;

  it("leaves a message that is posted as it is", async () => {
    const message = await b.alpha.writes("Bob", "red", "one");
    await b.rest();
    b.beta.before = refusing({ retryAfter: 3 * hour }, "rate_limited");
    await b.alpha.changes(message, "one and a half");
    await b.rest();
    b.beta.before = () => {};
    await b.w.advance({ minutes: 185 });
    expect(posts(b.beta, "green")).toEqual(["one"]);
    await b.alpha.changes(message, "two");
    await b.rest();
    expect(posts(b.beta, "green")).toEqual(["two"]);
  });

  it("posts nothing in place of a message of which it is not known whether it came", async () => {
    const message = await b.alpha.writes("Bob", "red", "one");
    await b.rest();
    const copy = (await b.w.store.getBy(bridgeCopies, b.beta.ref("green", "one")))!;
    const unnoted = { message: undefined, channel: undefined, due: true, claimedUntil: b.w.clock.now() + 1 };
    await b.w.store.commit([patch(bridgeCopies, copy, unnoted)]);
    await b.w.advance({ minutes: 5 });
    expect(posts(b.beta, "green")).toEqual(["one"]);
    expect(b.troubles()).toMatchObject([{ message: "a message waited longer than its text is kept" }]);
    await b.alpha.changes(message, "two");
    await b.rest();
    expect(posts(b.beta, "green")).toEqual(["one"]);
  });
});

it("costs a place without a bridge no write, and nobody becomes a member for talking", async () => {
  const { store } = b.w;
  const { profiles } = await import("../../../src/core/members/read.ts");
  const { inboundUpdates } = await import("../../../src/core/conversations/inbound-update.ts");
  const before = [await store.count(profiles), await store.count(inboundUpdates)];
  const message = await b.alpha.writes("Zoe", "elsewhere", "hello");
  await b.alpha.changes(message, "hello all");
  await b.alpha.reacts("Zoe", message, "👍");
  await b.alpha.deletes(message);
  await b.rest();
  expect([await store.count(profiles), await store.count(inboundUpdates)]).toEqual(before);
});
