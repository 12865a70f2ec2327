// A whole conversation with the data in Appwrite: a pod, an event and its seats, a reminder, and a restart in between.
import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import { collections } from "../../../../../src/build.ts";
import { appwriteGrounds, type Grounds, type OpenedAppwrite } from "../../../../support/appwrite-store.ts";
import { type Town, town } from "../../../../support/town.ts";

let grounds: Grounds;
let opened: OpenedAppwrite;
let t: Town;
beforeAll(async () => {
  grounds = await appwriteGrounds();
});
afterAll(() => grounds.close());
afterEach(async () => {
  await t.close();
  await opened.remove();
});

it("on Telegram goes as it does on SQLite", async () => {
  opened = await grounds.open(collections);
  let store = opened.store;
  t = await town({ around: () => store });
  const [ada, grace] = [await t.person("Ada"), await t.person("Grace")];
  const founded = await t.says(ada, ada, "/pod_create Linear Algebra category:maths");
  expect(founded.here).toContain("Linear Algebra is ready");
  expect((await t.says(grace, grace, "/pod find algebra")).here).toContain("Linear Algebra");
  expect((await t.says(grace, grace, "/pod join Linear Algebra")).here).toContain("Welcome to Linear Algebra");

  await t.says(ada, ada, "/event_create Eigenvalues wednesday 18:00 for 90 min capacity:2");
  await t.presses(ada, ada, "Create");
  const shown = await t.says(grace, grace, "/event info Eigenvalues");
  expect(shown.here).toContain("Going (1): Ada");
  expect(await t.presses(grace, grace, "Going")).toContain("You are going to Eigenvalues");
  expect(t.shown(grace, "Eigenvalues").text).toContain("Going (2): Ada, Grace");
  expect((await t.says(grace, grace, "/remind me on tuesday at 9:00 to read chapter 3")).here).toContain(
    "Reminder set",
  );

  store = await opened.beside();
  await t.restart();
  await t.news(ada);
  await t.news(grace);
  await t.until("2026-03-03T09:00:00Z");
  expect(await t.news(grace)).toEqual([expect.stringContaining("read chapter 3")]);
  for (const instant of ["2026-03-03T18:00:00Z", "2026-03-04T17:00:00Z", "2026-03-04T17:50:00Z"])
    await t.until(instant);
  expect((await t.news(grace)).at(-1)).toContain("Eigenvalues starts in");
  // A sweep that asks the server while the clock leaps by hours has taken hours.
  expect(t.troubles().filter((line) => !line.includes("not over after 300000 ms"))).toEqual([]);
});
