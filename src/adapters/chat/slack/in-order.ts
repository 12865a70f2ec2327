// Work that is made ready side by side and begun in the order it came, line by line.

export type InOrder = <T>(line: string, ready: Promise<T>, begin: (value: T) => Promise<void>) => Promise<void>;

/** Resolves when what was begun is over; the next in line does not wait for that. Memory lasts while a line has any. */
export function inOrder(): InOrder {
  const tails = new Map<string, Promise<unknown>>();
  return async (line, ready, begin) => {
    const before = tails.get(line) ?? Promise.resolve();
    ready.catch(() => undefined);
    const begun = before.then(async () => {
      const value = await ready;
      return { work: begin(value) };
    });
    const tail = begun.catch(() => undefined);
    tails.set(line, tail);
    void tail.then(() => tails.get(line) === tail && tails.delete(line));
    await (await begun).work;
  };
}
