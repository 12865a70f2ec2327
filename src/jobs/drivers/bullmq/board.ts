// Bull Board: what waits, runs and died, for the operator to look at and to push on.
import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { ExpressAdapter } from "@bull-board/express";
import type { Queue } from "bullmq";

/** @param path where it is mounted, without a slash at its end. An express router. */
export function boardOf(queues: readonly Queue[], path: string): ReturnType<ExpressAdapter["getRouter"]> {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(path);
  const options = { uiConfig: { boardTitle: "PeerSpark" } };
  createBullBoard({ queues: queues.map((queue) => new BullMQAdapter(queue)), serverAdapter, options });
  return serverAdapter.getRouter();
}
