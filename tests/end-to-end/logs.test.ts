// What is logged: one id from an update to the last job it caused, and nobody's words, names or tokens.
import { Writable } from "node:stream";
import { inspect } from "node:util";
import { afterEach, expect, it } from "@jest/globals";
import { pinoLog } from "../../src/adapters/log.ts";
import type { Store } from "../../src/core/ports/store.ts";
import { groupOf, type Line, type Town, town } from "../support/town.ts";

let t: Town;
afterEach(() => t.close());

const correlationOf = (line: Line | undefined) => line?.fields.correlation;
const handled = (deed: string) =>
  t.lines.findLast((line) => line.message === "update handled" && line.fields.deed === deed);
const triedAgain = (job: string) =>
  t.lines.filter((line) => line.message === "a job is tried again" && line.fields.job === job);
/** Those that an app did not take, which come again by a turn of their own. */
const notTaken = () => t.lines.filter((line) => line.message === "a notification was not taken");

it("one id leads from a reminder's asking to its failing delivery, through a restart", async () => {
  t = await town();
  const ada = await t.person("Ada");
  await t.says(ada, ada, "/remind me to call Grace in 3 hours");
  const asked = correlationOf(handled("text"));
  expect(asked).toMatch(/^[0-9a-z]{26}$/);
  await t.restart();
  t.server.fault({ kind: "cut" }, { method: "sendMessage" });
  await t.later({ hours: 3 });
  expect(notTaken().map(correlationOf)).toEqual([asked]);
});

it("one id leads from the button that made an event to its post, its card and its last reminder", async () => {
  t = await town();
  const ada = await t.person("Ada");
  const group = groupOf(t, "Maths", [ada]);
  await t.says(ada, ada, "/pod create Topology");
  await t.says(ada, group, "/pod bind Topology");
  await t.says(ada, group, "/event create Knots tomorrow 6pm");
  t.server.fault({ kind: "429", retryAfter: 30 }, { method: "sendMessage" });
  await t.presses(ada, ada, "Create");
  const created = correlationOf(handled("press"));
  expect(triedAgain("event.post").map(correlationOf)).toEqual([created]);
  await t.later({ seconds: 40 });
  expect(t.shown(group, "Knots").text).toContain("Going (1)");

  t.server.fault({ kind: "cut" }, { method: "editMessageText", times: 6 });
  await t.presses(ada, group, "Maybe");
  const answered = correlationOf(handled("press"));
  expect(answered).not.toBe(created);
  expect(new Set(triedAgain("fact.hear").map(correlationOf))).toEqual(new Set([answered]));
  await t.later({ seconds: 40 });

  for (const instant of ["2026-03-02T18:00:00Z", "2026-03-03T17:00:00Z", "2026-03-03T17:50:00Z"]) {
    t.server.fault({ kind: "cut" }, { method: "sendMessage" });
    await t.until(instant);
    await t.later({ seconds: 10 });
  }
  expect(notTaken().map(correlationOf)).toEqual([created, created, created]);
});

it("updates that nothing connects have ids of their own, and an unexpected failure tells its id to the person", async () => {
  let broken = false;
  const around = (store: Store): Store => ({
    ...store,
    commit: (changes) =>
      broken && changes.some((change) => change.in.name === "pods")
        ? Promise.reject(new Error("disk full"))
        : store.commit(changes),
  });
  t = await town({ around });
  const ada = await t.person("Ada");
  await t.says(ada, ada, "/profile");
  await t.says(ada, ada, "/inbox");
  const ids = t.lines.filter((line) => line.message === "update handled").map(correlationOf);
  expect(new Set(ids).size).toBe(ids.length);
  broken = true;
  const { here } = await t.says(ada, ada, "/pod create Topology");
  const failure = t.lines.find((line) => line.level === "error")!;
  expect(here).toContain(`tell the operator this number: ${correlationOf(failure)}`);
  broken = false;
  expect((await t.says(ada, ada, "/pod create Topology")).here).toContain("Topology is ready");
});

it("no line holds anybody's words or name, or the token, whatever goes wrong", async () => {
  let written = "";
  const to = new Writable({
    write(chunk, _encoding, done) {
      written += chunk;
      done();
    },
  });
  t = await town({ log: pinoLog({ level: "debug", to }) });
  const ada = await t.person("Zebulon");
  const grace = await t.person("Quentina");
  const group = groupOf(t, "Wapentake", [ada, grace]);
  const words = ["Zebulon", "Quentina", "Wapentake", "Xyloglyph", "Mnemonist", "Haberdash", "Quincunx"];
  await t.says(ada, ada, "/pod create Xyloglyph privacy:private");
  await t.says(ada, group, "/pod bind Xyloglyph");
  await t.presses(ada, ada, "Bring it here");
  await t.says(grace, group, "/pod join Xyloglyph");
  await t.says(ada, ada, "/event create Mnemonist tomorrow 6pm place:Haberdash");
  t.server.fault({ kind: "429", retryAfter: 30 }, { method: "sendMessage" });
  await t.presses(ada, ada, "Create");
  t.server.fault({ kind: "refuse", code: 400, description: "Bad Request: something new" }, { method: "sendMessage" });
  await t.says(grace, grace, "/event cancel Mnemonist");
  for (const kind of ["cut", "act-then-cut"] as const) {
    t.server.fault({ kind }, { method: "sendMessage", times: 2 });
    await t.says(ada, ada, "/remind me to Quincunx in 1 hour");
    t.server.fault({ kind }, { method: "sendMessage" });
    await t.later({ hours: 1 });
  }
  t.server.fault({ kind: "status", status: 502 }, { times: 7 });
  await t.says(ada, ada, "Quincunx?");
  await t.says(ada, ada, "/Quincunx");
  for (const wrong of [{}, { update_id: "Quincunx" }, { update_id: 7, message: { text: "Quincunx", from: "Zebulon" } }])
    await t.post(wrong);
  grace.block();
  await t.presses(ada, ada, "Can't");
  await t.later({ hours: 1 });
  expect(t.troubles().length).toBeGreaterThan(5);
  expect(written.trim().split("\n").length).toBe(t.lines.length);
  const all = written + inspect(t.lines, { depth: 12, maxStringLength: null, maxArrayLength: null });
  for (const word of words) expect(all).not.toContain(word);
  expect(all).not.toContain(t.server.token);
  expect(all).not.toContain(t.server.token.split(":")[1]);
});
