// Moves all rows from one store to another: marks both, copies, compares, and only then switches over. Begun again, it goes on.
import { AppError } from "../../core/errors.ts";
import { remove } from "../../core/kernel/change.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Files } from "../../core/ports/files.ts";
import type { AnyCollection, Store } from "../../core/ports/store.ts";
import type { BulkWriter } from "../store/bulk.ts";
import { type Compared, compareRows, isTheSame } from "./compare-rows.ts";
import { copyRows } from "./copy-rows.ts";
import { liveLeases, sweepLeases } from "./lease.ts";
import { type Mark, type MarkState, marks, readMark, setMark } from "./mark.ts";
import { telling } from "./meter.ts";
import { compareFiles, copyFiles, type FilesCompared, sizeOfFiles } from "./move-files.ts";
import { markOf, type Place, type Stage, stageOf, undone } from "./stage.ts";
import { migrationTexts } from "./texts.ts";

export interface End extends Place {
  readonly files: Files;
  /** Opened with collections that are not read often: nothing of them is kept at hand. */
  readonly store: Store;
}

export interface Target extends End {
  readonly bulk: BulkWriter;
}

export interface MoveParts {
  readonly from: End;
  readonly to: Target;
  /** What moves; marks and leases do not. */
  readonly collections: readonly AnyCollection[];
  readonly clock: Clock;
  /** Throw away what the target holds. */
  readonly replace: boolean;
  /** Of the migration, where it begins now. */
  readonly fresh: string;
}

export interface Progress {
  /** @param share from 0 to 1 */
  show(share: number, doing: string): void;
}

/** @throws AppError as `stageOf`. */
export async function stageFor(parts: Omit<MoveParts, "clock" | "to"> & { readonly to: End }): Promise<Stage> {
  const { from, to, collections, replace, fresh } = parts;
  const [mine, theirs] = await Promise.all([readMark(from.store), readMark(to.store)]);
  return stageOf({ from, to }, { from: mine, to: theirs, held: await heldIn(to.store, collections) }, replace, fresh);
}

/** Rows by collection, for people: "pods 3, events 12". */
async function heldIn(store: Store, collections: readonly AnyCollection[]): Promise<string> {
  const counts = await Promise.all(collections.map(async (one) => [one.name, await store.count(one)] as const));
  return counts.flatMap(([name, rows]) => (rows > 0 ? [`${name} ${rows}`] : [])).join(", ");
}

/** What was found the same, and what not. */
export interface Moved {
  readonly collections: readonly Compared[];
  readonly files: FilesCompared;
}

export const allTheSame = ({ collections, files }: Moved): boolean =>
  collections.every(isTheSame) && files.differences.length === 0;

/**
 * Answers what was compared; undefined when an earlier run had seen it through. The stores are switched over only where all is
 * the same. @throws AppError as `stageOf`; `conflict` while PeerSpark runs on one of them; `unavailable`.
 */
export async function moveStore(parts: MoveParts, { show }: Progress): Promise<Moved | undefined> {
  const stage = await stageFor(parts);
  if (stage.do === "nothing") return undefined;
  await claimed(parts, stage);
  let moved: Moved | undefined;
  if (stage.do === "copy") {
    if (stage.clear) await parts.to.bulk.clear(parts.collections);
    await mark(parts, "to", stage.migration, "filling");
    moved = await copied(parts, show);
    if (!allTheSame(moved)) {
      // Begun again, it copies everything anew.
      for (const { bucket, id } of moved.files.differences) await parts.to.files.remove(bucket, id);
      await mark(parts, "to", stage.migration, "clearing");
      return moved;
    }
    await parts.to.bulk.flush();
  }
  await mark(parts, "from", stage.migration, "left");
  await mark(parts, "to", stage.migration, "arrived");
  return moved;
}

async function mark(
  { from, to, clock }: Pick<MoveParts, "from" | "to" | "clock">,
  side: "from" | "to",
  migration: string,
  state: MarkState,
): Promise<void> {
  const [here, there] = side === "from" ? [from, to] : [to, from];
  const was = await readMark(here.store);
  if (was?.migration === migration && was.state === state && was.where === there.where) return;
  const before = was?.migration === migration ? was.before : (was?.migration ?? null);
  await setMark(here.store, was, markOf(here, there, { migration, before, state, at: clock.now() }));
}

/** Marks both stores and then looks whether somebody uses them; if so, the marks are as they were. */
async function claimed(parts: MoveParts, stage: Exclude<Stage, { do: "nothing" }>): Promise<void> {
  const { from, to, clock } = parts;
  const before = await Promise.all([readMark(from.store), readMark(to.store)]);
  if (stage.do === "copy") {
    await mark(parts, "from", stage.migration, "leaving");
    await mark(parts, "to", stage.migration, stage.clear ? "clearing" : "filling");
  }
  try {
    for (const end of [from, to]) await refuseInUse(end, clock);
  } catch (error) {
    await putBack(to.store, before[1]);
    await putBack(from.store, before[0]);
    throw error;
  }
  for (const { store } of [from, to]) await sweepLeases(store, clock.now());
}

async function putBack(store: Store, before: Mark | undefined): Promise<void> {
  const now = await readMark(store);
  if (!now || now.rev === before?.rev) return;
  if (!before) return store.commit([remove(marks, now)]);
  const { id: _, rev: __, ...values } = before;
  await setMark(store, now, values);
}

/** @throws AppError `conflict` while a process has a lease. */
export async function refuseInUse({ store, where }: Pick<End, "store" | "where">, clock: Clock): Promise<void> {
  const now = clock.now();
  const [lease] = await liveLeases(store, now);
  if (!lease) return;
  const seconds = Math.ceil((lease.until - now) / 1000);
  throw new AppError("conflict", migrationTexts.say("inUse", { where, who: lease.process, seconds }));
}

/** One collection is compared while the next is copied. */
async function copied({ from, to, collections }: MoveParts, show: Progress["show"]): Promise<Moved> {
  const counts = await Promise.all(collections.map((one) => from.store.count(one)));
  const { files, bytes } = await sizeOfFiles(from.store);
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const tell = telling({ rows, files, bytes }, show);
  const between = { from: from.store, to: to.store };
  const betweenFiles = { store: from.store, from: from.files, to: to.files };
  const compared: Promise<Compared>[] = [];
  try {
    for (const one of collections) {
      await copyRows({ ...between, into: to.bulk, copied: tell.copied(one.name) }, one);
      const compare = () =>
        compareRows({ ...between, audit: to.bulk.audit(one), compared: tell.compared(one.name) }, one);
      compared.push(compared.length ? compared.at(-1)!.then(compare) : compare());
    }
    await copyFiles({ ...betweenFiles, done: tell.file("copying") });
    return {
      collections: await Promise.all(compared),
      files: await compareFiles({ ...betweenFiles, done: tell.file("comparing") }),
    };
  } finally {
    await Promise.allSettled(compared);
  }
}

/**
 * Takes a migration back: the former store is in use again as it was left; nothing is copied or removed.
 * @param to without its store where that is gone for good.
 * @throws AppError `not_found` when there is none, `conflict` while PeerSpark runs on the target.
 */
export async function undoMove(from: End, to: Place & { readonly store?: Store }, clock: Clock): Promise<void> {
  const { store } = to;
  const mine = await readMark(from.store);
  const theirs = store && (await readMark(store));
  const marks = undone({ from, to }, { from: mine, to: theirs }, clock.now(), !store);
  if (store) await refuseInUse({ where: to.where, store }, clock);
  if (store && marks.to) await setMark(store, theirs, marks.to);
  await setMark(from.store, mine, marks.from);
}
