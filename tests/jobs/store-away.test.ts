// The embedded queue on a store that is away: it asks seldom, says so once, and goes on by itself.
import { expect, it } from "@jest/globals";
import { AppError } from "../../src/core/errors.ts";
import { bound } from "../../src/core/kernel/outbox.ts";
import type { Turn } from "../../src/core/ports/queue.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { embeddedStand } from "../support/queue-stand.ts";
import { type LogLine, recordingLog } from "../support/world.ts";

const jobs = (many: number) => Array.from({ length: many }, (_, n) => ({ job: "test.job", input: { n } }));

it("leaves a store alone that is away, says so once, and goes on by itself", async () => {
  const stand = await embeddedStand();
  let away = false;
  let asked = 0;
  const reach = async (): Promise<void> => {
    if (!away) return;
    asked++;
    throw new AppError("unavailable", "The store is away.");
  };
  const around = (store: Store): Store => ({
    ...bound(store),
    find: (collection, query) => reach().then(() => store.find(collection, query)),
    commit: (changes) => reach().then(() => store.commit(changes)),
  });
  const said: LogLine[] = [];
  const { queue } = await stand.open({ around, log: recordingLog(said) });
  const steady = (await stand.open()).queue;
  const heard: Turn[] = [];
  queue.start(async (turn) => {
    heard.push(turn);
    return undefined;
  });
  await steady.enqueue(jobs(3));
  await stand.pass(2_000);
  expect(heard).toHaveLength(3);
  away = true;
  await steady.enqueue(jobs(5));
  await stand.pass(600_000);
  expect(asked).toBeLessThan(130);
  expect(said.map(({ message }) => message)).toEqual([expect.stringContaining("does not answer")]);
  away = false;
  await stand.pass(6_000);
  expect(heard).toHaveLength(8);
  expect(await steady.counts()).toMatchObject({ pending: 0, dead: 0 });
  await stand.close();
});
