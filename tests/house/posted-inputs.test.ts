// Buttons that were posted months ago still mean what they meant.
import { describe, expect, it } from "@jest/globals";
import { features } from "../../src/core/features.ts";
import { houseOf } from "../../src/core/kernel/feature.ts";
import { changedMeanings } from "./posted-inputs.ts";

const action = (name: string, ...fields: readonly string[]) => ({
  name,
  fields: fields.map((field) => ({ name: field })),
});

describe("the values that posted buttons carry", () => {
  it("are given to the fields they were written for", () => {
    expect(changedMeanings([...houseOf(features).actions.values()])).toEqual([]);
  });

  it("would be missed if a field came between, went, or were not written down", () => {
    const posted = { "poll.list": "pod after", "poll.close": "" };
    const found = (...actions: Parameters<typeof changedMeanings>[0]) => changedMeanings(actions, posted).join("\n");
    const close = action("poll.close");
    expect(found(action("poll.list", "pod", "after"), close)).toBe("");
    expect(found(action("poll.list", "pod", "show", "after"), close)).toMatch(/^poll.list: .* carry “pod after”/);
    expect(found(action("poll.list", "after"), close)).toMatch(/^poll.list: .* carry “pod after”/);
    expect(found(action("poll.list", "pod", "afterwards"), close)).toMatch(/^poll.list: .* carry “pod after”/);
    expect(found(action("poll.list", "pod", "after", "show"), close)).toMatch(/write .*"poll.list": "pod after show"/);
    expect(found(action("poll.list", "pod", "after"), action("poll.close", "sure"))).toMatch(/"poll.close": "sure"/);
    expect(found(action("poll.list", "pod", "after"), close, action("poll.vote", "poll"))).toMatch(
      /"poll.vote": "poll"/,
    );
    expect(found(close)).toMatch(/^poll.list: there is no such action/);
  });
});
