// The house is killed in the middle of what people do on Discord, Slack and Telegram: the next one ends it, once, everywhere.
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, it } from "@jest/globals";
import { events, rsvps } from "../../src/core/events/read.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { type App, type Citizen, type City, city, type Square } from "../support/city/index.ts";
import { eventually } from "../support/eventually.ts";

let c: City;
let isOpen = false;
afterEach(() => (isOpen ? c.close() : undefined));

/** Dies at a commit to one of the collections: at the first after so many, right before or right after it. */
function mine(...collections: readonly string[]) {
  let left = Number.POSITIVE_INFINITY;
  let after = false;
  let dead = false;
  return {
    set(commits: number, then: "before" | "after") {
      left = commits;
      after = then === "after";
    },
    struck: () => dead,
    around: (store: Store): Store => ({
      ...store,
      async commit(changes) {
        if (!changes.some((change) => collections.includes(change.in.name)) || left-- > 0) return store.commit(changes);
        left = Number.POSITIVE_INFINITY;
        dead = true;
        if (after) await store.commit(changes);
        return new Promise(() => undefined);
      },
    }),
  };
}

interface Scene {
  readonly people: Readonly<Record<App, Citizen>>;
  readonly squares: Readonly<Record<App, Square>>;
}
const apps: readonly App[] = ["discord", "slack", "telegram"];

/** A pod at home on all three, with a member on each. */
async function scene(around: (store: Store) => Store): Promise<Scene> {
  c = await city({ around });
  isOpen = true;
  const made = await Promise.all(
    apps.map(async (app) => {
      const one = await c.person(app, app.toUpperCase());
      return [app, one, await c.square(app, { title: "maths", people: [one] })] as const;
    }),
  );
  const [first, ...others] = made;
  await first![1].asks("pod create", { name: "Topology" });
  await first![1].asks("pod bind", { pod: "Topology" }, first![2]);
  let owner = first![1];
  for (const [, one, square] of others) {
    await one.asks("pod join", { pod: "Topology" });
    await owner.asks("pod handover", { who: one.hand.name, pod: "Topology" });
    await owner.presses("Hand over");
    await one.asks("pod bind", { pod: "Topology" }, square);
    owner = one;
  }
  await first![1].asks("event create", { what: "Knots tomorrow 6pm", pod: "Topology" });
  return {
    people: Object.fromEntries(made.map(([app, one]) => [app, one])) as Scene["people"],
    squares: Object.fromEntries(made.map(([app, , square]) => [app, square])) as Scene["squares"],
  };
}

/** The next process takes up what the dead one held: leases run out, in small steps, and sweeps go round. */
/** @param standstill ms that nobody works. */
async function recovered(standstill = 0): Promise<void> {
  c.clock.leap(standstill);
  await c.restart("kill");
  for (let step = 0; step < 12; step++) {
    c.clock.leap(8_000);
    await pause(3);
  }
  await c.settled();
  for (let minute = 0; minute < 4; minute++) await c.until(new Date(c.clock.now() + 60_000).toISOString());
}

const cards = ({ squares }: Scene, app: App) => c.shown(squares[app], "Knots");

it.each(
  apps.flatMap((app) => [
    { app, killed: "before" as const },
    { app, killed: "after" as const },
  ]),
)("an answer given on $app is kept, killed $killed its commit", async ({ app, killed }) => {
  const bomb = mine(rsvps.name);
  const here = await scene(bomb.around);
  await here.people.discord.presses("Create");
  const before = (await c.store.find(events, { limit: 2 })).rows[0]!.attendeesCount;
  bomb.set(0, killed);
  void here.people[app].hand.presses("Maybe", here.squares[app]).catch(() => undefined);
  await eventually(bomb.struck);
  await recovered();
  if (killed === "before" && app !== "telegram") await here.people[app].presses("Maybe", here.squares[app]);
  const { rows } = await c.store.find(events, { limit: 2 });
  expect(before).toBe(1);
  expect(rows).toMatchObject([{ maybeCount: 1, attendeesCount: app === "discord" ? 0 : 1 }]);
  for (const each of apps) {
    expect([each, cards(here, each).length]).toEqual([each, 1]);
    expect(cards(here, each)[0]!.text).toMatch(/Maybe\W+1/);
  }
});

it.each([
  { standstill: 0, unsure: [] as App[] },
  // Discord knows a repeated message again for some minutes: what may be there already is not sent after that.
  { standstill: 10 * 60_000, unsure: ["discord"] as App[] },
])(
  "while an event is posted, before each commit that notes it, and $standstill ms pass: it is there once, and current",
  async ({ standstill, unsure }) => {
    /** A repeated send would be a second event to people on Telegram, which can't tell the two apart: rather none than two. */
    const onTelegram: number[] = [];
    for (let commits = 0, struck = true; struck; commits++) {
      const bomb = mine("channel_posts", "posted_cards");
      const here = await scene(bomb.around);
      bomb.set(commits, "before");
      void here.people.discord.hand.presses("Create").catch(() => undefined);
      await Promise.race([eventually(bomb.struck).catch(() => undefined), c.settled().catch(() => undefined)]);
      struck = bomb.struck();
      bomb.set(Number.POSITIVE_INFINITY, "before");
      if (struck) await recovered(standstill);
      await here.people.slack.asks("event rsvp", { event: "Knots" });
      for (const app of ["discord", "slack"] as const) {
        const there = cards(here, app);
        if (unsure.includes(app)) {
          expect([commits, app, there.length > 1]).toEqual([commits, app, false]);
          continue;
        }
        expect([commits, app, there.length]).toEqual([commits, app, 1]);
        expect(there[0]!.text).toMatch(/Going \(2\)/);
      }
      onTelegram.push(cards(here, "telegram").length);
      await c.close();
      isOpen = false;
    }
    expect(onTelegram.length).toBeGreaterThan(6);
    expect(onTelegram.filter((count) => count !== 1 && count !== 0)).toEqual([]);
  },
  120_000,
);
