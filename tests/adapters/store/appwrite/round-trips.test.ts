// How many HTTP requests each action makes on Appwrite, exactly, from an update's arrival to its answer and after it.
import { beforeAll, describe, expect, it } from "@jest/globals";
import { house } from "../../../../src/build.ts";
import { type Counted, countRequests, worded } from "../../../support/requests/counted.ts";
import { budgets, steps } from "../../../support/requests/steps.ts";

/** The requests themselves where they are as many, so that a test which fails shows which they are. */
const exactly = (count: number, made: readonly string[]) => (made.length === count ? made : `${count} requests`);

describe("requests to Appwrite of an action", () => {
  let counted: readonly Counted[];
  beforeAll(async () => {
    counted = await countRequests();
  }, 60_000);

  it.each(steps.map((step, at) => [worded(step), at] as const))("%s", (_, at) => {
    const { step, answered, later } = counted[at]!;
    expect(answered.length).toBeGreaterThan(0);
    expect({ answered, later }).toEqual({
      answered: exactly(step.answered, answered),
      later: exactly(step.later, later),
    });
  });

  it("are within what a command that reads and a press that changes one thing may make", () => {
    for (const { kind, answered, action } of steps)
      if (typeof kind === "string") expect([action, answered <= budgets[kind]]).toEqual([action, true]);
  });

  it("are known of every action, each of which has a step in tests/support/requests/steps.ts", () => {
    const known = new Set(steps.map(({ action }) => action));
    expect([...house.actions.keys()].filter((action) => !known.has(action))).toEqual([]);
    expect([...known].filter((action) => !house.actions.has(action))).toEqual([]);
  });
});
