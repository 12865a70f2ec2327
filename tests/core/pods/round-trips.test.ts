// How often each action asks the store: over a network every one of these is a request.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { ActionContext } from "../../../src/core/kernel/house.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import { perform } from "../../../src/core/kernel/perform.ts";
import { profiles } from "../../../src/core/members/read.ts";
import { type Pod, pods } from "../../../src/core/pods/read.ts";
import { type World, world } from "../../support/world.ts";

let w: World;
let pod: Pod;
beforeAll(async () => {
  w = await world();
  await w.terminal("ada").says("/pod create Logic");
  await w.terminal("grace").says("/help");
  pod = (await w.store.find(pods, { limit: 1 })).rows[0]!;
});
afterAll(() => w.close());

async function roundTrips(username: string, action: string, input: Record<string, unknown>): Promise<number> {
  const profile = (await w.store.getBy(profiles, { username }))!;
  let count = 0;
  const counted = Object.entries(bound(w.store)).map(([name, method]) => [
    name,
    (...given: never[]) => {
      count++;
      return (method as (...given: never[]) => unknown)(...given);
    },
  ]);
  const reader = { language: profile.language, zone: profile.timezone, platform: "terminal" };
  const ctx = { ...w.service.context, store: Object.fromEntries(counted), correlation: "test", actor: profile, reader };
  await perform(ctx as unknown as ActionContext, { action, input });
  return count;
}

describe("round trips to the store", () => {
  it.each([
    ["ada", "pod.create", { name: "Topology" }, 1],
    ["grace", "pod.join", { pod: "id" }, 2],
    ["grace", "pod.join", { pod: "Logic" }, 4],
    ["grace", "pod.info", { pod: "id" }, 3],
    ["grace", "pod.members", { pod: "id" }, 3],
    ["grace", "pod.invite", { pod: "id" }, 3],
    ["grace", "pod.find", { words: "logic" }, 3],
    ["grace", "pod.leave", { pod: "id" }, 4],
  ] as const)("%s: %s %j takes %i at most", async (who, action, input, most) => {
    const named = "pod" in input && input.pod === "id" ? { ...input, pod: pod.id } : input;
    const trips = await roundTrips(who, action, named);
    expect(trips).toBeGreaterThan(0);
    expect(trips).toBeLessThanOrEqual(most);
  });
});
