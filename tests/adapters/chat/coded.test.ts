// Code in a person's message: found between backticks, and typed between them where an app marks it otherwise.
import { describe, expect, it } from "@jest/globals";
import { codeAndText, typedCode } from "../../../src/adapters/chat/coded.ts";

describe("code in a message", () => {
  it.each([
    ["a run", "run `npm test` now", [{ text: "run " }, { code: "npm test", block: false }, { text: " now" }]],
    ["a block", "so:\n```\n  a\nb\n```\nok", [{ text: "so:" }, { code: "  a\nb", block: true }, { text: "ok" }]],
    ["a language", "```c++\nint x;\n```", [{ code: "int x;", block: true, language: "c++" }]],
    ["a block in one line", "```x = 1```", [{ code: "x = 1", block: true }]],
    ["a block that was cut", "```py\nx = 1…", [{ code: "x = 1…", block: true, language: "py" }]],
  ])("is found: %s", (_, text, pieces) => {
    expect(codeAndText(text)).toEqual(pieces);
  });

  it.each(["no code", "one ` alone", "`` ` ```", "``` ```", "``````", "an open ``` block", "``x``", "`a\nb`"])(
    "is not what was never closed or holds nothing: %j",
    (text) => {
      expect(codeAndText(text)).toEqual([{ text }]);
    },
  );

  it("is typed so that it is found again", () => {
    for (const [code, block] of [
      ["a < b", false],
      ["  a\nb", true],
      ["a ` b", true],
    ] as const)
      expect(codeAndText(typedCode(code, block))).toEqual([{ code, block }]);
    expect(typedCode("a ` b", false)).toBe("a ` b");
    expect(typedCode("x", true, "objective c")).toBe("```\nx\n```");
  });

  it("is looked for in a time that does not grow with what people make up", () => {
    const worst = ["`".repeat(8000), `\`\`\`${"a ".repeat(4000)}`, "`a\n".repeat(2700), "```\n".repeat(2000)];
    for (const text of worst) expect(codeAndText(text).length).toBeGreaterThan(0);
  });
});
