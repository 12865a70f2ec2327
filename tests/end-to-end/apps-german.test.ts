// A reader of German on one app, readers of English on the others: each in their language, the card in that of its place.
import { afterEach, expect, it } from "@jest/globals";
import { type App, type City, city } from "../support/city/index.ts";

let c: City;
afterEach(async () => {
  expect(c.troubles()).toEqual([]);
  await c.close();
});

const apps: readonly App[] = ["discord", "slack", "telegram"];

it.each(apps)("the German one is on %s", async (german) => {
  c = await city();
  const others = apps.filter((app) => app !== german);
  const jan = await c.person(german, "Jan", { language: "de", zone: "Europe/Berlin" });
  const [ada, grace] = [await c.person(others[0]!, "Ada"), await c.person(others[1]!, "Grace")];
  const halle = await c.square(german, { title: "Halle", people: [jan], language: "de", arrives: true });
  const hall = await c.square(others[0]!, { title: "Hall", people: [ada], arrives: true });
  expect(c.shown(halle, "Hallo, ich bin PeerSpark")).toHaveLength(1);
  expect(c.shown(hall, "Hello, I am PeerSpark")).toHaveLength(1);
  expect((await jan.asks("pod create", { name: "Algebra" })).alone).toContain("Algebra steht");
  expect((await jan.asks("pod bind", {}, halle)).here).toContain("Algebra ist jetzt hier zu Hause");
  expect((await ada.asks("pod join", { pod: "Algebra" })).alone).toContain("Welcome to Algebra");
  expect((await grace.asks("pod join", { pod: "Algebra" })).alone).toContain("Welcome to Algebra");
  await jan.asks("pod handover", { who: "ada" });
  expect((await jan.presses("Übergeben")).alone).toContain("Ada");
  expect((await ada.asks("pod bind", {}, hall)).here).toContain("Algebra is at home here now");

  const preview = await jan.asks("event create", { what: "Eigenwerte morgen 18 Uhr für 90 min" });
  expect(preview.alone).toContain("Diesen Termin anlegen?");
  await jan.presses("Anlegen");
  expect(c.shown(halle, "Eigenwerte")).toMatchObject([{ buttons: ["Komme", "Vielleicht", "Kann nicht"] }]);
  expect(c.shown(hall, "Eigenwerte")).toMatchObject([{ buttons: ["Going", "Maybe", "Can't"] }]);
  expect((await ada.presses("Going", hall)).alone).toContain("You are going to Eigenwerte");
  expect((await jan.presses("Vielleicht", halle)).alone).toContain("Vielleicht also: Eigenwerte");
  await grace.asks("event rsvp", { event: "Eigenwerte" });
  expect(c.shown(halle, "Dabei (2)")).toHaveLength(1);
  expect(c.shown(hall, "Going (2)")).toHaveLength(1);
  // A day and an hour before it begins, at 18:00 in Berlin or, where the app tells no zone, in UTC.
  for (const instant of ["2026-03-02T17:00:01Z", "2026-03-02T18:00:01Z"]) await c.until(instant);
  for (const one of [jan, ada, grace]) await one.news();
  for (const instant of ["2026-03-03T16:00:01Z", "2026-03-03T17:00:01Z"]) await c.until(instant);
  expect((await jan.news()).join("\n")).toContain("Eigenwerte beginnt in");
  for (const one of [ada, grace]) expect((await one.news()).join("\n")).toContain("Eigenwerte starts in");
  expect((await ada.asks("event cancel", { event: "Eigenwerte" })).alone).toContain("Cancel Eigenwerte");
  await ada.presses("Cancel the event");
  expect((await jan.news()).filter((text) => text.includes("Eigenwerte wurde abgesagt"))).toHaveLength(1);
  expect(await grace.news()).toEqual([expect.stringContaining("Eigenwerte was cancelled")]);
  expect(c.shown(halle, "Er wurde abgesagt.")).toHaveLength(1);
  expect(c.shown(hall, "It was cancelled.")).toHaveLength(1);
});
