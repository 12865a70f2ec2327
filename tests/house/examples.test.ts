// Whole commands to copy, as /help and the greeting show them, are what they say: each is understood as its own action, to the last word, in each language.
import { describe, expect, it } from "@jest/globals";
import { commandNamed, commandTable, understand } from "../../src/adapters/chat/commands.ts";
import { features } from "../../src/core/features.ts";
import { greetingView } from "../../src/core/help/read.ts";
import { houseOf } from "../../src/core/kernel/feature.ts";
import { calledIn } from "../../src/core/kernel/names.ts";
import { type Language, languages } from "../../src/core/text.ts";
import { codesIn } from "../support/codes-in.ts";

const house = houseOf(features);
const table = commandTable(house);
const all = [...house.actions.values()].flatMap(({ name, examples }) => (examples ? [{ name, examples }] : []));

/** Examples that mean something else, or have words to spare. */
const misunderstood = (action: string, examples: readonly string[]) =>
  examples.filter((example) => {
    const read = understand(table, example.slice(1));
    return read.kind !== "call" || read.call.action !== action || read.spare !== undefined;
  });

/** Which options are given, and what is chosen: the same in every language. */
const gistOf = (example: string) =>
  commandNamed(table, example)!
    .given()
    .map(({ option, value, isChoice }) => (isChoice ? `${option}:${value}` : option));

/** Options that are not called so in this language. */
const foreign = (language: Language, example: string) =>
  commandNamed(table, example)!
    .given()
    .map(({ option }) => option)
    .filter((option) => calledIn(language, "options", option) !== option && new RegExp(`\\s${option}:`).test(example));

describe.each(languages)("in %s", (language) => {
  it("every example is understood as a call of its action", () => {
    expect(all.flatMap(({ examples }) => examples[language]).length).toBeGreaterThan(50);
    expect(all.flatMap(({ name, examples }) => misunderstood(name, examples[language]))).toEqual([]);
  });

  it("what the greeting names is understood too", () => {
    const tried = codesIn(greetingView({ language, zone: "UTC", platform: "test" }, "Ada"));
    const actions = ["pod.create", "event.create", "reminder.create"];
    expect(tried).toHaveLength(actions.length);
    expect(actions.flatMap((action, index) => misunderstood(action, [tried[index]!]))).toEqual([]);
  });
});

it.each(languages.filter((language) => language !== "en"))(
  "in %s the examples are as many as in English, give the same, and name options as people do",
  (language) => {
    for (const { examples } of all) expect(examples[language].map(gistOf)).toEqual(examples.en.map(gistOf));
    expect(all.flatMap(({ examples }) => examples[language].flatMap((one) => foreign(language, one)))).toEqual([]);
  },
);

it("would be caught when it is another's, has words to spare, gives something else, or names it in English", () => {
  expect(misunderstood("pod.info", ["/pod info Algebra", "/pod find Algebra", "/pod", "/pods Algebra"])).toEqual([
    "/pod find Algebra",
    "/pod",
    "/pods Algebra",
  ]);
  expect(misunderstood("space.setup", ["/setup language:de", "/setup German"])).toEqual(["/setup German"]);
  expect(gistOf("/pod create Mengen sichtbarkeit:privat")).toEqual(gistOf("/pod create Sets privacy:private"));
  expect(gistOf("/pod create Mengen sichtbarkeit:öffentlich")).not.toEqual(gistOf("/pod create Sets privacy:private"));
  expect(foreign("de", "/pod create Mengen privacy:private höchstens:8")).toEqual(["privacy"]);
});
