// An action that takes five seconds is answered on each app within its deadlines: deferred, acknowledged, and ended well.
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import type { Store } from "../../src/core/ports/store.ts";
import { type Citizen, type City, city, type Square } from "../support/city/index.ts";

let c: City;
let slow: ReturnType<typeof slowly>;
beforeEach(async () => {
  slow = slowly();
  c = await city({ around: slow.around });
});
afterEach(async () => {
  expect(c.troubles()).toEqual([]);
  await c.close();
});

const takesMs = 5_000;

/** A store that takes its time for commits to the collections that it is told of. */
function slowly() {
  const collections = new Set<string>();
  const around = (store: Store): Store => ({
    ...store,
    async commit(changes) {
      if (changes.some((change) => collections.has(change.in.name)))
        await new Promise((resolve) => setTimeout(resolve, takesMs));
      return store.commit(changes);
    },
  });
  return { around, down: (...names: string[]) => names.forEach((name) => void collections.add(name)) };
}

interface Everybody {
  readonly ada: Citizen;
  readonly grace: Citizen;
  readonly linus: Citizen;
  readonly hall: Square;
  readonly lab: Square;
  readonly yard: Square;
}

async function everybody(): Promise<Everybody> {
  const ada = await c.person("discord", "Ada");
  const grace = await c.person("slack", "Grace");
  const linus = await c.person("telegram", "Linus");
  return {
    ada,
    grace,
    linus,
    hall: await c.square("discord", { title: "Hall", people: [ada] }),
    lab: await c.square("slack", { title: "lab", people: [grace] }),
    yard: await c.square("telegram", { title: "Yard", people: [linus] }),
  };
}

/** The types of first answers to interactions since the last look; 5 and 6 put off. */
const firstAnswers = () =>
  c.discord.server
    .calls("POST /interactions/:id/:token/callback")
    .map(({ body, status }) => [body.type, status] as const);
const slowestAck = () => Math.max(...c.slack.server.deliver.took);

it("a command in a channel: private answers stay private, what is for all is for all", async () => {
  const { ada, grace, linus, hall, lab, yard } = await everybody();
  const places = [
    [ada, hall, "Anodes"],
    [grace, lab, "Graphs"],
    [linus, yard, "Lines"],
  ] as const;
  slow.down("pods");
  const told = await Promise.all(places.map(([one, where, name]) => one.asks("pod create", { name }, where)));
  told.forEach(({ here, alone }, n) => {
    expect(alone).toContain(`${places[n]![2]} is ready`);
    expect(here).not.toContain("is ready");
  });
  expect(firstAnswers()).toEqual([[5, 200]]);
  expect(slowestAck()).toBeLessThan(2_700);

  slow.down("pod_bindings");
  const bound = await Promise.all(places.map(([one, where]) => one.asks("pod bind", {}, where)));
  for (const { here, alone } of bound) {
    expect(here).toContain("is at home here now");
    expect(alone).toBe("");
  }
  expect(slowestAck()).toBeLessThan(2_700);
});

it("a press on a card, and a form that is sent off", async () => {
  const { ada, grace, linus, hall, lab, yard } = await everybody();
  await ada.asks("pod create", { name: "Topology" });
  await ada.asks("pod bind", {}, hall);
  await grace.asks("pod join", { pod: "Topology" });
  await ada.asks("pod handover", { who: "grace", pod: "Topology" });
  await ada.presses("Hand over");
  await grace.asks("pod bind", {}, lab);
  await linus.asks("pod join", { pod: "Topology" });
  await grace.asks("pod handover", { who: "linus", pod: "Topology" });
  await grace.presses("Hand over");
  await linus.asks("pod bind", {}, yard);
  await ada.asks("event create", { what: "Knots tomorrow 6pm" });
  await ada.presses("Create");
  slow.down("rsvps");
  const [here, there, yonder] = await Promise.all([
    ada.presses("Maybe", hall),
    grace.presses("Going", lab),
    linus.presses("Going", yard),
  ]);
  expect(here!.alone).toContain("Maybe then: Knots");
  expect(there!.alone).toContain("You are going to Knots");
  expect(yonder!.alone).toContain("You are going to Knots");
  for (const square of [hall, lab, yard]) {
    expect(c.shown(square, "Knots")).toHaveLength(1);
    expect(c.shown(square, "Knots")[0]!.text).toMatch(/Going \(2\)/);
  }
  slow.down("pods");
  await Promise.all([ada.asks("pod create"), grace.asks("pod create")]);
  const made = await Promise.all([ada.fills({ name: "Algebra" }), grace.fills({ name: "Graphs" })]);
  expect(made[0]!.alone).toContain("Algebra is ready");
  expect(made[1]!.alone).toContain("Graphs is ready");
  expect(slowestAck()).toBeLessThan(2_700);
  expect(firstAnswers().every(([, status]) => status === 200)).toBe(true);
  const shown = c.everything().map(({ where, text }) => `${where}: ${text}`);
  expect(shown.filter((one, at) => shown.indexOf(one) !== at)).toEqual([]);
});
