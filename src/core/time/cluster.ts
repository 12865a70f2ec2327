// Marks that stand side by side in a line belong together: a day, a time of day and a length make one time.
import type { Mark, MarkOf } from "./mark.ts";

export type Slot = { -readonly [K in Mark["kind"]]?: MarkOf<K> };

/** One time as it was written, perhaps with its end. */
export interface Cluster {
  readonly marks: Mark[];
  readonly start: Slot;
  readonly end: Slot;
}

const joint =
  /^[\s,;:|·()-]*(?:(?:at|on|um|am|an|from|von|vom|ab|the|den|dem|to|until|till|bis|bis zum|starting|beginning|beginnend|dann|then|jeweils|for|für)[\s,(]+)?$/i;
export const joins = (between: string): boolean => between.length < 40 && joint.test(between);
const rangeSign = /^[\s,]*(?:-|to|until|till|bis|bis zum)\s*(?:the|den|zum|um)?\s*$/i;

/** Groups the marks of a line in their order; weak marks that stand alone fall away. */
export function cluster(line: string, found: readonly Mark[]): Cluster[] {
  const marks = [...found].sort((a, b) => a.from - b.from);
  const runs: Mark[][] = [];
  for (const mark of marks) {
    const run = runs.at(-1);
    const previous = run?.at(-1);
    const between = previous && line.slice(previous.to, mark.from);
    if (mark.weak && !mayFollow(mark, previous, between)) continue;
    if (run && between !== undefined && joins(between)) run.push(mark);
    else runs.push([mark]);
  }
  return runs.filter((run) => run.some((mark) => !mark.weak) || isRoutine(run)).flatMap((run) => split(line, run));
}

/** "daily at 9": a repetition leaves no doubt that the number beside it is a time of day. */
const isRoutine = (run: readonly Mark[]) =>
  run.some(({ kind }) => kind === "repeat") && run.some(({ kind }) => kind === "clock");

/** "friday evening", "6pm 90 min": a part of the day or a bare length only says more about what is before it. */
function mayFollow(mark: Mark, previous: Mark | undefined, between: string | undefined): boolean {
  if (mark.kind !== "part" && mark.kind !== "length") return true;
  if (!previous || between === undefined || !joins(between)) return false;
  return mark.kind === "length" ? previous.kind !== "length" : /^\s*$/.test(between) && previous.kind !== "part";
}

/** A second day or time of day is the end of the first where "to" or a dash says so, else another time. */
function split(line: string, run: readonly Mark[]): Cluster[] {
  const clusters: Cluster[] = [{ marks: [], start: {}, end: {} }];
  run.forEach((mark, index) => {
    const now = clusters.at(-1)!;
    const between = index ? line.slice(run[index - 1]!.to, mark.from) : "";
    const endsIt =
      rangeSign.test(between) ||
      /^(?:until|till|bis)\s/i.test(line.slice(mark.from, mark.to)) ||
      (mark.kind === "clock" && mark.until);
    if (mark.kind === "repeat") set(now.start, mark);
    else if (Object.keys(now.end).length === 0 && fits(now.start, mark)) set(now.start, mark);
    else if ((endsIt && canEnd(now, mark)) || (Object.keys(now.end).length && fits(now.end, mark))) set(now.end, mark);
    else {
      const next: Cluster = { marks: [], start: {}, end: {} };
      const day = now.marks.at(-1)!;
      if (mark.kind === "clock" && now.start.clock?.problem && (day.kind === "date" || day.kind === "weekday")) {
        now.marks.pop();
        next.marks.push(day);
        set(next.start, day);
      }
      set(next.start, mark);
      clusters.push(next);
    }
    clusters.at(-1)!.marks.push(mark);
  });
  return clusters;
}

const set = (slot: Slot, mark: Mark) => Object.assign(slot, { [mark.kind]: mark });

const canEnd = (now: Cluster, mark: Mark) =>
  (mark.kind === "clock" && !now.start.clock?.end) || mark.kind === "date" || mark.kind === "weekday";

function fits(slot: Slot, mark: Mark): boolean {
  if (slot[mark.kind]) return false;
  if (mark.kind === "moment") return !slot.date && !slot.weekday && !slot.clock && !slot.offset;
  if (slot.moment) return mark.kind === "length";
  if (mark.kind === "week") return !slot.date;
  return !(mark.kind === "date" && slot.week);
}
