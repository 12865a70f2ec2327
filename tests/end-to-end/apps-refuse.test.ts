// Who may not is refused in words on each app: a forged press of somebody else's button, a channel that is not theirs to bind.
import { afterEach, describe, expect, it } from "@jest/globals";
import { events } from "../../src/core/events/read.ts";
import { bindings } from "../../src/core/pods/binding.ts";
import { memberships } from "../../src/core/pods/membership.ts";
import { type App, type Citizen, type City, city, type Square } from "../support/city/index.ts";

let c: City;
afterEach(async () => {
  expect(c.troubles()).toEqual([]);
  await c.close();
});

interface Scene {
  /** Owns the pod and administers the place. */
  readonly ada: Citizen;
  /** In the place, but in no pod. */
  readonly eve: Citizen;
  readonly square: Square;
}

async function scene(app: App): Promise<Scene> {
  c = await city();
  const [ada, eve] = [await c.person(app, "Ada"), await c.person(app, "Eve")];
  const square = await c.square(app, { title: "maths", people: [ada, eve] });
  await ada.asks("pod create", { name: "Topology", privacy: "private" });
  await ada.asks("pod bind", { pod: "Topology" }, square);
  await ada.presses("Bring it here");
  expect(c.shown(square, "Topology is at home here now")).toHaveLength(1);
  return { ada, eve, square };
}

const newestFor = ({ hand }: Citizen) => hand.sees().at(-1)!;
const newestIn = (square: Square) => c.shown(square, "").at(-1)!;
/** What the button under somebody's private message carries. */
const dataBehind = (one: Citizen, label: string, app: App) => ({ data: c[app].dataOf(newestFor(one), label) });

describe.each<App>(["discord", "slack", "telegram"])("on %s", (app) => {
  it("a preview that is another's makes no event", async () => {
    const { ada, eve, square } = await scene(app);
    await ada.asks("event create", { what: "Knots tomorrow 6pm" });
    const create = dataBehind(ada, "Create", app);
    const told = await eve.forges(create, newestIn(square), square);
    expect(told.alone).toMatch(/Only members of this pod|can't find/);
    expect(await c.store.count(events)).toBe(0);
    expect(told.here).not.toContain("Knots");
    await ada.presses("Create");
    expect(c.shown(square, "Knots")).toHaveLength(1);
  });

  it("who does not organise an event cancels none, by command or forged button", async () => {
    const { ada, eve, square } = await scene(app);
    await ada.asks("event create", { what: "Knots tomorrow 6pm" });
    await ada.presses("Create");
    await ada.asks("event cancel", { event: "Knots" });
    const cancel = dataBehind(ada, "Cancel the event", app);
    expect((await eve.forges(cancel, newestIn(square), square)).alone).toMatch(/Only Ada|is for members of the pod/);
    expect((await eve.asks("event cancel", { event: "Knots" })).alone).toMatch(
      /Only Ada|can't find|for members of the pod/,
    );
    const { rows } = await c.store.find(events, { limit: 2 });
    expect(rows).toMatchObject([{ status: "scheduled" }]);
    expect((await eve.presses("Going", square)).alone).toMatch(/is for members of the pod/);
    expect(rows).toMatchObject([{ attendeesCount: 1 }]);
  });

  it("nobody lets themselves in, whatever they press", async () => {
    const { ada, eve, square } = await scene(app);
    await ada.asks("pod create", { name: "Algebra", policy: "approval" });
    expect((await eve.asks("pod join", { pod: "Algebra" })).alone).toContain("I have asked the people");
    await ada.news();
    const letIn = dataBehind(ada, "Let in", app);
    const before = await c.store.count(memberships);
    expect((await eve.forges(letIn, newestIn(square), square)).alone).toMatch(/not yours to answer/);
    expect(await c.store.count(memberships)).toBe(before);
    await ada.presses("Let in");
    expect(await c.store.count(memberships)).toBe(before + 1);
  });

  it("a button that never was does nothing, and says so", async () => {
    const { eve, square } = await scene(app);
    const before = await c.store.count(memberships);
    for (const data of ["~0123456789abcdef0123456789abcdef", "event.nothing|1", "%%"]) {
      const { alone } = await eve.forges({ data: c[app].carrying(data) }, newestIn(square), square);
      expect([data, alone]).toEqual([data, expect.stringContaining("no longer does anything")]);
    }
    expect(await c.store.count(memberships)).toBe(before);
  });

  it("who does not administer the place binds no pod to it", async () => {
    const { eve, square } = await scene(app);
    const before = await c.store.count(bindings);
    expect((await eve.asks("pod bind", { pod: "Topology" }, square)).alone).toContain("I can't find a pod");
    await eve.asks("pod create", { name: "Malice" });
    const other = await c.square(app, { title: "physics", people: [await c.person(app, "Grace"), eve] });
    const told = await eve.asks("pod bind", { pod: "Malice" }, other);
    expect(told.alone).toContain("Only somebody who administers this place can bind a pod to it");
    expect(told.here).not.toContain("Malice");
    expect(await c.store.count(bindings)).toBe(before);
  });
});
