// A change and the jobs that it calls for or makes needless: one commit where jobs live in the store, else one after the other.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { z } from "zod";
import { openSqlite } from "../../../src/adapters/store/sqlite.ts";
import { AppError } from "../../../src/core/errors.ts";
import { insert, patch } from "../../../src/core/kernel/change.ts";
import { collection } from "../../../src/core/kernel/collection.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import { commitWithTurns } from "../../../src/core/kernel/turns.ts";
import type { Queue } from "../../../src/core/ports/queue.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { jobs } from "../../../src/jobs/drivers/embedded/rows.ts";
import { embeddedQueue, jobCollections } from "../../../src/jobs/drivers/embedded.ts";
import { testClock } from "../../support/clock.ts";
import { eventually } from "../../support/eventually.ts";
import { silentLog } from "../../support/queue-log.ts";
import { seededSecrets } from "../../support/secrets.ts";

const notes = collection("notes", z.object({ text: z.string() }));

let store: Store;
let queue: Queue;
let commits: number;
beforeEach(async () => {
  const clock = testClock();
  const inner = await openSqlite({ path: ":memory:", collections: [notes, ...jobCollections] });
  commits = 0;
  const commit: Store["commit"] = (changes) => {
    commits++;
    return inner.commit(changes);
  };
  store = { ...bound(inner), commit };
  queue = embeddedQueue({ store, clock, secrets: seededSecrets(clock), log: silentLog });
});
afterEach(() => store.close());

const job = (key: string) => ({ job: "test.job", input: {}, key, runAt: Date.parse("2026-04-01T00:00:00Z") });
const note = (id: string, text = "") => insert(notes, { id, text });
const waiting = async () => (await store.find(jobs, { limit: 100 })).rows.map(({ key }) => key);
const noted = async () => (await store.find(notes, { limit: 100 })).rows.map(({ id }) => id);

describe("a change with its jobs", () => {
  it("is one commit", async () => {
    await queue.enqueue([job("old")]);
    commits = 0;
    await commitWithTurns({ store, queue, log: silentLog }, [note("a")], {
      given: [job("new")],
      takenBack: ["old", "never there"],
    });
    expect(commits).toBe(1);
    expect(await noted()).toEqual(["a"]);
    expect(await waiting()).toEqual(["new"]);
  });

  it("is made although somebody has given one of them already", async () => {
    await queue.enqueue([job("new"), job("old")]);
    await commitWithTurns({ store, queue, log: silentLog }, [note("a")], {
      given: [job("new"), job("more")],
      takenBack: ["old"],
    });
    expect(await noted()).toEqual(["a"]);
    expect((await waiting()).sort()).toEqual(["more", "new"]);
  });

  it("that fails leaves the jobs as they were", async () => {
    await store.commit([note("a")]);
    await queue.enqueue([job("old")]);
    const clash = commitWithTurns({ store, queue, log: silentLog }, [note("a")], {
      given: [job("new")],
      takenBack: ["old"],
    });
    await expect(clash).rejects.toMatchObject({ code: "conflict", detail: { collection: "notes" } });
    const gone = commitWithTurns({ store, queue, log: silentLog }, [patch(notes, "b", { text: "" })], {
      given: [job("new")],
    });
    await expect(gone).rejects.toMatchObject({ code: "not_found" });
    expect(await waiting()).toEqual(["old"]);
  });

  it("comes first where the jobs live elsewhere", async () => {
    const asked: unknown[] = [];
    const elsewhere: Queue = {
      ...queue,
      inCommit: () => undefined,
      cancelInCommit: () => undefined,
      enqueue: async (requests) =>
        void asked.push(
          await noted(),
          requests.map(({ key }) => key),
        ),
      cancel: async (key) => void asked.push(key),
    };
    const turns = { given: [job("new")], takenBack: ["old", "older"] };
    await commitWithTurns({ store, queue: elsewhere, log: silentLog }, [note("a")], turns);
    await eventually(() => asked.length === 4);
    expect(asked).toEqual([["a"], ["new"], "old", "older"]);
  });

  it.each([
    ["fails", () => Promise.reject(new AppError("unavailable", "The queue is away."))],
    ["never answers", () => new Promise<void>(() => undefined)],
  ])("is made where a queue elsewhere %s", async (_, enqueue) => {
    const away: Queue = { ...queue, inCommit: () => undefined, cancelInCommit: () => undefined, enqueue };
    await commitWithTurns({ store, queue: away, log: silentLog }, [note("a")], { given: [job("new")] });
    expect(await noted()).toEqual(["a"]);
  });
});
