// Counts the requests to Appwrite of every action, on the server that behaves like it.

import { features } from "../../../src/core/features.ts";
import { houseOf } from "../../../src/core/kernel/feature.ts";
import type { Deed } from "../../../src/core/ports/platform.ts";
import { jobCollections } from "../../../src/jobs/drivers/embedded.ts";
import { type ChatEdge, chatEdge, type ShownView } from "../../adapters/chat/edge.ts";
import { notesFeature } from "../../adapters/chat/notes.ts";
import { appwriteGrounds } from "../appwrite-store.ts";
import { type Step, steps } from "./steps.ts";

export interface Counted {
  readonly step: Step;
  /** Method and path of each, those after the answer apart. */
  readonly answered: readonly string[];
  readonly later: readonly string[];
}

/** Before each step so much time passes that whatever others may have changed must be asked for anew. */
export async function countRequests(): Promise<readonly Counted[]> {
  const grounds = await appwriteGrounds({ real: false });
  const { requests } = grounds.server!;
  let now = 0;
  const { collections } = houseOf([...features, notesFeature().feature]);
  const opened = await grounds.open([...collections, ...jobCollections], { now: () => now });
  const edge = await chatEdge({ around: () => opened.store, administering: true });
  let atAnswer = 0;
  const shown = edge.shown as ShownView[];
  const push = shown.push.bind(shown);
  shown.push = (...views) => {
    atAnswer = requests.all.length;
    return push(...views);
  };
  try {
    await used(edge);
    const counted: Counted[] = [];
    for (const step of steps) {
      await step.given?.(edge);
      await edge.noted();
      const deed = await deedOf(edge, step);
      now += 1_000;
      requests.clear();
      atAnswer = 0;
      await edge.does(step.who, deed, { in: step.group });
      await edge.noted();
      const made = requests.all.map(({ method, path }) => `${method} ${path.replace(/.*\/tables\//, "")}`);
      counted.push({ step, answered: made.slice(0, atAnswer), later: made.slice(atAnswer) });
    }
    return counted;
  } finally {
    await edge.close();
    await opened.remove();
    await grounds.close();
  }
}

async function used(edge: ChatEdge): Promise<void> {
  await edge.says("ada", "/pod create Proofs");
  await edge.says("ada", "/event create Induction friday 6pm for 90 min");
  await edge.presses("ada", edge.button("Create"));
  for (const who of ["ada", "grace", "linus"])
    for (const line of ["/help", "/profile", "/pod find words:algebra", "/event list"]) await edge.says(who, line);
}

async function deedOf(edge: ChatEdge, { action, says, presses, calls }: Step): Promise<Deed> {
  if (presses) return { kind: "press", data: edge.button(presses) };
  if (calls) return { kind: "command", call: { action, input: await calls(edge.store) } };
  const text = typeof says === "function" ? says(edge) : says!;
  return { kind: "text", text, addressed: true };
}

/** What somebody does, in words. */
export const worded = ({ action, says, presses }: Step): string =>
  presses ? `a press of ${presses}` : typeof says === "string" ? says : action;
