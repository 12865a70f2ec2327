// What is offered while somebody types: everything they may mean, nothing they may not see, in few reads.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { isConflict } from "../../src/core/errors.ts";
import { bound } from "../../src/core/kernel/outbox.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { memberHouse } from "./members/member-house.ts";
import type { SmallHouse } from "./notifications/small-house.ts";

let house: SmallHouse;
let ada: string;
let bob: string;
let reads: number;

const counting = (store: Store): Store => {
  const counted = Object.entries(bound(store)).map(([name, ask]) => {
    const call = (...given: readonly unknown[]) => {
      if (/^(get|getMany|getBy|find|count)$/.test(name)) reads++;
      return (ask as (...given: readonly unknown[]) => unknown)(...given);
    };
    return [name, call];
  });
  return Object.fromEntries(counted) as Store;
};

beforeEach(async () => {
  reads = 0;
  house = await memberHouse({ around: counting });
  ada = await house.member("Ada", { zone: "Europe/Berlin" });
  bob = await house.member("Bób");
});
afterEach(() => house.close());

const fieldOf = (action: string, field: string) =>
  house.house.actions.get(action)!.fields.find(({ name }) => name === field)!.reference!;
const offered = async (who: string, action: string, field: string, typed = "") =>
  fieldOf(action, field).suggest(await house.actingAs(who), typed);
const labels = async (...asked: Parameters<typeof offered>) => (await offered(...asked)).map(({ label }) => label);
const pod = (who: string, name: string, more = {}) =>
  house.does(who, { action: "pod.create", input: { name, ...more } });
async function event(who: string, what: string, podName: string) {
  const preview = await house.does(who, { action: "event.create", input: { what, pod: podName } });
  const create = preview.buttons![0]![0]!;
  if ("call" in create) await house.does(who, create.call);
}
const join = (who: string, name: string) => house.does(who, { action: "pod.join", input: { pod: name } });

describe("pods", () => {
  it("are offered by any part of their name, one's own before others'", async () => {
    await pod(bob, "Algebra for all");
    await pod(bob, "Prealgebra");
    await pod(ada, "Lineare Álgebra");
    expect(await labels(ada, "pod.info", "pod", "ALGEBRA")).toEqual([
      "Lineare Álgebra",
      "Algebra for all",
      "Prealgebra",
    ]);
    expect(await labels(ada, "pod.bind", "pod", "gebra")).toEqual(["Lineare Álgebra"]);
    expect(await labels(ada, "pod.join", "pod", "gebra")).toEqual(["Prealgebra", "Algebra for all"]);
  });

  it("are offered by their code, and told apart by it", async () => {
    await pod(ada, "Algebra");
    await pod(ada, "algebra");
    const [one, other] = await offered(ada, "pod.info", "pod");
    expect([one!.label, other!.label]).toEqual([`algebra · ${one!.value}`, `Algebra · ${other!.value}`]);
    expect(await offered(ada, "pod.info", "pod", one!.value.toLowerCase())).toHaveLength(1);
  });
});

describe("events", () => {
  it("are offered by any part of their title, the next first, with their time in one's own zone", async () => {
    await pod(ada, "Algebra");
    await event(ada, "Übung Eigenvalues tomorrow 6pm", "Algebra");
    await event(ada, "Ubungsblatt today 6pm", "Algebra");
    expect(await labels(ada, "event.info", "event", "ubung")).toEqual([
      expect.stringMatching(/^Ubungsblatt · Mon,? 2 Mar 2026, 18:00 CET$/),
      expect.stringMatching(/^Übung Eigenvalues · Tue,? 3 Mar 2026, 18:00 CET$/),
    ]);
    await join(bob, "Algebra");
    expect((await labels(bob, "event.rsvp", "event", "eigen"))[0]).toMatch(/17:00 UTC$/);
  });

  it("that are over are offered to who looks for them, behind those to come", async () => {
    await pod(ada, "Algebra");
    await event(ada, "Kernels in 10 minutes for 10 minutes", "Algebra");
    await event(ada, "Kernels again tomorrow 6pm", "Algebra");
    await house.advance(3600_000);
    expect(await labels(ada, "event.info", "event")).toHaveLength(1);
    expect(await labels(ada, "event.info", "event", "kernels")).toEqual([
      expect.stringContaining("Kernels again"),
      expect.stringMatching(/^Kernels · /),
    ]);
  });
});

