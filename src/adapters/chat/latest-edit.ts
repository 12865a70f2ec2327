// Edits of one message in turn, so that an older one never overwrites a newer; of those that wait only the last is made.

interface Waiting {
  work: () => Promise<void>;
  readonly done: PromiseWithResolvers<void>;
}

/** Whoever was overtaken settles with the edit that took its place. Memory lasts while a message is being edited. */
export function latestEdit(): (message: string, work: () => Promise<void>) => Promise<void> {
  const busy = new Map<string, Waiting | undefined>();

  async function run(message: string, work: () => Promise<void>): Promise<void> {
    busy.set(message, undefined);
    try {
      await work();
    } finally {
      const next = busy.get(message);
      if (next) run(message, next.work).then(next.done.resolve, next.done.reject);
      else busy.delete(message);
    }
  }

  return (message, work) => {
    if (!busy.has(message)) return run(message, work);
    const waiting = busy.get(message);
    if (waiting) {
      waiting.work = work;
      return waiting.done.promise;
    }
    const done = Promise.withResolvers<void>();
    busy.set(message, { work, done });
    return done.promise;
  };
}
