// Sentences name commands in code: an app that has a command under another name finds it there, and nothing of people's.
import { expect, it } from "@jest/globals";
import { codeOf, sourcesIn } from "./sources.ts";

const reserved = /(?<![`\w/.])\/(help|remind)\b(?!\/)/;

it("no sentence names a command that is called otherwise somewhere without marking it as code", () => {
  const texts = sourcesIn(["src/core", "src/adapters/chat"], ".ts").filter(({ path }) => path.endsWith("texts.ts"));
  expect(texts.length).toBeGreaterThan(5);
  const bare = texts.flatMap(({ path, text }) =>
    codeOf(text)
      .split("\n")
      .filter((line) => reserved.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(bare).toEqual([]);
});
