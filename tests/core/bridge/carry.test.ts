// What is carried: messages, replies, edits, deletions, files and reactions, named after their authors, each once.
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { AppError } from "../../../src/core/errors.ts";
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

/** What people read of each other in a channel. */
const read = (channel: string) => {
  const app = channel === "green" ? b.beta : b.alpha;
  const talk = app.messages(channel).map(({ post, own }) => post || !own);
  return app.transcript(channel).filter((_, index) => talk[index]);
};

describe("messages", () => {
  it("appear in the other channels under their author's name and app, once, in order", async () => {
    for (const text of ["one", "two", "three"]) await b.alpha.writes("Bob", "red", text);
    await b.rest();
    await b.beta.writes("Ada", "green", "four");
    await b.rest();
    const told = ["one", "two", "three"].map((text) => `Bob (Alpha): ${text}`);
    expect(read("blue")).toEqual([...told, "Ada (Beta): four"]);
    expect(read("green")).toEqual([...told, "Ada: four"]);
    expect(read("red")).toEqual(["Bob: one", "Bob: two", "Bob: three", "Ada (Beta): four"]);
  });

  it("carry the name that a member gave themselves", async () => {
    await b.alpha.says("Bob", "red", "/profile edit name:Roberta");
    await b.alpha.writes("Bob", "red", "hello");
    await b.rest();
    expect(read("green")).toEqual(["Roberta (Alpha): hello"]);
  });

  it("that are commands, or said to PeerSpark, are not carried", async () => {
    await b.alpha.says("Bob", "red", "/pod info");
    await b.alpha.writes("Bob", "red", "PeerSpark, what can you do?", { addressed: true });
    await b.alpha.writes("Bob", "red", "   ");
    await b.rest();
    expect(read("green")).toEqual([]);
  });

  it("do not come back, even from an app that hands PeerSpark's own posts to it", async () => {
    await b.alpha.writes("Bob", "red", "hello");
    await b.rest();
    await b.alpha.echo();
    await b.beta.echo();
    await b.rest();
    await b.alpha.deliver({ ...b.alpha.updates.at(-1)!, id: "again" });
    await b.rest();
    for (const channel of ["blue", "green"]) expect(read(channel)[0]).toBe("Bob (Alpha): hello");
    expect([read("red"), read("blue"), read("green")].map(({ length }) => length)).toEqual([1, 1, 1]);
  });

  it("that are delivered twice are carried once", async () => {
    await b.alpha.writes("Bob", "red", "hello");
    const update = b.alpha.updates.at(-1)!;
    await b.alpha.deliver(update);
    await b.alpha.deliver({ ...update, id: "another id" });
    await b.rest();
    expect(read("blue")).toEqual(["Bob (Alpha): hello"]);
  });

  it("too long for an app are cut with a mark", async () => {
    await b.alpha.writes("Bob", "red", "x".repeat(400));
    await b.rest();
    expect(read("blue")).toEqual([`Bob (Alpha): ${"x".repeat(400)}`]);
    expect(read("green")).toEqual([`Bob (Alpha): ${"x".repeat(299)}…`]);
  });
});

describe("replies", () => {
  it("lead to the counterpart of what they reply to, in each channel", async () => {
    const question = await b.alpha.writes("Bob", "red", "who comes?");
    await b.rest();
    await b.beta.writes("Ada", "green", "me", { repliesTo: b.beta.ref("green", "who comes?") });
    await b.rest();
    await b.alpha.writes("Bob", "red", "great", { repliesTo: question });
    await b.rest();
    expect(read("blue").slice(1)).toEqual(["Ada (Beta): me ↪ who comes?", "Bob (Alpha): great ↪ who comes?"]);
    expect(read("red")[1]).toBe("Ada (Beta): me ↪ who comes?");
  });

  it("to a post whose place is not noted yet are carried, and not taken for a word to PeerSpark", async () => {
    let answer: Promise<unknown> | undefined;
    b.beta.after = async (operation) => {
      if (operation !== "post" || answer) return;
      answer = b.beta.writes("Ada", "green", "me", { repliesTo: b.beta.ref("green", "who comes?") });
      await Promise.race([answer, setTimeout(200)]);
    };
    await b.alpha.writes("Bob", "red", "who comes?");
    await b.rest();
    await answer;
    await b.rest();
    expect(read("blue")).toEqual(["Bob (Alpha): who comes?", "Ada (Beta): me ↪ who comes?"]);
  });

  it("quote what is not there", async () => {
    const old = { platform: "alpha", channel: "red", message: "from before" };
    await b.alpha.writes("Bob", "red", "yes", { repliesTo: old, quote: `shall we\nmeet ${"x".repeat(100)}` });
    await b.rest();
    expect(read("green")).toEqual([`Bob (Alpha): yes > shall we meet ${"x".repeat(65)}…`]);
  });
});