describe("reminders", () => {
  it("are one's own: open ones, and those that rang where those are meant", async () => {
    house.start();
    const remind = (who: string, what: string) => house.does(who, { action: "reminder.create", input: { what } });
    await remind(ada, "stretch in 1 minute");
    await remind(ada, "to revise chapter 3 tomorrow at 7");
    await remind(bob, "secret plan tomorrow at 7");
    await house.advance(61_000);
    expect(await labels(ada, "reminder.cancel", "reminder")).toEqual([
      expect.stringMatching(/^revise chapter 3 · .*07:00/),
    ]);
    expect(await labels(ada, "reminder.snooze", "reminder")).toEqual([expect.stringMatching(/^stretch · /)]);
    expect(await labels(ada, "reminder.cancel", "reminder", "chap")).toHaveLength(1);
  });
});

describe("members", () => {
  it("are those one shares a pod with", async () => {
    await house.member("Mallory");
    await pod(ada, "Algebra");
    expect(await labels(ada, "pod.handover", "who")).toEqual([]);
    await join(bob, "Algebra");
    expect(await labels(ada, "pod.handover", "who", "bo")).toEqual(["Bób · bob"]);
    expect(await labels(ada, "pod.handover", "who", "@bo")).toEqual(["Bób · bob"]);
    expect(await labels(bob, "pod.invite", "who")).toEqual(["Ada · ada"]);
  });
});

/** Every reference of every action, as somebody may meet it. */
const references = () =>
  [...house.house.actions.values()].flatMap((action) =>
    action.fields.flatMap(({ name, reference }) => (reference ? [{ at: `${action.name} ${name}`, reference }] : [])),
  );

describe("every reference", () => {
  it("never offers what is a stranger's own, whatever is typed", async () => {
    await pod(bob, "Hidden Garden", { privacy: "private" });
    await pod(bob, "Inner Circle", { privacy: "invite-only" });
    await event(bob, "Midnight Meeting tomorrow 6pm", "Hidden Garden");
    const codes = (await offered(bob, "event.info", "event")).map(({ value }) => value);
    const own = (await offered(bob, "pod.info", "pod")).map(({ value }) => value);
    await house.does(bob, { action: "reminder.create", input: { what: "water the Garden tomorrow at 7" } });
    expect(own).toHaveLength(2);
    const others = references().filter(({ at }) => at !== "profile.edit app");
    expect(others.length).toBeGreaterThan(10);
    for (const { at, reference } of others)
      for (const typed of ["", "hidden", "garden", "i", "midnight meeting", "bo", ...codes, ...own])
        expect({ at, typed, offered: await reference.suggest(await house.actingAs(ada), typed) }).toEqual({
          at,
          typed,
          offered: [],
        });
  });

  it("offers at most 25, with labels of at most 100, each of which it finds, in few reads", async () => {
    for (let n = 0; n < 30; n++) await pod(n % 2 ? ada : bob, `${"Pod of a long name ".repeat(5).slice(0, 95)}${n}`);
    for (let n = 0; n < 30; n++) await pod(ada, `Course ${n}`);
    for (let n = 0; n < 30; n++) await event(ada, `${"Title ".repeat(30)}${n} tomorrow 6pm`, "Course 1");
    for (let n = 0; n < 30; n++)
      await house.does(ada, {
        action: "reminder.create",
        input: { what: `${"text ".repeat(60)}${n}`, when: "tomorrow at 7" },
      });
    for (const { at, reference } of references()) {
      const acting = await house.actingAs(ada);
      for (const typed of ["", "o", "title", "text"]) {
        reads = 0;
        const found = await reference.suggest(acting, typed);
        expect({ at, reads, few: reads <= 10 }).toMatchObject({ few: true });
        expect(found.length).toBeLessThanOrEqual(25);
        for (const { label, value } of found) {
          expect(label.length).toBeLessThanOrEqual(100);
          expect(label.length).toBeGreaterThan(0);
          await reference.find(acting, value).catch((error) => {
            if (!isConflict(error)) throw error;
          });
        }
      }
    }
  });
});
