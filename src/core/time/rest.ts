// The words of a line that were not time: what is left when times are cut out, tidied only where the cuts are.
import { joins } from "./cluster.ts";
import type { Mark } from "./mark.ts";

const dangling =
  /(?:^|[\s,;|(])(?:on|at|by|from|before|until|till|since|starting|around|this|coming|um|am|an|ab|bis|bis zum|zum|vom|von|vor|gegen|the|den|dem|der|diesen|kommenden?|@)\s*$/i;
/** "Log on tomorrow": before these words only some prepositions are theirs. */
const danglingBefore = /(?:^|[\s,;|(])(?:by|from|before|until|till|since|starting|ab|bis|von|vor)\s*$/i;
const words =
  /^(?:today|tomorrow|tonight|tmr|tmrw|overmorrow|next|in|heute|morgen|übermorgen|uebermorgen|nächste|naechste)(?!\p{L})/iu;
const tail = /(?:[\s,;:]|(?<=\s)[-|·])+$/;
const head = /^(?:[\s,;:]|[-|·](?=\s))+/;

/** `flat` is the line as it was read, of the same length. */
export function cutOut(text: string, flat: string, marks: readonly Mark[]): string {
  const spans: { from: number; to: number }[] = [];
  for (const { from, to } of [...marks].sort((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (last && joins(flat.slice(last.to, from))) last.to = to;
    else spans.push({ from, to });
  }
  return spans.reverse().reduce(cutOne, { text, flat }).text.trim();
}

function cutOne(line: { text: string; flat: string }, { from, to }: { from: number; to: number }) {
  const said = line.flat.slice(from, to);
  const pattern = words.test(said) ? danglingBefore : dangling;
  let left = from;
  const preposition = pattern.exec(line.flat.slice(0, from));
  if (preposition) left = preposition.index + (/^[\s,;|(]/.test(preposition[0]) ? 1 : 0);
  const open = left - (tail.exec(line.flat.slice(0, left))?.[0].length ?? 0);
  const close = to + (head.exec(line.flat.slice(to))?.[0].length ?? 0);
  return { text: join(line, line.text, open, left, to, close), flat: join(line, line.flat, open, left, to, close) };
}

/** Between what was left and right of the cut stays one of the person's own separators. */
function join({ flat }: { flat: string }, text: string, open: number, left: number, to: number, close: number): string {
  const [front, back] = [text.slice(0, open), text.slice(close)];
  if (/\($/.test(front) && /^\)/.test(back)) return `${front.slice(0, -1).trimEnd()}${back.slice(1)}`;
  if (back === "." || front === "" || back === "") return front + (back === "." ? "" : back);
  const [gapLeft, gapRight] = [flat.slice(open, left), flat.slice(to, close)];
  if (/[,;|]/.test(gapRight)) return front + text.slice(to, close) + back;
  const at = gapLeft.search(/\s/);
  if (/^[.!?)\]]/.test(back)) return front + back;
  if (at >= 0) return front + text[open + at] + back;
  const after = gapRight.search(/\s/);
  if (after >= 0) return front + text[to + after] + back;
  return front + text.slice(open, left) + text.slice(to, close) + back;
}
