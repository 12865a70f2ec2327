// Commits of this process that touch the same rows, one after the other: they would only stand in each other's way.

/** Runs the work when all that was asked for earlier under any of the names is over. */
export type Turns = <T>(names: readonly string[], work: () => Promise<T>) => Promise<T>;

export function commitTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return (names, work) => {
    if (names.length === 0) return work();
    const earlier = names.flatMap((name) => last.get(name) ?? []);
    const turn = Promise.all(earlier).then(work);
    const over = turn.then(
      () => clear(),
      () => clear(),
    );
    for (const name of names) last.set(name, over);
    const clear = () => {
      for (const name of names) if (last.get(name) === over) last.delete(name);
    };
    return turn;
  };
}
