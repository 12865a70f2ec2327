// Sentences name commands in code: each app shows them there as they are called on it, and nothing of people's.
import { expect, it } from "@jest/globals";
import { commandTable } from "../../src/adapters/chat/commands.ts";
import { features } from "../../src/core/features.ts";
import { houseOf } from "../../src/core/kernel/feature.ts";
import { codeOf, sourcesIn } from "./sources.ts";

const { areas } = commandTable(houseOf(features));
const named = new RegExp(`(?<!\\\\\`|[\\w/.:])/(${[...areas, "cancel", "start"].join("|")})\\b(?!/)`);

/** Behind a backtick of `md`, which is written with a backslash; in other strings backticks are no marks. */
const bareIn = (text: string) =>
  codeOf(text)
    .split("\n")
    .filter((line) => !/^\s*\} from|^import /.test(line) && named.test(line))
    .map((line) => line.trim());

it("no sentence names a command without marking it as code", () => {
  const texts = sourcesIn(["src/core", "src/adapters/chat"], ".ts").filter(({ path }) => path.endsWith("texts.ts"));
  expect(texts.length).toBeGreaterThan(5);
  expect(texts.flatMap(({ path, text }) => bareIn(text).map((line) => `${path}: ${line}`))).toEqual([]);
});

it("would be caught", () => {
  const lines = ["a: md`See \\`/pod find\\`.`,", "b: md`See \\`/pod find\\` or /pod join.`,", 'c: "See `/help`.",'];
  expect(bareIn(lines.join("\n"))).toEqual(lines.slice(1));
});
