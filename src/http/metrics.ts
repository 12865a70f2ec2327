// The queue's figures, and the process's own, as Prometheus reads them.
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { type Counted, countsOf } from "./counts.ts";

type Counts = Awaited<ReturnType<typeof countsOf>>;

interface Metrics {
  readonly registry: Registry;
  note(counts: Counts | undefined): void;
}
const kept = new WeakMap<Counted, Metrics>();

/** The process's own where the queue is away. */
export async function metricsOf(queue: Counted): Promise<{ readonly type: string; readonly text: string }> {
  const { registry, note } = kept.get(queue) ?? metrics();
  kept.set(queue, { registry, note });
  note(await countsOf(queue).catch(() => undefined));
  return { type: registry.contentType, text: await registry.metrics() };
}

function metrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const up = new Gauge({ name: "peerspark_queue_up", help: "Whether the job queue answers: 1 or 0.", registers });
  const jobs = new Gauge({
    name: "peerspark_jobs",
    help: "Jobs by state: pending (those due included), due (those that run included), dead.",
    labelNames: ["state"],
    registers,
  });
  return {
    registry,
    note(counts) {
      up.set(counts ? 1 : 0);
      // What it held last would be no figure of now.
      jobs.reset();
      for (const [state, count] of Object.entries(counts ?? {})) jobs.set({ state }, count);
    },
  };
}
