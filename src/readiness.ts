// Whether this process can do its work: the store and the queue answer, and whether files can be reached; what waits for them is named.
import type { Service } from "./build.ts";
import type { Clock } from "./core/ports/clock.ts";
import type { Readiness } from "./http/health.ts";

/** ms; a load balancer waits three seconds. */
const answersWithin = 2_500;
const slowAfter = 1_000;

type Asked = Pick<Service, "kept"> & {
  readonly context: Pick<Service["context"], "store" | "files" | "queue" | "clock">;
};

/** @param connections the state of each platform by its name. A store that is slow, or has updates waiting for it, is ready, and so is one whose files can't be reached. */
export async function readiness(
  { context: { store, files, queue, clock }, kept }: Asked,
  connections: readonly (readonly [string, string])[],
): Promise<Readiness> {
  const waiting = kept().catch(() => undefined);
  const [inStore, inQueue, ofFiles] = await Promise.all([
    answered(clock, store.ping()),
    answered(clock, queue.counts()),
    answered(clock, files.ping()),
  ]);
  const count = await waiting;
  return {
    ok: inStore !== "no answer" && inQueue !== "no answer",
    parts: {
      store: inStore,
      queue: inQueue,
      files: ofFiles,
      ...(count !== 0 && { updates: count === undefined ? "unknown" : `waiting: ${count} kept` }),
      ...Object.fromEntries(connections),
    },
  };
}

async function answered(clock: Clock, asked: Promise<unknown>): Promise<"ok" | "slow" | "no answer"> {
  const began = clock.now();
  const late = Promise.withResolvers<"no answer">();
  const cancel = clock.after(answersWithin, () => late.resolve("no answer"));
  const answer = asked.then(
    () => (clock.now() - began < slowAfter ? "ok" : "slow"),
    () => "no answer" as const,
  );
  return Promise.race([answer, late.promise]).finally(cancel);
}
