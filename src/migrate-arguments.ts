// What `npm run migrate` may be told.
import { parseArgs } from "node:util";
import { stores } from "../config/variables.ts";
import { AppError } from "./core/errors.ts";

export const migrationUsage = `Usage:
  npm run migrate -- --from sqlite --to appwrite             move the data; killed, the same command goes on
  npm run migrate -- --from appwrite --to sqlite             bring it back
  npm run migrate -- --from sqlite --to appwrite --dry-run   only say what would move, and how long it would take
    --replace       throw away what the target holds
    --report FILE   write what came of it as JSON
    --undo          use the former store again, as it was left; nothing is copied
    --alone         with --undo, where the other store is gone for good`;

type Name = (typeof stores)[number];

export interface Asked {
  readonly from: Name;
  readonly to: Name;
  readonly dryRun: boolean;
  readonly replace: boolean;
  readonly undo: boolean;
  readonly alone: boolean;
  readonly report?: string;
}

/** Undefined: help is asked for. @throws AppError `invalid` with one sentence and the usage. */
export function parseMigration(args: readonly string[]): Asked | undefined {
  const { help, from, to, report, "dry-run": dryRun = false, ...flags } = read(args);
  if (help) return undefined;
  const { replace = false, undo = false, alone = false } = flags;
  const asked = { from: nameOf("--from", from), to: nameOf("--to", to), dryRun, replace, undo, alone, report };
  if (asked.from === asked.to) throw wrong("--from and --to are the same store.");
  if (undo && (dryRun || replace || report !== undefined))
    throw wrong("--undo copies nothing: only --alone goes with it.");
  if (alone && !undo) throw wrong("--alone goes with --undo.");
  if (dryRun && report !== undefined) throw wrong("--report is about a migration, not about a dry run.");
  if (report === "") throw wrong("--report needs the name of a file.");
  return asked;
}

function read(args: readonly string[]) {
  const flag = { type: "boolean" } as const;
  const options = {
    from: { type: "string" },
    to: { type: "string" },
    report: { type: "string" },
    "dry-run": flag,
    replace: flag,
    undo: flag,
    alone: flag,
    help: { ...flag, short: "h" },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw wrong(`I don't understand “${args.join(" ")}”.`);
  }
}

function nameOf(option: string, given: string | undefined): Name {
  const name = stores.find((one) => one === given?.toLowerCase());
  if (name) return name;
  throw wrong(
    `${option} ${given === undefined ? "is missing" : `“${given}” is no store`}: it is ${stores.join(" or ")}.`,
  );
}

const wrong = (sentence: string) => new AppError("invalid", `${sentence}\n${migrationUsage}`);
