// Jobs of the embedded queue that are enqueued by a commit of the caller's own.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { insert } from "../../src/core/kernel/change.ts";
import type { Turn } from "../../src/core/ports/queue.ts";
import { deadJobs } from "../../src/jobs/drivers/embedded/rows.ts";
import { counted, type EmbeddedStand, embeddedStand } from "../support/queue-stand.ts";

let stand: EmbeddedStand;
beforeEach(async () => {
  stand = await embeddedStand();
});
afterEach(() => stand.close());

const hour = 3_600_000;

/** Any row beside the jobs will do. */
const beside = (id: string) => {
  const job = { id, job: "test.other", input: {}, key: null, correlation: "c", priority: 5, runAt: 1, attempt: 1 };
  return insert(deadJobs, { ...job, reason: "beside", diedAt: 1 });
};

it("gives them their turns once the commit is there, each to the moment", async () => {
  const { queue, store } = await stand.open({ alone: true });
  const heard: [unknown, number][] = [];
  queue.start(async ({ input }: Turn) => void heard.push([input.n, stand.now()]));
  await stand.pass(0);
  const start = stand.now();
  const requests = [0, 1].map((n) => ({ job: "test.job", input: { n }, key: `k${n}`, runAt: start + n * hour }));
  const turns = queue.inCommit(requests)!;
  await store.commit([beside("a"), ...turns.changes]);
  turns.committed();
  await stand.pass(0);
  expect(heard).toEqual([[0, start]]);
  await queue.enqueue([{ job: "test.job", input: { n: 2 }, key: "k1" }]);
  await stand.pass(2 * hour);
  expect(heard.slice(1)).toEqual([[1, start + hour]]);
});

it("has them claimed already where they can begin at once, and another process leaves them alone", async () => {
  const asked: string[] = [];
  const { queue, store } = await stand.open({ alone: true, around: (inner) => counted(inner, asked) });
  const other = await stand.open();
  const heard: unknown[] = [];
  const done = Promise.withResolvers<undefined>();
  queue.start(async ({ input, attempt }: Turn) => {
    heard.push([input.n, attempt]);
    return done.promise;
  });
  other.queue.start(async () => void heard.push("the other's"));
  await stand.pass(0);
  const turns = queue.inCommit([{ job: "test.job", input: { n: 1 } }])!;
  await store.commit(turns.changes);
  asked.length = 0;
  turns.committed();
  await stand.pass(5_000);
  expect(heard).toEqual([[1, 1]]);
  expect(asked).toEqual([]);
  done.resolve(undefined);
  await stand.pass(0);
  expect(asked).toEqual(["commit"]);
  expect(await queue.counts()).toEqual({ pending: 0, due: 0, dead: 0 });
});

it("gives them to another process when theirs dies before they begin", async () => {
  const dying = await stand.open();
  const other = await stand.open();
  const heard: unknown[] = [];
  dying.queue.start(async () => void heard.push("the dead one's"));
  await stand.pass(0);
  const turns = dying.queue.inCommit([{ job: "test.job", input: { n: 1 } }])!;
  await dying.store.commit(turns.changes);
  dying.crash();
  other.queue.start(async ({ input, attempt }: Turn) => void heard.push([input.n, attempt]));
  await stand.pass(60_000);
  expect(heard).toEqual([[1, 2]]);
});

it("lets go of them when the queue was stopped meanwhile", async () => {
  const { queue, store } = await stand.open();
  const heard: unknown[] = [];
  queue.start(async () => void heard.push("too late"));
  await stand.pass(0);
  const turns = queue.inCommit([{ job: "test.job", input: { n: 1 } }])!;
  await store.commit(turns.changes);
  await queue.stop(0);
  turns.committed();
  await stand.pass(0);
  const other = await stand.open();
  other.queue.start(async ({ input, attempt }: Turn) => void heard.push([input.n, attempt]));
  await stand.pass(1_000);
  expect(heard).toEqual([[1, 1]]);
});

it("enqueues nothing when the commit fails", async () => {
  const { queue, store } = await stand.open();
  await store.commit([beside("a")]);
  const turns = queue.inCommit([{ job: "test.job", input: {} }])!;
  await expect(store.commit([...turns.changes, beside("a")])).rejects.toMatchObject({ code: "conflict" });
  expect(await queue.counts()).toMatchObject({ pending: 0 });
});

it("refuses what enqueue refuses", async () => {
  const { queue } = await stand.open();
  const far = { job: "test.job", input: {}, runAt: stand.now() + 6 * 366 * 24 * hour };
  expect(() => queue.inCommit([far])).toThrow("five years");
});

it("takes pending ones back in the same commit, and lets one that runs go on", async () => {
  const { queue, store } = await stand.open({ alone: true });
  const done = Promise.withResolvers<undefined>();
  const heard: unknown[] = [];
  queue.start(async ({ input }: Turn) => {
    heard.push(input.n);
    return done.promise;
  });
  const soon = stand.now() + hour;
  await queue.enqueue([{ job: "test.job", input: { n: 1 }, key: "runs" }]);
  await queue.enqueue([{ job: "test.job", input: { n: 2 }, key: "waits", runAt: soon }]);
  await stand.pass(0);
  const steps = await queue.cancelInCommit(["runs", "waits", "never there"])!;
  await store.commit(steps);
  await stand.pass(2 * hour);
  done.resolve(undefined);
  await stand.pass(0);
  expect(heard).toEqual([1]);
  expect(await queue.counts()).toEqual({ pending: 0, due: 0, dead: 0 });
});
