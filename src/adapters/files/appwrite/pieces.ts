// A file's bytes from Appwrite, range by range: what breaks off goes on where it broke, and nothing is held as a whole.
import { setTimeout } from "node:timers/promises";
import { isPassingFailure, unanswered } from "../../store/appwrite/failure.ts";
import type { BucketAt } from "./bucket-at.ts";
import { filesFailure } from "./failure.ts";

/** Bytes asked for at once: Appwrite gives 20 MB at most. */
const longestRange = 10 * 1024 * 1024;
/** Faults in a row, without a byte between them. */
const mostFaults = 5;
const pauseMs = 200;

/** @throws AppError `unavailable` */
export async function* piecesFrom(
  at: BucketAt,
  id: string,
  size: number,
  from: number,
  to: number,
): AsyncGenerator<Uint8Array> {
  const end = Math.min(to, size);
  let next = from;
  for (let faults = 0; next < end; ) {
    const before = next;
    try {
      for await (const piece of rangeOf(at, id, size, next, Math.min(end, next + longestRange))) {
        next += piece.length;
        yield piece;
      }
      if (next === before) throw unanswered(new Error("nothing came"));
      faults = 0;
    } catch (error) {
      faults = next > before ? 1 : faults + 1;
      if (!isPassingFailure(error) || faults > mostFaults) throw filesFailure(error);
      await setTimeout(pauseMs * 2 ** faults * (0.5 + Math.random() / 2));
    }
  }
}

/** Appwrite refuses to give a single byte: it is asked for with the one before it or behind it. */
async function* rangeOf(at: BucketAt, id: string, size: number, from: number, to: number): AsyncGenerator<Uint8Array> {
  const first = to - from === 1 && to === size ? Math.max(0, from - 1) : from;
  const last = Math.min(size - 1, Math.max(to - 1, first + 1));
  const body = await at.get(id, last > first ? [first, last] : undefined);
  let position = first;
  try {
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      const part = piece.subarray(Math.max(0, from - position), Math.max(0, to - position));
      position += piece.length;
      if (part.length) yield part;
    }
  } catch (error) {
    throw unanswered(error);
  }
}
