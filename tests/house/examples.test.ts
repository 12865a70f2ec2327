// Whole commands to copy, as /help shows them, are what they say: each is understood as its own action, to the last word.
import { expect, it } from "@jest/globals";
import { commandTable, understand } from "../../src/adapters/chat/commands.ts";
import { features } from "../../src/core/features.ts";
import { houseOf } from "../../src/core/kernel/feature.ts";

const house = houseOf(features);
const table = commandTable(house);

/** Examples that mean something else, or have words to spare. */
const misunderstood = (action: string, examples: readonly string[]) =>
  examples.filter((example) => {
    const read = understand(table, example.replace(/^\//, ""));
    return read.kind !== "call" || read.call.action !== action || read.spare !== undefined;
  });

it("every example is understood as a call of its action", () => {
  const all = [...house.actions.values()].flatMap(({ name, examples = [] }) => [{ name, examples }]);
  expect(all.flatMap(({ examples }) => examples).length).toBeGreaterThan(50);
  expect(all.flatMap(({ name, examples }) => misunderstood(name, examples))).toEqual([]);
});

it("would be caught when it is another's, or has words to spare", () => {
  expect(misunderstood("pod.info", ["/pod info Algebra", "/pod find Algebra", "/pod", "/pods Algebra"])).toEqual([
    "/pod find Algebra",
    "/pod",
    "/pods Algebra",
  ]);
  expect(misunderstood("space.setup", ["/setup language:de", "/setup German"])).toEqual(["/setup German"]);
});