describe("edits and deletions", () => {
  it("are made to every counterpart", async () => {
    const message = await b.alpha.writes("Bob", "red", "helo");
    await b.rest();
    await b.alpha.changes(message, "hello");
    await b.rest();
    expect([read("blue"), read("green")]).toEqual([["Bob (Alpha): hello"], ["Bob (Alpha): hello"]]);
    await b.alpha.deletes(message);
    await b.rest();
    expect([read("blue"), read("green")]).toEqual([[], []]);
  });

  it("keep what the message replies to and what is said of its files", async () => {
    const old = { platform: "alpha", channel: "red", message: "from before" };
    const files = [{ name: "big.zip", content: Buffer.alloc(800, "x") }];
    const message = await b.alpha.writes("Bob", "red", "helo", { repliesTo: old, quote: "shall we?", files });
    await b.rest();
    const [told] = read("green");
    expect(told).toMatch(/^Bob \(Alpha\): helo\n📎 big\.zip \(800 B\).* > shall we\?$/);
    await b.alpha.changes(message, "hello");
    await b.rest();
    expect(read("green")).toEqual([told!.replace("helo", "hello")]);
  });

  it("that come while the message waits are made after it, in order", async () => {
    b.alpha.before = () => Promise.reject(Object.assign(new Error("down")));
    const [one, two] = [await b.beta.writes("Ada", "green", "helo"), await b.beta.writes("Ada", "green", "oops")];
    await b.beta.changes(one, "hello");
    await b.beta.deletes(two);
    await b.rest();
    b.alpha.before = () => {};
    await b.w.advance({ minutes: 1 });
    expect(read("red")).toEqual(["Ada (Beta): hello"]);
    expect(b.troubles()).not.toEqual([]);
  });

  it("that are heard of before their message leave it as they say", async () => {
    const one = await b.alpha.writes("Bob", "red", "helo", { held: true });
    const two = await b.alpha.writes("Bob", "red", "oops", { held: true });
    const [first, second] = b.alpha.updates.slice(-2);
    await b.alpha.changes(one, "hello");
    await b.alpha.deletes(two);
    await b.alpha.deliver(first!);
    await b.alpha.deliver(second!);
    await b.rest();
    expect(read("green")).toEqual(["Bob (Alpha): hello"]);
  });

  it("of what was never carried, or of a counterpart, change nothing", async () => {
    const old = { platform: "alpha", channel: "red", message: "from before" };
    await b.alpha.deletes(old);
    const message = await b.alpha.writes("Bob", "red", "hello");
    await b.rest();
    await b.beta.deletes(b.beta.ref("green", "hello"));
    await b.alpha.changes(message, "hello all");
    await b.rest();
    expect([read("blue"), read("green")]).toEqual([["Bob (Alpha): hello all"], []]);
  });
});

describe("files", () => {
  const file = (name: string, bytes: number) => ({ name, content: Buffer.alloc(bytes, "x") });

  it("go with the text, further ones alone; what is too large is named with its size", async () => {
    const files = [file("a.txt", 100), file("b.txt", 400), file("big.zip", 800)];
    await b.alpha.writes("Bob", "red", "my notes", { files });
    await b.rest();
    expect(read("blue")).toEqual([
      "Bob (Alpha): my notes [a.txt 100]",
      "Bob (Alpha):  [b.txt 400]",
      "Bob (Alpha):  [big.zip 800]",
    ]);
    expect(read("green")[2]).toBe("Bob (Alpha): 📎 big.zip (800 B) is on Alpha only: it could not be sent here.");
  });

  it("that can't be had are named", async () => {
    b.alpha.before = (operation) => {
      if (operation === "download") throw new Error("no such file");
    };
    await b.alpha.writes("Bob", "red", "", { files: [file("a.txt", 100)] });
    await b.rest();
    await b.w.advance({ minutes: 5 });
    expect(read("green")).toEqual(["Bob (Alpha): 📎 a.txt (100 B) is on Alpha only: it could not be sent here."]);
    expect(b.troubles()).not.toEqual([]);
  });
});

