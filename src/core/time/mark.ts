// What can be found in a line: a day, a time of day, a moment, a length, a part of the day.
import type { Sentence } from "../text.ts";

/** An hour as it was written; `exact` when there is no doubt which half of the day, `bare` when it was only a number. */
export interface ClockTime {
  readonly hour: number;
  readonly minute: number;
  readonly exact: boolean;
  readonly bare: boolean;
}

export interface Length {
  /** Calendar days: the same time of day at the end. */
  readonly days: number;
  readonly minutes: number;
}

export type DayPart = "morning" | "noon" | "afternoon" | "evening" | "night";

export type Found = {
  /** Counts only beside another mark: "90 min", "Sat", "at 3". */
  readonly weak?: boolean;
  /** Why it cannot be used, said only when it turns out to be the line's time. */
  readonly problem?: Sentence;
} & (
  | { readonly kind: "date"; readonly date: Temporal.PlainDate; readonly until?: Temporal.PlainDate }
  | { readonly kind: "weekday"; readonly date: Temporal.PlainDate }
  | { readonly kind: "week"; readonly date: Temporal.PlainDate }
  | { readonly kind: "offset"; readonly days: number; readonly needsDate: boolean }
  | { readonly kind: "clock"; readonly clock: ClockTime; readonly end?: ClockTime; readonly until: boolean }
  | { readonly kind: "part"; readonly part: DayPart; readonly today: boolean }
  | { readonly kind: "moment"; readonly instant: number }
  | { readonly kind: "length"; readonly length: Length }
  | { readonly kind: "repeat" }
);

export type Mark = Found & { readonly from: number; readonly to: number };
export type MarkOf<K extends Mark["kind"]> = Extract<Mark, { kind: K }>;
