// Work in turn: what shares a key runs one after the other, what does not runs side by side.

/** Keys cost memory only while work under them waits or runs. */
export function inTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<void>>();
  return (key, work) => {
    const turn = tails.get(key)?.then(work) ?? new Promise((resolve) => resolve(work()));
    const tail: Promise<void> = turn.then(
      () => settle(key, tail),
      () => settle(key, tail),
    );
    tails.set(key, tail);
    return turn;
  };

  function settle(key: string, tail: Promise<void>): void {
    if (tails.get(key) === tail) tails.delete(key);
  }
}
