// The house is killed at each of its commits in turn: what was begun is ended by the next one, once.
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "@jest/globals";
import { events } from "../../src/core/events/read.ts";
import type { Store } from "../../src/core/ports/store.ts";
import type { TestGroup, TestUser } from "../support/telegram-server/index.ts";
import { groupOf, type Town, town } from "../support/town.ts";

let t: Town;
let isOpen = false;
afterEach(() => (isOpen ? t.close() : undefined));

/** Plays a scene again and again, killed one commit later each time, until it ends before it is killed. */
async function eachCommit(then: "before" | "after", play: (bomb: Bomb, commits: number) => Promise<boolean>) {
  for (let commits = 0, struck = true; struck; commits++) {
    const bomb = mine();
    t = await town({ around: bomb.around });
    isOpen = true;
    struck = await play({ ...bomb, set: () => bomb.set(commits, then) }, commits);
    await t.close();
    isOpen = false;
  }
}

interface Bomb {
  set(): void;
  struck(): Promise<boolean>;
}

/** Dies at the commit that it is told to, right before or right after it. */
function mine() {
  let left = Number.POSITIVE_INFINITY;
  let after = false;
  let dead = false;
  const crashed = Promise.withResolvers<void>();
  return {
    set(commits: number, then: "before" | "after") {
      left = commits;
      after = then === "after";
    },
    /** Whether it went off before the house came to rest. */
    async struck(): Promise<boolean> {
      await Promise.race([t.settled(), crashed.promise]);
      left = Number.POSITIVE_INFINITY;
      return dead;
    },
    around: (store: Store): Store => ({
      ...store,
      async commit(changes) {
        if (left-- > 0) return store.commit(changes);
        left = Number.POSITIVE_INFINITY;
        dead = true;
        if (after) await store.commit(changes);
        crashed.resolve();
        return new Promise(() => undefined);
      },
    }),
  };
}

interface Scene {
  readonly ada: TestUser;
  readonly grace: TestUser;
  readonly group: TestGroup;
}

async function scene(): Promise<Scene> {
  const [ada, grace] = [await t.person("Ada"), await t.person("Grace")];
  const group = groupOf(t, "Maths", [ada, grace]);
  await t.says(ada, ada, "/pod create Topology");
  await t.says(ada, group, "/pod bind Topology");
  await t.says(grace, group, "/pod join Topology");
  await t.says(ada, group, "/event create Knots tomorrow 6pm");
  return { ada, grace, group };
}

/**
 * The next process takes up what the dead one held: leases run out, sweeps go round. In small steps, since a queue that
 * has slept for long gives others the time to renew their leases.
 */
async function recovered(): Promise<void> {
  await t.restart("kill");
  await t.server.drained();
  for (let step = 0; step < 12; step++) {
    t.clock.leap(8_000);
    await sleep(3);
  }
  for (let minute = 0; minute < 6; minute++) await t.later({ minutes: 1 });
}

const about = (texts: readonly string[], words: string) => texts.filter((text) => text.includes(words)).length;

const modes = ["before", "after"] as const;

it.each(modes)("while an event is made, %s each commit", async (then) => {
  /** Killed between the post and the note of which message it is: that one card stays as it was. */
  const stale: number[] = [];
  await eachCommit(then, async (bomb, commits) => {
    const { ada, grace, group } = await scene();
    await t.news(group);
    bomb.set();
    void ada.press(t.shown(ada, "Create this event?"), "Create");
    const struck = await bomb.struck();
    if (struck) await recovered();
    const { rows } = await t.store.find(events, { limit: 5 });
    expect([commits, rows]).toMatchObject([commits, [{ title: "Knots", attendeesCount: 1 }]]);
    const posted = about(await t.news(group), "Knots");
    expect([commits, posted]).toEqual([commits, posted === 0 && struck ? 0 : 1]);
    await t.says(grace, grace, "/event rsvp Knots");
    if (posted && !t.shown(group, "Knots").text.includes("Going (2): Ada, Grace")) stale.push(commits);
    await t.news(ada);
    await t.until("2026-03-02T18:00:00Z");
    expect([commits, about(await t.news(ada), "starts in 24 hours")]).toEqual([commits, 1]);
    expect([commits, about(await t.news(grace), "starts in 24 hours")]).toEqual([commits, 1]);
    return struck;
  });
  // Commits of sweeps may fall between the two.
  expect(stale.length).toBeLessThanOrEqual(3);
});

it.each(modes)("while somebody answers, %s each commit", (then) =>
  eachCommit(then, async (bomb, commits) => {
    const { ada, grace, group } = await scene();
    await t.presses(ada, ada, "Create");
    bomb.set();
    void grace.press(t.shown(group, "Knots"), "Going");
    const struck = await bomb.struck();
    if (struck) await recovered();
    const { rows } = await t.store.find(events, { limit: 5 });
    expect([commits, rows]).toMatchObject([commits, [{ attendeesCount: 2, maybeCount: 0, waitlistCount: 0 }]]);
    expect(t.shown(group, "Knots").text).toContain("Going (2): Ada, Grace");
    await t.news(grace);
    await t.until("2026-03-02T18:00:00Z");
    expect([commits, about(await t.news(grace), "starts in 24 hours")]).toEqual([commits, 1]);
    return struck;
  }),
);

it.each(modes)("while a reminder rings, %s each commit", async (then) => {
  const copies: number[] = [];
  await eachCommit(then, async (bomb) => {
    const ada = await t.person("Ada");
    await t.says(ada, ada, "/remind me to call Grace in 3 hours");
    await t.news(ada);
    bomb.set();
    t.clock.leap(3 * 3600_000);
    const struck = await bomb.struck();
    if (struck) await recovered();
    copies.push(about(await t.news(ada), "call Grace"));
    return struck;
  });
  expect(copies.length).toBeGreaterThan(3);
  expect(copies.filter((count) => count !== 1 && count !== 2)).toEqual([]);
  // Sent, and not noted yet: a sweep's commit may fall in between as well.
  expect(copies.filter((count) => count === 2).length).toBeLessThanOrEqual(2);
});
