// Loaded into a contender: answers what it uses. Alone, by --import, in a program that knows nothing of being measured.

export interface Usage {
  /** Bytes that are left after a garbage collection. */
  readonly heap: number;
  readonly resident: number;
  /** ms of CPU time since the process began. */
  readonly cpu: number;
}

process.on("message", async (asked) => {
  if (asked === "memory") await collectGarbage();
  const { user, system } = process.cpuUsage();
  const { heapUsed: heap, rss: resident } = process.memoryUsage();
  process.send!({ heap, resident, cpu: (user + system) / 1000 } satisfies Usage);
});
process.on("SIGTERM", () => process.exit(0));

/** With a while in between, in which pages go back to the system. */
async function collectGarbage(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
