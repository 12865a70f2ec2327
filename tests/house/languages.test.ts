// Every sentence is said somewhere, and translated: the types see to it that a language has it, this test that it is not still the English one.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it, jest } from "@jest/globals";
import * as actual from "../../src/core/text.ts";
import { codeOf, root, type Source, sourcesIn } from "./sources.ts";

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

const sources = sourcesIn(["src"], ".ts").map(({ path, text }): Source => ({ path, text: codeOf(text) }));
const definition = /(\w+) = defineTexts\(\{[\s\S]*?^\}\);/gm;

interface Defined {
  readonly path: string;
  readonly name: string;
  readonly dictionary: Dictionary;
}
const defined: Defined[] = [];

beforeAll(async () => {
  for (const { path, text } of sources) {
    const names = [...text.matchAll(definition)].map(([, name]) => name!);
    if (names.length === 0) continue;
    await import(pathToFileURL(join(root, path)).href);
    const known = new Set(defined.map(({ dictionary }) => dictionary));
    const fresh = made.filter((one) => !known.has(one));
    expect(fresh).toHaveLength(names.length);
    fresh.forEach((dictionary, index) => {
      defined.push({ path, name: names[index]!, dictionary });
    });
  }
});

const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/"));

/** Keys that neither a file naming the dictionary nor one beside it reads (`t.key`) or names (`say("key")`). */
function unsaid({ path, name, dictionary }: Defined, files: readonly Source[]): readonly string[] {
  const named = new RegExp(`\\b${name}\\b`);
  const code = files
    .filter((file) => folderOf(file.path) === folderOf(path) || named.test(file.text))
    .map(({ text }) => text.replace(definition, ""))
    .join("\n");
  return Object.keys(dictionary.en).filter((key) => !new RegExp(`\\.${key}\\b|"${key}"`).test(code));
}

describe("the sentences", () => {
  it("are all said somewhere", () => {
    const count = sources.reduce((sum, { text }) => sum + text.split("= defineTexts(").length - 1, 0);
    expect(defined).toHaveLength(count);
    expect(defined.flatMap((one) => unsaid(one, sources).map((key) => `${one.path} ${key}`))).toEqual([]);
  });

  it("would be caught when nobody says them", () => {
    const words = { read: "A", said: "B", beside: "C", elsewhere: "D", nowhere: "E" };
    const one: Defined = { path: "a/texts.ts", name: "aTexts", dictionary: { en: words, de: words } };
    const files = [
      { path: "a/texts.ts", text: 'export const aTexts = defineTexts({\n  en: { nowhere: "nowhere" },\n});\n' },
      { path: "a/kind.ts", text: 'const kind = "beside";' },
      { path: "b/view.ts", text: 'const t = aTexts(reader); show(t.read, aTexts.say("said"));' },
      { path: "b/other.ts", text: 'throw new AppError("elsewhere");' },
    ];
    expect(unsaid(one, files)).toEqual(["elsewhere", "nowhere"]);
  });
});

describe("the languages", () => {
  it("differ in every sentence but those named here", () => {
    const found = defined.flatMap(({ path, dictionary }) => untranslated(dictionary).map((key) => `${path} ${key}`));
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
