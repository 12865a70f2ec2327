// What a store says of itself once its data has been moved, or while it is: who may use it, and where the rest is.
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import { insert, patch } from "../../core/kernel/change.ts";
import { collection } from "../../core/kernel/collection.ts";
import { just } from "../../core/plain-shapes.ts";
import type { Row, Store } from "../../core/ports/store.ts";
import { migrationTexts } from "./texts.ts";

/**
 * Of where the data comes from: `leaving`, then `left`. Of where it goes: `clearing` (what was there of old goes first),
 * `filling`, then `arrived`. Only a store that has `arrived`, or never took part, may be used.
 */
const markStates = ["leaving", "left", "clearing", "filling", "arrived"] as const;
export type MarkState = (typeof markStates)[number];

/** One row at most, the same in neither store: it is not moved. */
export const marks = collection(
  "store_marks",
  z.object({
    /** The same in the two stores of one migration. */
    migration: just.string,
    /** The one by which the data had come here, if it had. */
    before: just.string.nullable(),
    state: z.enum(markStates),
    /** What the drivers are called on the command line. */
    here: just.string,
    there: just.string,
    /** Where the other store is, for people. */
    where: just.string,
    /** Epoch ms. */
    at: just.int,
  }),
);
export type Mark = Row<typeof marks>;
export type MarkValues = Omit<Mark, "id" | "rev">;

const only = "mark";

export const readMark = (store: Store): Promise<Mark | undefined> => store.get(marks, only);

/** @throws AppError `conflict` when somebody else has marked it since it was read. */
export async function setMark(store: Store, before: Mark | undefined, values: MarkValues): Promise<Mark> {
  const change = before ? patch(marks, before, values) : insert(marks, { id: only, ...values });
  await store.commit([change]);
  return { id: only, rev: (before?.rev ?? 0) + 1, ...values };
}

/** Why the store may not be used; undefined when it may. */
export function refusalOfUse(mark: Mark | undefined): AppError | undefined {
  if (!mark || mark.state === "arrived") return undefined;
  const { state, here, there, where, at } = mark;
  const comes = state === "clearing" || state === "filling";
  const [from, to] = comes ? [there, here] : [here, there];
  const day = new Date(at).toISOString().slice(0, 10);
  const sentence =
    state === "left"
      ? migrationTexts.say("moved", { from, to, where, day })
      : migrationTexts.say("underWay", { from, to });
  return new AppError("unsupported", sentence);
}
