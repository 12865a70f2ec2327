// Figures: medians, percentiles and the table they are printed in.

export interface Figure {
  readonly name: string;
  readonly ours: string;
  readonly against: string;
  readonly ratio: number;
  /** Absent for what is there to compare with alone. */
  readonly target?: number;
  /** Whether the ratio should be at least the target or at most. */
  readonly sense: "least" | "most";
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export const perSecond = (name: string, ours: number, against: number, target?: number): Figure => ({
  name,
  ours: `${Math.round(ours)}/s`,
  against: `${Math.round(against)}/s`,
  ratio: ours / against,
  ...(target !== undefined && { target }),
  sense: "least",
});

export const milliseconds = (name: string, ours: number, against: number, target: number): Figure => ({
  name,
  ours: `${ours.toFixed(2)} ms`,
  against: `${against.toFixed(2)} ms`,
  ratio: ours / against,
  target,
  sense: "most",
});

export const isMet = ({ ratio, target = ratio, sense }: Figure): boolean =>
  sense === "least" ? ratio >= target : ratio <= target;

export function tableOf(figures: readonly Figure[]): string {
  const head = ["what", "PeerSpark", "against", "ratio", "target", ""];
  const rows = figures.map((figure) => [
    figure.name,
    figure.ours,
    figure.against,
    figure.ratio.toFixed(2),
    ...(figure.target === undefined
      ? ["", ""]
      : [`${figure.sense === "least" ? "≥" : "≤"} ${figure.target}`, isMet(figure) ? "met" : "MISSED"]),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)].join("\n");
}
