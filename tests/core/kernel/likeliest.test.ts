// Which of several names somebody means who has typed a part of one.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { likeliest, mostSuggested, suggestionLabel } from "../../../src/core/kernel/likeliest.ts";

const named = (names: readonly string[], typed: string) => likeliest(names, typed, (name) => [name]);

describe("what fits", () => {
  it("is in the order of likelihood: the name, its beginning, a word's beginning, a part, words in any order", () => {
    const names = ["Prealgebra", "Linear Algebra", "Algebra II", "algebra", "Topology"];
    expect(named(names, "Algebra")).toEqual(["algebra", "Algebra II", "Linear Algebra", "Prealgebra"]);
    expect(named(["Algebra (linear)", "Linear Algebra"], "algebra lin")).toEqual([
      "Algebra (linear)",
      "Linear Algebra",
    ]);
  });

  it.each([
    ["ÜBUNG", "übung 3"],
    ["ubung", "Übung 3"],
    ["strasse", "Lange Straße"],
    ["ﬁ", "Fibre bundles"],
    ["emile", "Émile"],
    ["  sheet   3 ", "My sheet 3"],
  ])("%j finds %j: case, accents and forms of letters do not count", (typed, name) => {
    expect(named([name, "Other"], typed)).toEqual([name]);
  });

  it("is everything in its order when nothing is typed, as much as an app can show", () => {
    const names = Array.from({ length: 40 }, (_, n) => `n${n}`);
    expect(named(names, " ")).toEqual(names.slice(0, mostSuggested));
  });

  it("never fails, and finds a name by any part of it", () =>
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 120 }), fc.nat(), fc.nat(), (name, from, length) => {
        const start = from % (name.length + 1);
        const part = name.slice(start, start + (length % 20));
        if (part.isWellFormed() && name.isWellFormed() && /^[\p{L}\p{N} ]*$/u.test(name))
          expect(named([name], part.normalize("NFC"))).toEqual([name]);
        named([name], part);
      }),
      { seed: 7, numRuns: 300 },
    ));
});

describe("a label", () => {
  it("is one line of at most 100, of which the name gives way", () => {
    expect(suggestionLabel("Eigenvalues", "18:00")).toBe("Eigenvalues · 18:00");
    expect(suggestionLabel("two\nlines")).toBe("two lines");
    const long = suggestionLabel("🎓".repeat(90), "Tue, 3 Mar 2026, 18:00 CET");
    expect(long.length).toBeLessThanOrEqual(100);
    expect(long.isWellFormed()).toBe(true);
    expect(long).toMatch(/… · Tue, 3 Mar 2026, 18:00 CET$/);
  });
});
