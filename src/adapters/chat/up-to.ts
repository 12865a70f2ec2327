// A file on its way from a platform: piece by piece, and no more of it than was asked for.

interface Refusals {
  tooLarge(): Error;
  /** It broke off. */
  broken(cause: unknown): Error;
}

/** @param most bytes. */
export async function* upTo(
  body: AsyncIterable<Uint8Array>,
  most: number,
  { tooLarge, broken }: Refusals,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  const pieces = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await pieces.next().catch((error) => Promise.reject(broken(error)));
      if (next.done) return;
      length += next.value.length;
      if (length > most) throw tooLarge();
      yield next.value;
    }
  } finally {
    await pieces.return?.();
  }
}
