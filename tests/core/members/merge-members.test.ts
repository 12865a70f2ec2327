// Two members become one: no row of any collection is left behind, whatever cuts the work off, and nothing is counted twice.
import { afterEach, describe, expect, it } from "@jest/globals";
import { events } from "../../../src/core/events/event.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import { membersMerged } from "../../../src/core/members/facts.ts";
import { mergeMembers } from "../../../src/core/members/merge-members.ts";
import { pods } from "../../../src/core/pods/pod.ts";
import type { AnyCollection, Store } from "../../../src/core/ports/store.ts";
import { reminders } from "../../../src/core/reminders/reminder.ts";
import type { SmallHouse } from "../notifications/small-house.ts";
import { codeOf, joins, memberHouse } from "./member-house.ts";
import { rowsOf, sampleRow, type Two } from "./merge-rows.ts";

const houses: SmallHouse[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

/** Collections that name a member and need not follow a merge. */
const history: Readonly<Record<string, string>> = {
  profiles: "the merged profile itself is kept",
  audit_log: "says who did what as who they were then",
  outbox: "the fact of the merge",
  jobs: "the turn of the merge",
};

interface Scene extends Two {
  readonly house: SmallHouse;
  /** Commits left until the power is cut; none when absent. */
  cutAfter?: number;
  merge(): Promise<void>;
}

async function scene(): Promise<Scene> {
  const here: { cutAfter?: number } = {};
  const around = (store: Store): Store => ({
    ...bound(store),
    async commit(changes) {
      if (here.cutAfter !== undefined && here.cutAfter-- <= 0) throw new Error("power cut");
      await store.commit(changes);
    },
  });
  const house = await memberHouse({ around });
  houses.push(house);
  const kept = await house.member("kept");
  const merged = await house.member("merged", { platform: "telegram" });
  await house.store.commit([sampleRow(pods, "pods", { creatorId: kept, membersCount: 5 })]);
  await house.store.commit([
    sampleRow(events, "events", {
      podId: "pods",
      organizerId: kept,
      maxAttendees: undefined,
      attendeesCount: 5,
      maybeCount: 0,
      waitlistCount: 0,
    }),
  ]);
  for (const collection of house.house.collections)
    for (const change of rowsOf(collection, { kept, merged })) await house.store.commit([change]);
  const merge = () => mergeMembers.hear(house.context, { kept, merged } as never, "fact-1");
  return Object.assign(here, { house, kept, merged, merge });
}

async function allRows(house: SmallHouse, of: AnyCollection) {
  const rows: Record<string, unknown>[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await house.store.find(of, { limit: 500, after });
    rows.push(...(page.rows as readonly Record<string, unknown>[]));
    after = page.next;
  }
  return rows;
}

const holding = (house: SmallHouse) => house.house.collections.filter(({ members }) => members.length > 0);

/** Everything there is, without revisions and without what the run itself leaves. */
async function snapshot(house: SmallHouse) {
  const all = await Promise.all(
    holding(house).map(async (of) => [of.name, (await allRows(house, of)).map(({ rev: _, ...row }) => row)] as const),
  );
  return Object.fromEntries(all);
}

describe("a merge", () => {
  it("leaves no row of any collection that names the merged member", async () => {
    const { house, kept, merged, merge } = await scene();
    expect(holding(house).length).toBeGreaterThan(8);
    await merge();
    for (const of of house.house.collections) {
      const rows = await allRows(house, of);
      const naming = rows.filter((row) => JSON.stringify(row).includes(merged)).map(({ id }) => id);
      if (!(of.name in history)) expect({ [of.name]: naming }).toEqual({ [of.name]: [] });
      for (const field of of.members) expect(rows.some((row) => row[field] === kept)).toBe(true);
    }
  });

  it("joins what both have under one key to one row", async () => {
    const { house, merge } = await scene();
    const before = await snapshot(house);
    await merge();
    const after = await snapshot(house);
    for (const [name, rows] of Object.entries(after)) {
      const ids = rows.map(({ id }) => id as string);
      for (const id of ids) expect(before[name]!.map((row) => row.id)).toContain(id);
      const alone = ids.filter((id) => id.includes("-alone-"));
      expect(alone).toHaveLength(before[name]!.filter(({ id }) => (id as string).includes("-alone-")).length);
    }
  });

  it("follows the rules of the features: counts are counted down, reminders of both are kept", async () => {
    const { house, kept, merge } = await scene();
    await merge();
    expect(await house.store.get(pods, "pods")).toMatchObject({ membersCount: 4 });
    expect(await house.store.get(events, "events")).toMatchObject({ attendeesCount: 4 });
    const { rows } = await house.store.find(reminders, { where: { memberId: kept }, limit: 10 });
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(["reminders-kept-1", "reminders-merged-1"]));
  });

  it("done twice, or by two at once, is done once", async () => {
    const once = await scene();
    await once.merge();
    const twice = await scene();
    await Promise.all([twice.merge(), twice.merge()].map((work) => work.catch(() => undefined)));
    await twice.merge();
    expect(shape(await snapshot(twice.house), twice)).toEqual(shape(await snapshot(once.house), once));
  });

  it("that is cut off anywhere ends the same when it runs again", async () => {
    const whole = await scene();
    await whole.merge();
    const expected = shape(await snapshot(whole.house), whole);
    for (const cut of [0, 1, 2, 3, 5, 8, 11, 14, 17, 20, 23]) {
      const broken = await scene();
      broken.cutAfter = cut;
      await broken.merge().catch(() => undefined);
      broken.cutAfter = undefined;
      await broken.merge();
      expect({ cut, ...shape(await snapshot(broken.house), broken) }).toEqual({ cut, ...expected });
    }
  });

  it("is what linking two accounts sets off", async () => {
    const { house, kept, merged } = await scene();
    house.start();
    await joins(house, merged, await codeOf(house, kept));
    await house.advance(60_000);
    for (const of of holding(house))
      for (const field of of.members) {
        const { rows } = await house.store.find(of, { where: { [field]: merged } as never, limit: 5 });
        expect({ [`${of.name}.${field}`]: rows }).toEqual({ [`${of.name}.${field}`]: [] });
      }
    expect(house.house.listeners.get(membersMerged.name)!.map(({ name }) => name)).toContain("merge-members");
  });
});

/** Rows by what tells them apart in every scene: whose they are and how the members stand in them. */
function shape(all: Record<string, readonly Record<string, unknown>[]>, { kept, merged }: Two) {
  const named = (value: unknown) => (value === kept ? "kept" : value === merged ? "merged" : undefined);
  return Object.fromEntries(
    Object.entries(all).map(([name, rows]) => [
      name,
      rows
        .filter(({ id }) => /-|^pods$|^events$/.test(id as string))
        .map((row) => ({
          id: row.id,
          members: Object.entries(row).flatMap(([field, value]) => (named(value) ? [`${field}: ${named(value)}`] : [])),
          counts: Object.entries(row).filter(
            ([field]) => /Count$/.test(field) && /^(pods|events)$/.test(row.id as string),
          ),
        })),
    ]),
  );
}
