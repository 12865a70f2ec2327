// What stands in forms fits the forms of every app whole, in every language.
import { describe, expect, it } from "@jest/globals";
import { questionAndHint } from "../../src/adapters/chat/fit.ts";
import { features } from "../../src/core/features.ts";
import { houseOf } from "../../src/core/kernel/feature.ts";
import { languages, plain, type Reader, type Sentence } from "../../src/core/text.ts";

/** Slack's title of a modal; Discord's label of a question, and its description of an option, which is a placeholder's length too. */
const most = { title: 24, question: 45, whole: 100 };

const actions = [...houseOf(features).actions.values()].filter(({ fields }) => fields.some(({ ask }) => ask));
const worded = (sentence: Sentence) =>
  languages.map((language) => {
    const reader: Reader = { language, zone: "UTC", platform: "town" };
    return plain(sentence(reader), reader);
  });
const longer = (most: number, said: readonly string[]) =>
  said.filter((words) => words.length > most).map((words) => `${words.length - most} too long: ${words}`);

describe("an action that asks", () => {
  it("has a title short enough for a form, or such a summary", () => {
    expect(
      longer(
        most.title,
        actions.flatMap(({ title, summary }) => worded((title ?? summary)!)),
      ),
    ).toEqual([]);
  });

  it("asks short questions, each with its hint behind the question mark", () => {
    const asked = actions.flatMap(({ fields }) => fields.flatMap(({ ask, askBeside }) => [ask, askBeside]));
    const said = [...new Set(asked.flatMap((question) => (question ? worded(question) : [])))];
    expect(said.length).toBeGreaterThan(80);
    expect(longer(most.whole, said)).toEqual([]);
    expect(
      longer(
        most.question,
        said.map((words) => questionAndHint(words).label),
      ),
    ).toEqual([]);
  });
});
