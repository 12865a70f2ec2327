// A file's bytes, piece by piece. The file is opened when the first is asked for, and closed when nobody wants more.
import { open } from "node:fs/promises";
import { failureOf } from "./failure.ts";

/** Bytes. */
const longestPiece = 256 * 1024;

/** @throws AppError `unavailable` */
export async function* piecesOf(path: string, from: number, to = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
  const file = await open(path, "r").catch((error) => Promise.reject(failureOf(error)));
  try {
    for (let at = from; at < to; ) {
      const piece = Buffer.allocUnsafe(Math.min(longestPiece, to - at));
      const { bytesRead } = await file
        .read(piece, 0, piece.length, at)
        .catch((error) => Promise.reject(failureOf(error)));
      if (bytesRead === 0) return;
      yield piece.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}
