// What comes in within one turn goes on together; one at a time waits for nobody.
import { beforeEach, expect, it } from "@jest/globals";
import { inStep } from "../../../src/core/kernel/in-step.ts";

/** Two steps for each; the second follows the first in microtasks alone. */
async function walk(names: readonly (string | number)[], seen: string[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      await inStep();
      seen.push(`${name} one`);
      await undefined;
      seen.push(`${name} two`);
    }),
  );
}

const microtasks = async () => {
  for (let count = 0; count < 10; count++) await undefined;
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(async () => {
  await walk(["x", "y"], []);
});

it("waits for the end of the turn, then takes each step for all, in the order they came", async () => {
  const seen: string[] = [];
  const walked = walk(["a", "b", "c"], seen);
  await microtasks();
  expect(seen).toEqual([]);
  await walked;
  expect(seen).toEqual(["a one", "b one", "c one", "a two", "b two", "c two"]);
});

it("joins those that come in one turn with microtasks between them", async () => {
  const seen: string[] = [];
  const first = walk(["a"], seen);
  await microtasks();
  await Promise.all([first, walk(["b"], seen)]);
  expect(seen).toEqual(["a one", "b one", "a two", "b two"]);
});

it("lets one go on at once that comes after a turn with one", async () => {
  const seen: string[] = [];
  await walk(["a"], seen);
  await turn();
  void walk(["b"], seen);
  await microtasks();
  expect(seen).toEqual(["a one", "a two", "b one", "b two"]);
});

it("gathers those again that come while the first is on its way", async () => {
  const seen: string[] = [];
  await walk(["a"], []);
  await turn();
  const walked = walk(["b", "c", "d"], seen);
  await microtasks();
  expect(seen).toEqual(["b one", "b two"]);
  await walked;
  expect(seen.slice(2)).toEqual(["c one", "d one", "c two", "d two"]);
  seen.length = 0;
  void walk(["e"], seen);
  await microtasks();
  expect(seen).toEqual([]);
  await turn();
});

it("lets the first 64 of a flood go on before the others", async () => {
  const seen: string[] = [];
  await walk(
    Array.from({ length: 65 }, (_, index) => index),
    seen,
  );
  expect(seen.indexOf("63 two")).toBe(127);
  expect(seen.slice(128)).toEqual(["64 one", "64 two"]);
});
