// What people choose about notifications, on each app with its own buttons and menus, and what then reaches them when.
import { afterEach, expect, it } from "@jest/globals";
import { type App, type Citizen, type City, city } from "../support/city/index.ts";

let c: City;
afterEach(async () => {
  expect(c.troubles()).toEqual([]);
  await c.close();
});

const apps: readonly App[] = ["discord", "slack", "telegram"];

async function pod(): Promise<Record<App, Citizen>> {
  c = await city({ now: "2026-03-02T12:00:00Z" });
  const [ada, grace, linus] = [
    await c.person("discord", "Ada"),
    await c.person("slack", "Grace"),
    await c.person("telegram", "Linus"),
  ];
  await ada.asks("pod create", { name: "Logic" });
  for (const one of [grace, linus]) await one.asks("pod join", { pod: "Logic" });
  return { discord: ada, slack: grace, telegram: linus };
}

it.each(apps)("on %s they are shown and changed in place by buttons, and by words", async (app) => {
  const people = await pod();
  const one = people[app];
  const shown = await one.asks("notifications");
  for (const part of ["Pods: Chat", "Quiet hours", "Digest", "Before events"]) expect(shown.alone).toContain(part);
  const before = one.hand.sees().length;
  expect((await one.presses("Quiet hours on")).alone).toMatch(/22\S*:00–07\S*:30/);
  expect((await one.presses("Daily digest")).alone).toMatch(/daily at 18\S*:00/);
  expect(one.hand.sees()).toHaveLength(before);
  expect((await one.asks("notifications", { change: "quiet 21:00-08:00" })).alone).toMatch(/21\S*:00–08\S*:00/);
  expect((await one.asks("notifications", { change: "digest sometimes" })).alone).toContain("How often and when?");
});

it("an announcement comes at once, after quiet hours, and in a digest, as each wants it", async () => {
  const { discord: ada, slack: grace, telegram: linus } = await pod();
  await grace.asks("notifications", { change: "quiet 11:00-14:00" });
  await linus.asks("notifications", { change: "digest daily 18:00" });
  const tess = await c.person("telegram", "Tess");
  await tess.asks("pod join", { pod: "Logic" });
  for (const one of [grace, linus, tess]) await one.news();
  for (const text of ["First <b>news</b>", "Second news"]) {
    await ada.asks("pod announce", { text });
    await ada.presses("Send to 3 members");
  }
  expect((await tess.news()).join("\n")).toMatch(/First <b>news<\/b>[\s\S]*Second news/);
  expect([await grace.news(), await linus.news()]).toEqual([[], []]);
  await c.until("2026-03-02T14:00:01Z");
  expect((await grace.news()).join("\n")).toMatch(/First <b>news<\/b>[\s\S]*Second news/);
  expect(await linus.news()).toEqual([]);
  await c.until("2026-03-02T18:00:01Z");
  const digest = await linus.news();
  expect(digest).toEqual([expect.stringContaining("News for you (2)")]);
  expect(digest[0]).toMatch(/First <b>news<\/b>[\s\S]*Second news/);
  expect((await linus.presses("Open inbox")).alone).toContain("Inbox (2 unread)");
  await c.until("2026-03-03T18:00:01Z");
  expect((await linus.news()).filter((text) => text.includes("News for you"))).toEqual([]);
});

it("many requests become one message, which opens each with its buttons", async () => {
  c = await city({ now: "2026-03-02T12:00:00Z" });
  const ada = await c.person("slack", "Ada");
  await ada.asks("pod create", { name: "Choosy", policy: "approval" });
  for (const name of ["Bob", "Cid", "Dan", "Eve", "Fay", "Gus"]) {
    const one = await c.person("telegram", name);
    await one.asks("pod join", { pod: "Choosy" });
  }
  await c.until("2026-03-02T12:05:01Z");
  const news = await ada.news();
  expect(news).toHaveLength(4);
  expect(news[3]).toContain("Gus and 2 others would like to join Choosy");
});
