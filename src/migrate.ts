// `npm run migrate`: moves the data from one store to the other, says how far it is, and what came of it.
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readConfig } from "../config/env.ts";
import { systemClock } from "./adapters/clock.ts";
import { openDataDir } from "./adapters/data-dir.ts";
import { lockAt } from "./adapters/migration/lock.ts";
import { lengthOfTime } from "./adapters/migration/meter.ts";
import { sizeOfFiles } from "./adapters/migration/move-files.ts";
import { type End, moveStore, refuseInUse, stageFor, undoMove } from "./adapters/migration/move-store.ts";
import type { Place } from "./adapters/migration/stage.ts";
import { estimateOf, type Surveyed, survey } from "./adapters/migration/survey.ts";
import { migrationTexts } from "./adapters/migration/texts.ts";
import { openBulk } from "./adapters/store/index.ts";
import { AppError } from "./core/errors.ts";
import type { Store } from "./core/ports/store.ts";
import { type Asked, migrationUsage, parseMigration } from "./migrate-arguments.ts";
import {
  type Choice,
  choiceOf,
  closeEnd,
  migrated,
  moving,
  openEnd,
  openSource,
  placeOfStore,
  targetAt,
} from "./migrate-ends.ts";
import { plannedTable, reportOf, reportTable, sizeOf } from "./migrate-report.ts";
import { progressBar } from "./progress-bar.ts";

const clock = systemClock();

/** @throws AppError with what stands in the way, or where the two stores are not the same. */
export async function migration(args: readonly string[], env = process.env): Promise<void> {
  const asked = parseMigration(args);
  if (!asked) return say(migrationUsage);
  // Both stores are needed, whichever of them the service is on.
  const config = readConfig({ ...env, STORE: "appwrite" });
  const way = { from: choiceOf(asked.from, config), to: choiceOf(asked.to, config) };
  if (asked.dryRun) return dryRun(way, asked);
  await openDataDir(config.dataDir);
  const unlock = lockAt(join(config.dataDir, "migration.lock"));
  try {
    await (asked.undo ? undo(way, asked) : move(way, asked));
  } finally {
    unlock();
  }
}

interface Chosen {
  readonly from: Choice;
  readonly to: Choice;
}

const say = (words: string): void => void process.stdout.write(`${words}\n`);

async function move(way: Chosen, asked: Asked): Promise<void> {
  if (asked.report !== undefined) await writeReport(asked.report, "");
  const from = await openSource(way.from);
  try {
    const to = await openedTarget(way.to);
    try {
      await moveBetween(from, to, way.to, asked);
    } finally {
      await closeEnd(to);
    }
  } finally {
    await closeEnd(from);
  }
}

/** Made first where it is not there. */
async function openedTarget(choice: Choice): Promise<End> {
  const target = await targetAt(choice);
  if ("store" in target) return target;
  try {
    say(["To do first, with nothing removed and nothing overwritten:", ...target.steps.map(indented)].join("\n"));
    const bar = progressBar(process.stdout);
    await target.make(bar.show);
    bar.end();
  } finally {
    await target.close();
  }
  return openEnd(choice);
}

const indented = (line: string): string => `  ${line}`;

async function moveBetween(from: End, to: End, choice: Choice, { replace, report: file }: Asked): Promise<void> {
  const bulk = await openBulk(choice.store, migrated);
  try {
    say(`Moving from ${from.where} to ${to.where} …`);
    const began = performance.now();
    const bar = progressBar(process.stdout);
    const target = { ...to, bulk };
    const fresh = randomBytes(8).toString("hex");
    const moved = await moveStore({ from, to: target, collections: moving, clock, replace, fresh }, bar);
    bar.end();
    if (!moved) say("All of it had been copied and compared before.");
    const report = reportOf({ from, to }, moved, (performance.now() - began) / 1000);
    if (moved) say(reportTable(report));
    if (file !== undefined) await writeReport(file, `${JSON.stringify(report, null, 2)}\n`);
    if (!report.same) throw new AppError("conflict", migrationTexts.say("apart"));
    say(`Done. Start PeerSpark with STORE=${to.name}; on the other store it no longer starts.`);
  } finally {
    await bulk.close();
  }
}

/** @throws AppError `unavailable` when the file can't be written. */
async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AppError("unavailable", `The report ${file} can't be written (${code}).`, { cause: error });
  }
}

async function undo(way: Chosen, { alone }: Asked): Promise<void> {
  const from = await openSource(way.from);
  try {
    const to = alone ? undefined : await openSource(way.to);
    try {
      await undoMove(from, to ?? placeOfStore(way.to), clock);
      say(`Taken back: PeerSpark starts on ${from.where} again (STORE=${from.name}).`);
    } finally {
      if (to) await closeEnd(to);
    }
  } finally {
    await closeEnd(from);
  }
}

/** Looks, and changes nothing; ends with what stands in the way. */
async function dryRun(way: Chosen, { replace }: Asked): Promise<void> {
  const from = await openSource(way.from);
  try {
    const to = await targetAt(way.to);
    try {
      await plan(from, "store" in to ? to : { ...placeOfStore(way.to), steps: to.steps }, replace);
    } finally {
      await ("store" in to ? closeEnd(to) : to.close());
    }
  } finally {
    await closeEnd(from);
  }
}

async function plan(from: End, to: Place & (End | { readonly steps: readonly string[] }), replace: boolean) {
  say(`From ${from.where} to ${to.where} would move:`);
  const found: Surveyed[] = [];
  for (const one of moving) found.push(await survey(from.store, one));
  say(plannedTable(found));
  const there = "store" in to ? [to] : [];
  const pings = await Promise.all([from, ...there].map(({ store }) => pingOf(store)));
  const rows = found.reduce((sum, one) => sum + one.rows, 0);
  const { files, bytes } = await sizeOfFiles(from.store);
  if (files > 0) say(`With them would go the bytes of ${files} files, ${sizeOf(bytes)}.`);
  say(`That would take about ${lengthOfTime(estimateOf({ from, to }, { rows, bytes }, Math.max(...pings)))}.`);
  if (!("store" in to)) say(["First it would", ...to.steps.map(indented)].join("\n"));
  for (const end of [from, ...there]) await refuseInUse(end, clock);
  for (const end of there) await stageFor({ from, to: end, collections: moving, replace, fresh: "" });
  say("Nothing stands in the way.");
}

/** ms */
async function pingOf(store: Store): Promise<number> {
  const began = performance.now();
  await store.ping();
  return performance.now() - began;
}
