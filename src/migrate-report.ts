// What a migration comes to, as a table for people and as JSON for programs.
import { type Compared, isTheSame } from "./adapters/migration/compare-rows.ts";
import type { FilesCompared } from "./adapters/migration/move-files.ts";
import { allTheSame, type Moved } from "./adapters/migration/move-store.ts";
import type { Way } from "./adapters/migration/stage.ts";
import type { Surveyed } from "./adapters/migration/survey.ts";

export interface Report {
  readonly from: string;
  readonly to: string;
  readonly seconds: number;
  /** Whether all is the same in both. */
  readonly same: boolean;
  readonly collections: readonly Compared[];
  readonly files?: FilesCompared;
}

/** @param moved undefined when an earlier run had seen it through. */
export const reportOf = ({ from, to }: Way, moved: Moved | undefined, seconds: number): Report => ({
  from: from.where,
  to: to.where,
  seconds: Math.round(seconds * 10) / 10,
  same: moved === undefined || allTheSame(moved),
  collections: [],
  ...moved,
});

export function reportTable({ collections, files, seconds }: Report): string {
  const verdict = (well: boolean, words: string) => (well ? words : "NOT THE SAME");
  const rows = collections.map((one) => [
    one.name,
    `${one.rows}`,
    verdict(isTheSame(one), `same, sha256 ${one.sha256.slice(0, 12)}`),
  ]);
  const kept = files?.files
    ? [["their bytes", `${files.files}`, verdict(files.differences.length === 0, `same, ${sizeOf(files.bytes)}`)]]
    : [];
  const sum = ["in all", `${sumOf(collections.map((one) => one.rows))}`, `in ${seconds} s`];
  return [
    table([["collection", "rows", "hash"], ...rows, ...kept, sum]),
    ...collections.flatMap(complaintsOf),
    ...(files?.differences.map(({ bucket, id, is }) => `The bytes of ${bucket}/${id} are ${is} in the target.`) ?? []),
    ...(files?.damaged.map((file) => `The bytes of ${file} were lost or damaged before they were moved.`) ?? []),
  ].join("\n");
}

/** Names what is apart, by collection and id. */
const complaintsOf = ({ name, apart, differences, faults }: Compared): readonly string[] => [
  ...differences.map(({ id, is }) => `${name} ${id} is ${is} in the target.`),
  ...(apart > differences.length ? [`${name}: ${apart - differences.length} rows more are not the same.`] : []),
  ...faults.map((fault) => `${fault}.`),
];

export function plannedTable(found: readonly Surveyed[]): string {
  const rows = found.filter((one) => one.rows > 0).map((one) => [one.name, `${one.rows}`, sizeOf(one.bytes)]);
  const sum = ["in all", `${sumOf(found.map((one) => one.rows))}`, sizeOf(sumOf(found.map((one) => one.bytes)))];
  return table([["collection", "rows", "size"], ...rows, sum]);
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** "12 kB", "3.4 MB" */
export const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** The first column to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(([name, count, rest]) => `  ${name!.padEnd(widths[0]!)}  ${count!.padStart(widths[1]!)}  ${rest}`)
    .join("\n");
}
