// What every queue keeps, whatever is behind it: a suite that each driver's test calls whole.
import { afterEach, beforeEach, describe, it } from "@jest/globals";
import type { Queue } from "../../src/core/ports/queue.ts";
import { failuresContract } from "./queue/failures.ts";
import { processesContract } from "./queue/processes.ts";
import { recurringContract } from "./queue/recurring.ts";
import type { QueueStand, QueueTest } from "./queue/stand.ts";
import { turnsContract } from "./queue/turns.ts";

export type { QueueProcess, QueueStand } from "./queue/stand.ts";

/** @param skip tests that do not hold for this driver, each with its reason. */
export function queueContract(
  name: string,
  open: () => Promise<QueueStand>,
  skip: Readonly<Record<string, string>> = {},
): void {
  let stand: QueueStand;
  let queue: Queue;
  const test: QueueTest = (title, body) =>
    title in skip ? it.skip(`${title} (${skip[title]})`, () => undefined) : it(title, () => body({ stand, queue }));

  describe(`queue: ${name}`, () => {
    beforeEach(async () => {
      stand = await open();
      queue = (await stand.open()).queue;
    });
    afterEach(() => stand.close());

    turnsContract(test);
    failuresContract(test);
    recurringContract(test);
    processesContract(test);
  });
}
