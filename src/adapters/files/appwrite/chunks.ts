// A content cut into chunks. The last is only given out when the content has ended where it should: without it a file is not whole.
import { createHash } from "node:crypto";
import { AppError } from "../../../core/errors.ts";
import { storageTexts } from "../texts.ts";
import { type ChunkBuffer, chunkBytes } from "./form.ts";

export interface Chunk {
  readonly start: number;
  readonly buffer: ChunkBuffer;
  /** Of the whole content; with the last chunk, made when first asked for: it can be under way by then, but in its buffer still. */
  readonly digests?: () => Digests;
}

/** In hex. `md5` is what the server tells a file by. */
export interface Digests {
  readonly md5: string;
  readonly sha256: string;
}

/**
 * @param room a buffer to fill, one at a time.
 * @throws AppError `invalid` when the content is not of that size, what the content throws.
 */
export async function* chunksOf(
  content: AsyncIterable<Uint8Array>,
  size: number,
  room: () => ChunkBuffer,
): AsyncGenerator<Chunk> {
  const digesting = digester();
  const alone = size <= chunkBytes;
  let buffer = room();
  let taken = 0;
  for await (const piece of content) {
    if (taken + piece.length > size) throw wrongSize();
    if (!alone) digesting.take(piece);
    for (let at = 0; at < piece.length; ) {
      if (buffer.filled === chunkBytes) {
        yield { start: taken + at - chunkBytes, buffer };
        buffer = room();
      }
      at += buffer.take(at === 0 ? piece : piece.subarray(at));
    }
    taken += piece.length;
  }
  if (taken !== size) throw wrongSize();
  const last = buffer;
  yield { start: taken - last.filled, buffer: last, digests: () => digesting.end(alone ? last.content() : nothing) };
}

const nothing = new Uint8Array();

/** Piece by piece, while those before are under way; what is but one chunk waits for `end`, so that it is under way first. */
function digester() {
  const md5 = createHash("md5");
  const sha256 = createHash("sha256");
  let digests: Digests | undefined;
  const take = (bytes: Uint8Array) => {
    md5.update(bytes);
    sha256.update(bytes);
  };
  return {
    take,
    end(bytes: Uint8Array): Digests {
      if (!digests) take(bytes);
      digests ??= { md5: md5.digest("hex"), sha256: sha256.digest("hex") };
      return digests;
    },
  };
}

const wrongSize = () => new AppError("invalid", storageTexts.say("wrongSize"));
