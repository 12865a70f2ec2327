// How many HTTP requests an update makes on Appwrite, from its arrival to its answer, in a house where others have been before.
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { believedMs } from "../../../../src/adapters/store/appwrite/versions.ts";
import { features } from "../../../../src/core/features.ts";
import { houseOf } from "../../../../src/core/kernel/feature.ts";
import { accounts } from "../../../../src/core/members/account.ts";
import { jobs } from "../../../../src/jobs/drivers/embedded/rows.ts";
import { jobCollections } from "../../../../src/jobs/drivers/embedded.ts";
import { appwriteGrounds, type Grounds, type OpenedAppwrite } from "../../../support/appwrite-store.ts";
import { type ChatEdge, chatEdge } from "../../chat/edge.ts";
import { notesFeature } from "../../chat/notes.ts";

let grounds: Grounds;
let opened: OpenedAppwrite;
let edge: ChatEdge;

beforeAll(async () => {
  grounds = await appwriteGrounds({ real: false });
  const { collections } = houseOf([...features, notesFeature().feature]);
  opened = await grounds.open([...collections, ...jobCollections]);
  edge = await chatEdge({ around: () => opened.store });
  await edge.says("ada", "/pod create Logic");
  await edge.says("ada", "/event create Proofs tomorrow 6pm for 90 min");
  await edge.presses("ada", edge.button("Create"));
  for (const line of ["/help", "/profile", "/pod find words:algebra", "/event list"]) await edge.says("grace", line);
});
afterAll(async () => {
  await edge.close();
  await opened.remove();
  await grounds.close();
});

/** As of a moment when what others do has to be asked for anew. */
async function requests(run: () => Promise<unknown>): Promise<readonly string[]> {
  await setTimeout(believedMs + 20);
  grounds.server!.requests.clear();
  await run();
  return grounds.server!.requests.all.map(({ method, path }) => `${method} ${path.replace(/.*\/tables\//, "")}`);
}

/** Of both, one is the gate's look for a redelivery and one the look at what other processes have changed. */
const readOnly = 3;
const oneChange = 6;

describe("requests to Appwrite", () => {
  it.each([
    ["grace", "/help", 2],
    ["grace", "/profile", readOnly],
    ["grace", "/pod find words:logic", readOnly],
    ["grace", "/pod members pod:Logic", 4],
    ["grace", "/event list", readOnly],
    ["grace", "/remind list", readOnly],
    ["grace", "/remind me in 2 hours to read", 9],
  ] as const)("%s says %s: %i at most", async (who, text, most) => {
    const made = await requests(() => edge.says(who, text));
    expect(made.length).toBeGreaterThan(0);
    expect(made.slice(most)).toEqual(made.length > most ? made : []);
  });

  it.each([
    ["grace", "/pod find words:logic", "Join Logic", oneChange],
    ["grace", "/event list", "Going", oneChange],
    ["grace", "/event list", "Maybe", oneChange],
    ["grace", "/event list", "Can't", oneChange],
  ] as const)("after %s has said %s, a press of %s: %i at most", async (who, text, label, most) => {
    const [shown] = await edge.says(who, text);
    const button = shown!.buttons.find((one) => one.label.includes(label)) ?? { data: edge.button(label) };
    const made = await requests(() => edge.presses(who, button.data, { on: shown }));
    expect(made.filter((one) => one.startsWith("PATCH"))).toHaveLength(1);
    expect(made.slice(most)).toEqual(made.length > most ? made : []);
  });

  it("makes none at all for what is known, and one to know that it still holds", async () => {
    const { store } = opened;
    const account = { platform: "town", workspace: "", userId: "ada" };
    await store.getBy(accounts, account);
    expect(await requests(() => store.getBy(accounts, account))).toEqual(["GET store-state/rows"]);
    grounds.server!.requests.clear();
    await Promise.all([store.getBy(accounts, account), store.getBy(accounts, account)]);
    expect(grounds.server!.requests.all).toEqual([]);
  });

  it("polls the embedded queue with one, and asks nothing while it waits", async () => {
    const due = () =>
      opened.store.find(jobs, { where: { turnAt: { lte: 0 } }, orderBy: { field: "turnAt" }, limit: 100 });
    expect(await requests(due)).toHaveLength(1);
  });
});
