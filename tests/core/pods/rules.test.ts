// Pure rules of pods: names that are seen, keys they are found by, codes and tags as people type them.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { codeAlphabet } from "../../../src/core/kernel/short-code.ts";
import { hasVisible, tidy, visibleText } from "../../../src/core/kernel/visible-text.ts";
import { tagsOf } from "../../../src/core/pods/create-pod.ts";
import { readInviteCode } from "../../../src/core/pods/invite.ts";
import { nameKey } from "../../../src/core/pods/pod.ts";
import { higher } from "../../../src/core/pods/pod-role.ts";

const seed = 20_260_302;
const typed = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), fc.string());

describe("a visible text", () => {
  it("is one tidy line, whatever was typed, and tidying it again changes nothing", () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { success, data } = visibleText(100).safeParse(text);
        if (!success) return;
        expect(data).toBe(tidy(data));
        expect(data).not.toMatch(/[\n\r\t\u202e]|^\s|\s$|\s\s/);
        expect(data.length).toBeLessThanOrEqual(100);
        expect(data.isWellFormed()).toBe(true);
      }),
      { seed, numRuns: 500 },
    );
  });

  it("keeps the joiners that scripts and emoji need", () => {
    for (const text of ["👩‍🔬", "می‌خواهم", "क्‍ष"]) expect(visibleText(100).parse(text)).toBe(text.normalize("NFC"));
  });

  it("has something to see", () => {
    for (const text of ["", "  ", "\u200b", "\u200d\u2060", "\u00ad", "\u3164", "\u2800", "\ufe0f", "\u0301", "\u202e"])
      expect([text, hasVisible(text)]).toEqual([text, false]);
    for (const text of ["a", "7", "🔥", "?", "あ", "\u200bא"]) expect([text, hasVisible(text)]).toEqual([text, true]);
  });
});

describe("a name's key", () => {
  it("is the same for every way to write the name", () => {
    expect(nameKey("  Größe \n der Zahlen")).toBe(nameKey("GRÖSSE der zahlen"));
    expect(nameKey("ﬁne Ｗide")).toBe("fine wide");
  });

  it("fits its field and is its own key", () => {
    fc.assert(
      fc.property(typed, (name) => {
        const key = nameKey(name.slice(0, 100));
        expect(key.length).toBeLessThanOrEqual(400);
      }),
      { seed, numRuns: 500 },
    );
  });
});

describe("an invitation's code", () => {
  it("is read however it is spaced, dashed or cased", () => {
    for (const text of ["K7M2QX9PAB", "k7m2q-x9pab", " K7 M2 QX 9P AB "])
      expect(readInviteCode(text)).toBe("K7M2QX9PAB");
  });

  it("is not read out of anything else", () => {
    for (const text of ["K7M2QX", "K7M2QX9PA0", "Linear Algebra", "algorithms", "x".repeat(10_000)])
      expect([text, readInviteCode(text)]).toEqual([text, undefined]);
    expect([..."01ILO"].some((letter) => codeAlphabet.includes(letter) && letter !== "L")).toBe(false);
  });
});

describe("tags", () => {
  it.each([
    [undefined, []],
    ["#Maths, proofs,,  # , maths", ["maths", "proofs"]],
    ["\u200b, 数学", ["数学"]],
  ])("of %j are %j", (text, tags) => expect(tagsOf(text)).toEqual(tags));

  it("are ten at most, of 50 characters at most", () => {
    expect(tagsOf(Array.from({ length: 30 }, (_, n) => `t${n}`).join())).toHaveLength(10);
    expect(tagsOf("x".repeat(300))).toEqual(["x".repeat(50)]);
  });
});

describe("of two roles", () => {
  it("the higher counts", () => {
    expect(higher("member", "owner")).toBe("owner");
    expect(higher("admin", "moderator")).toBe("admin");
  });
});
