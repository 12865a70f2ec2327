// How many HTTP requests each action makes on Appwrite, from an update's arrival to its answer, in a house that has been used.
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { believedMs } from "../../../../src/adapters/store/appwrite/versions.ts";
import { house } from "../../../../src/build.ts";
import { features } from "../../../../src/core/features.ts";
import { houseOf } from "../../../../src/core/kernel/feature.ts";
import { accounts } from "../../../../src/core/members/account.ts";
import type { Deed } from "../../../../src/core/ports/platform.ts";
import { jobs } from "../../../../src/jobs/drivers/embedded/rows.ts";
import { jobCollections } from "../../../../src/jobs/drivers/embedded.ts";
import { appwriteGrounds, type Grounds, type OpenedAppwrite } from "../../../support/appwrite-store.ts";
import { type ChatEdge, chatEdge, type ShownView } from "../../chat/edge.ts";
import { notesFeature } from "../../chat/notes.ts";

let grounds: Grounds;
let opened: OpenedAppwrite;
let edge: ChatEdge;
/** Requests made when something was last shown. */
let atAnswer = 0;

beforeAll(async () => {
  grounds = await appwriteGrounds({ real: false });
  const { collections } = houseOf([...features, notesFeature().feature]);
  opened = await grounds.open([...collections, ...jobCollections]);
  edge = await chatEdge({ around: () => opened.store, administering: true });
  const shown = edge.shown as ShownView[];
  const push = shown.push.bind(shown);
  shown.push = (...views) => {
    atAnswer = grounds.server!.requests.all.length;
    return push(...views);
  };
  await edge.says("ada", "/pod create Proofs");
  await edge.says("ada", "/event create Induction friday 6pm for 90 min");
  await edge.presses("ada", edge.button("Create"));
  for (const who of ["ada", "grace", "linus"])
    for (const line of ["/help", "/profile", "/pod find words:algebra", "/event list"]) await edge.says(who, line);
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

/** Of each, one is the gate's look for a redelivery, and one the look at what other processes have changed. */
const readOnly = 4;
const oneChange = 6;

type Step = readonly [
  action: string,
  who: string,
  how: "says" | "presses" | "calls",
  what: string,
  most: number,
  group?: string,
];
const steps: readonly Step[] = [
  ["help.show", "grace", "says", "/help", 2],
  ["profile.show", "grace", "says", "/profile", 3],
  ["profile.edit", "grace", "says", "/profile edit zone:Berlin", oneChange],
  ["pod.create", "ada", "says", "/pod create Logic", oneChange],
  ["pod.find", "grace", "says", "/pod find logic", readOnly],
  ["pod.join", "grace", "presses", "Join Logic", oneChange],
  ["pod.info", "grace", "says", "/pod info Logic", readOnly],
  ["pod.members", "grace", "says", "/pod members Logic", readOnly],
  ["pod.invite", "ada", "says", "/pod invite Logic", oneChange],
  ["event.create", "ada", "says", "/event create Sets friday 6pm for 90 min pod:Logic", oneChange],
  // Taking the plan out of its button, the event and a seat in it, and the names on its card.
  ["event.publish", "ada", "presses", "Create", 8],
  ["event.info", "grace", "says", "/event info Sets", readOnly],
  ["event.rsvp", "grace", "presses", "Going", oneChange],
  ["event.rsvp", "grace", "presses", "Maybe", oneChange],
  ["event.list", "grace", "says", "/event list", readOnly],
  ["event.create", "ada", "says", "/event create Maps friday 8pm for 90 min pod:Logic", oneChange],
  ["event.dismiss", "ada", "presses", "Discard", 2],
  ["event.cancel", "ada", "says", "/event cancel Sets", readOnly],
  ["event.cancel", "ada", "presses", "Cancel the event", oneChange],
  // A reminder and its job are commits of their own.
  ["reminder.create", "grace", "says", "/remind me in 2 hours to read", 9],
  ["reminder.list", "grace", "says", "/remind list", readOnly],
  ["reminder.move", "grace", "says", "/remind move read when:tomorrow", 14],
  ["reminder.cancel", "grace", "says", "/remind cancel read", 11],
  ["inbox.show", "grace", "says", "/inbox", readOnly],
  ["account.link", "grace", "says", "/link", oneChange],
  ["home.show", "grace", "calls", "home.show", readOnly],
  ["space.setup", "ada", "says", "/setup", readOnly, "club"],
  ["space.setup", "ada", "says", "/setup language:de", oneChange, "club"],
  ["pod.bind", "ada", "says", "/pod bind Logic", oneChange, "club"],
  ["pod.bridge", "ada", "says", "/pod bridge", readOnly, "club"],
  ["pod.bridge", "ada", "says", "/pod bridge on", oneChange, "club"],
  // The channel's place in the bridge, made when it is first asked for, and its answer.
  ["bridge.answer", "ada", "presses", "Take part", 9, "club"],
  ["pod.unbind", "ada", "says", "/pod unbind", oneChange, "club"],
  ["pod.handover", "ada", "says", "/pod handover grace pod:Logic", readOnly],
  ["pod.handover", "ada", "presses", "Hand over", oneChange],
  ["pod.leave", "ada", "says", "/pod leave Logic", oneChange],
];

/** Asked from what only a running queue sends, or about what there is none of in this house. */
const elsewhere = [...["invite.accept", "request.answer", "inbox.read", "reminder.snooze"], "account.unlink"];

describe("requests to Appwrite", () => {
  it.each(steps)("%s: %s %s %s: %i at most", async (_, who, how, what, most, ...[group]) => {
    atAnswer = 0;
    const data = how === "presses" ? edge.button(what) : "";
    const deed: Deed = {
      says: { kind: "text", text: what, addressed: true } as const,
      presses: { kind: "press", data } as const,
      calls: { kind: "command", call: { action: what, input: {} } } as const,
    }[how];
    const made = await requests(() => edge.does(who, deed, { in: group }));
    expect(atAnswer).toBeGreaterThan(0);
    expect(made.slice(most, atAnswer)).toEqual([]);
  });

  it("are known for every action", () => {
    expect(new Set([...steps.map(([action]) => action), ...elsewhere])).toEqual(new Set(house.actions.keys()));
  });

  it("are none for what is known, and one to know that it still holds", async () => {
    const { store } = opened;
    const account = { platform: "town", workspace: "", userId: "ada" };
    await store.getBy(accounts, account);
    expect(await requests(() => store.getBy(accounts, account))).toEqual(["GET store-state/rows"]);
    grounds.server!.requests.clear();
    await Promise.all([store.getBy(accounts, account), store.getBy(accounts, account)]);
    expect(grounds.server!.requests.all).toEqual([]);
  });

  it("are one for a poll of the embedded queue", async () => {
    const due = { where: { turnAt: { lte: 0 } }, orderBy: { field: "turnAt" }, limit: 100 } as const;
    expect(await requests(() => opened.store.find(jobs, due))).toHaveLength(1);
  });
});
