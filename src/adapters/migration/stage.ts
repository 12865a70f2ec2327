// What the marks of two stores allow: to begin a migration, to go on with one, to take it back. Pure.
import { AppError } from "../../core/errors.ts";
import type { MarkState, MarkValues } from "./mark.ts";
import { migrationTexts } from "./texts.ts";

/** One of the two stores, as people and marks call it. */
export interface Place {
  /** Its driver: `sqlite` or `appwrite`. */
  readonly name: string;
  /** The file, or the endpoint, project and database. */
  readonly where: string;
}

export interface Way {
  readonly from: Place;
  readonly to: Place;
}

export interface Found {
  readonly from?: MarkValues;
  readonly to?: MarkValues;
  /** Rows in the target, for people; empty when there are none. */
  readonly held: string;
}

export type Stage =
  | { readonly do: "copy"; readonly migration: string; readonly clear: boolean }
  /** All is copied and compared; the target has yet to be told. */
  | { readonly do: "finish"; readonly migration: string }
  | { readonly do: "nothing" };

/**
 * @param fresh the id of a migration that begins now.
 * @throws AppError `conflict` or `unsupported` saying what stands in the way.
 */
export function stageOf(way: Way, found: Found, replace: boolean, fresh: string): Stage {
  const { from, to } = found;
  if (from && isComing(from.state)) throw otherWay(way.from, from);
  if (from?.state === "left") {
    if (to?.migration !== from.migration) throw new AppError("unsupported", migrationTexts.say("gone", goneTo(from)));
    return to.state === "arrived" ? { do: "nothing" } : { do: "finish", migration: from.migration };
  }
  const migration = from?.state === "leaving" ? from.migration : fresh;
  return { do: "copy", migration, clear: clears(way, found, replace) };
}

/** Whether what the target holds has to go first. */
function clears(way: Way, { from, to, held }: Found, replace: boolean): boolean {
  const same = from !== undefined && to?.migration === from.migration;
  if (same && to.state === "filling") return false;
  if (same && to.state === "clearing") return true;
  // What it holds is a former state of what now comes back.
  if (to?.state === "left" && [from?.migration, from?.before].includes(to.migration)) return true;
  if (to?.state === "leaving" || (to && isComing(to.state) && !replace)) throw otherWay(way.to, to);
  if (held && !replace) throw new AppError("conflict", migrationTexts.say("taken", { ...way.to, rows: held }));
  return replace || to !== undefined;
}

const isComing = (state: MarkState): boolean => state === "clearing" || state === "filling";

const goneTo = ({ where, there }: MarkValues) => ({ where, to: there });

function otherWay({ where }: Place, { state, here, there }: MarkValues): AppError {
  const [from, to] = isComing(state) ? [there, here] : [here, there];
  return new AppError("conflict", migrationTexts.say("otherWay", { where, from, to }));
}

/**
 * What the marks become when a migration is taken back: the target's first, so that never both may be used.
 * @param alone when the target is gone for good.
 * @throws AppError `not_found` when there is nothing to take back.
 */
export function undone(way: Way, { from, to }: Omit<Found, "held">, at: number, alone = false) {
  const nothing = new AppError("not_found", migrationTexts.say("noUndo", { from: way.from.name, to: way.to.name }));
  if (from?.state !== "leaving" && from?.state !== "left") throw nothing;
  const same = to?.migration === from.migration;
  if (!same && from.state === "left" && !alone) throw nothing;
  const { migration, before } = from;
  return {
    from: markOf(way.from, way.to, { migration, before, state: "arrived", at }),
    to: same ? markOf(way.to, way.from, { migration, state: "left", at }) : undefined,
  };
}

/** What a store says of itself and the other one. */
export const markOf = (
  here: Place,
  there: Place,
  what: Pick<MarkValues, "migration" | "state" | "at"> & Partial<Pick<MarkValues, "before">>,
): MarkValues => ({ before: null, ...what, here: here.name, there: there.name, where: there.where });