describe("the name of a file that could not be sent", () => {
  const files = [{ name: "a.txt", content: Buffer.alloc(100, "x") }];
  const name = "📎 a.txt (100 B) is on Alpha only: it could not be sent here.";
  const slow = (wanted: string) => (operation: string, channel: string) => {
    if (channel === wanted && operation === "post")
      throw new AppError("rate_limited", "slow", { detail: { retryAfter: 20_000 } });
  };

  it("is not added to one that was, by an edit while another channel waits", async () => {
    b.beta.before = slow("green");
    const message = await b.alpha.writes("Bob", "red", "helo", { files });
    await b.rest();
    await b.alpha.changes(message, "hello");
    await b.rest();
    expect(read("blue")).toEqual(["Bob (Alpha): hello [a.txt 100]"]);
    b.beta.before = () => {};
    await b.w.advance({ seconds: 21 });
    expect(read("green")).toEqual(["Bob (Alpha): hello [a.txt 100]"]);
  });

  it("is not added to one that had to wait", async () => {
    b.alpha.before = slow("blue");
    await b.alpha.writes("Bob", "red", "hello", { files });
    await b.rest();
    b.alpha.before = () => {};
    await b.w.advance({ seconds: 21 });
    expect(read("blue")).toEqual(["Bob (Alpha): hello [a.txt 100]"]);
  });

  it("stays through an edit where it was left out", async () => {
    b.alpha.before = (operation, channel) => {
      if (operation === "download") throw new AppError("unavailable", "gone", { detail: { reason: "gone" } });
      slow("blue")(operation, channel);
    };
    const message = await b.alpha.writes("Bob", "red", "helo", { files });
    await b.rest();
    await b.alpha.changes(message, "hello");
    await b.rest();
    expect(read("green")).toEqual([`Bob (Alpha): hello\n${name}`]);
    b.alpha.before = () => {};
    await b.w.advance({ seconds: 21 });
    expect(read("blue")).toEqual(["Bob (Alpha): hello [a.txt 100]"]);
    expect(b.troubles()).not.toEqual([]);
  });
});

describe("reactions", () => {
  it("stand on the counterparts until the last person took theirs back", async () => {
    const message = await b.alpha.writes("Bob", "red", "done!");
    await b.rest();
    await b.alpha.reacts("Cid", message, "👍");
    await b.beta.reacts("Ada", b.beta.ref("green", "done"), "👍");
    await b.beta.reacts("Ada", b.beta.ref("green", "done"), "🎉");
    await b.beta.reacts("Ada", b.beta.ref("green", "done"), "🦄");
    await b.rest();
    expect([read("red")[0], read("blue")[0], read("green")[0]]).toEqual([
      "Bob: done! 🎉 👍",
      "Bob (Alpha): done! 🎉 👍",
      "Bob (Alpha): done! 👍",
    ]);
    await b.alpha.reacts("Cid", message, "👍", false);
    await b.rest();
    expect([read("red")[0], read("blue")[0], read("green")[0]]).toEqual([
      "Bob: done! 🎉 👍",
      "Bob (Alpha): done! 🎉 👍",
      "Bob (Alpha): done!",
    ]);
    await b.beta.reacts("Ada", b.beta.ref("green", "done"), "👍", false);
    await b.rest();
    expect([read("red")[0], read("blue")[0]]).toEqual(["Bob: done! 🎉", "Bob (Alpha): done! 🎉"]);
  });

  it("go when a moderator clears a message of all of them, or of one emoji", async () => {
    const message = await b.alpha.writes("Bob", "red", "done!");
    await b.rest();
    for (const [who, emoji] of [
      ["Cid", "👍"],
      ["Zoe", "👍"],
      ["Zoe", "🎉"],
      ["Zoe", "❤"],
    ] as const)
      await b.alpha.reacts(who, message, emoji);
    await b.rest();
    expect(read("blue")[0]).toBe("Bob (Alpha): done! ❤ 🎉 👍");
    await b.alpha.clears(message, "👍");
    await b.rest();
    expect(read("blue")[0]).toBe("Bob (Alpha): done! ❤ 🎉");
    await b.alpha.clears(message);
    await b.alpha.clears(message);
    await b.rest();
    expect(read("blue")[0]).toBe("Bob (Alpha): done!");
  });
});
