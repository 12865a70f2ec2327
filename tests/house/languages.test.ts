// Every sentence is translated: the types see to it that a language has it, this test that it is not still the English one.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, jest } from "@jest/globals";
import * as actual from "../../src/core/text.ts";
import { root, sourcesIn } from "./sources.ts";

/** English words that are German words too. */
const same: ReadonlySet<string> = new Set(["Code", "Event", "Events", "Link", "Name", "Pod", "Pods", "Start"]);

type Words = Readonly<Record<string, unknown>>;
type Dictionary = Readonly<Record<actual.Language, Words>>;

/** Every dictionary that is made, private ones too. */
const made: Dictionary[] = [];
jest.unstable_mockModule("../../src/core/text.ts", () => ({
  ...actual,
  defineTexts: (all: Dictionary) => {
    made.push(all);
    return actual.defineTexts(all as never);
  },
}));

/** What is literally written: of a sentence with arguments, the quoted parts of its function. */
function wordsOf(entry: unknown): string {
  if (typeof entry !== "function") return JSON.stringify(entry).replace(/^"|"$/g, "");
  const quoted = String(entry).match(/`[^`]*`|"[^"]*"|'[^']*'/g) ?? [];
  return quoted.join(" ").replace(/\$\{[^}]*\}/g, "");
}
const hasWords = (words: string) => /\p{L}{2}/u.test(words) && !same.has(words);

const untranslated = ({ en, ...others }: Dictionary): readonly string[] =>
  Object.values(others).flatMap((other) =>
    Object.keys(en).filter((key) => hasWords(wordsOf(en[key])) && wordsOf(en[key]) === wordsOf(other[key])),
  );

const files = sourcesIn(["src"], ".ts").filter(({ text }) => /= defineTexts\(/.test(text));

describe("the languages", () => {
  it("differ in every sentence but those named here", async () => {
    const found: string[] = [];
    const seen = new Set<Dictionary>();
    for (const { path } of files) {
      await import(pathToFileURL(join(root, path)).href);
      for (const dictionary of made.filter((one) => !seen.has(one))) {
        seen.add(dictionary);
        found.push(...untranslated(dictionary).map((key) => `${path} ${key}`));
      }
    }
    expect(seen.size).toBe(files.reduce((sum, { text }) => sum + text.split("= defineTexts(").length - 1, 0));
    expect(found).toEqual([]);
  });

  it("would be caught with a sentence left in English", () => {
    const { md } = actual;
    const bare = (words: string) => md`(${words})`;
    const dictionary = {
      en: {
        hello: "Hello",
        dash: "—",
        count: (n: number) => md`${n} pods`,
        yes: md`**Yes**`,
        no: "No",
        bare,
        pods: "Pods",
      },
      de: {
        hello: "Hello",
        dash: "—",
        count: (n: number) => md`${n} pods`,
        yes: md`**Yes**`,
        no: "Nein",
        bare,
        pods: "Pods",
      },
    };
    expect(untranslated(dictionary)).toEqual(["hello", "count", "yes"]);
  });
});
