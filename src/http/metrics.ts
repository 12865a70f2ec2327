// The queue's figures, and the process's own, as Prometheus reads them.
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Queue } from "../core/ports/queue.ts";

type Counted = Pick<Queue, "counts">;
const registries = new WeakMap<Counted, Registry>();

export async function metricsOf(queue: Counted): Promise<{ readonly type: string; readonly text: string }> {
  const registry = registries.get(queue) ?? registryOf(queue);
  registries.set(queue, registry);
  return { type: registry.contentType, text: await registry.metrics() };
}

function registryOf(queue: Counted): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "peerspark_jobs",
    help: "Jobs by state: pending (those due included), due (those that run included), dead.",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await queue.counts())) this.set({ state }, count);
    },
  });
  return registry;
}
