// Telling everybody in a pod something, through what people see; and how often the store is asked for thousands of them.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { insert } from "../../../src/core/kernel/change.ts";
import { bound } from "../../../src/core/kernel/outbox.ts";
import { profiles } from "../../../src/core/members/profile.ts";
import { notifications } from "../../../src/core/notifications/notification.ts";
import { preferences } from "../../../src/core/notifications/preferences.ts";
import { announcements } from "../../../src/core/pods/announcement.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { type World, world } from "../../support/world.ts";
import { eventHouse } from "../events/event-house.ts";

describe("an announcement", () => {
  let w: World;
  beforeEach(async () => {
    w = await world({ now: "2026-03-02T12:00:00Z" });
    await w.terminal("ada").says("/pod create Logic");
    for (const name of ["grace", "linus"])
      await w.terminal(name, { language: name === "linus" ? "de" : "en" }).says("/pod join Logic");
    for (const name of ["ada", "grace", "linus"]) await w.terminal(name).sees();
  });
  afterEach(() => w.close());

  it("is shown first, says how many get it, and comes to everybody else once", async () => {
    const ada = w.terminal("ada");
    const preview = await ada.says("/pod announce The room is **5** now, @everyone");
    expect(preview).toContain("Announcement to Logic");
    expect(preview).toContain("The room is **5** now, @everyone");
    expect(preview).toContain("2 members get it");
    expect(await w.terminal("grace").sees()).toBe("");
    expect(await ada.presses("Send to 2 members")).toContain("On its way to everybody in Logic.");
    await ada.presses("Send to 2 members");
    expect((await w.terminal("grace").sees()).split("The room is **5** now, @everyone")).toHaveLength(2);
    expect(await w.terminal("linus").sees()).toContain("ada an alle im Pod");
    expect(await ada.sees()).not.toContain("ada to everybody");
    expect(await w.store.count(announcements)).toBe(1);
  });

  it("waits for the end of somebody's quiet hours, and is left to the inbox where pods are off", async () => {
    await w.terminal("grace").says("/notifications quiet 11:00-14:00");
    await w.terminal("linus").says("/notifications pods aus");
    await w.terminal("ada").says("/pod announce Hello");
    await w.terminal("ada").presses("Send to 2 members");
    for (const name of ["grace", "linus"]) await w.terminal(name).sees();
    await w.advanceTo("2026-03-02T14:00:00Z");
    expect(await w.terminal("grace").sees()).toContain("Hello");
    expect(await w.terminal("linus").sees()).toBe("");
    expect(await w.terminal("linus").says("/inbox")).toContain("Hello");
  });

  it("is made by the pod's admins only, and never to nobody", async () => {
    expect(await w.terminal("grace").says("/pod announce Hello")).toContain(
      "Only the owner and admins of Logic can do that: ada.",
    );
    expect(await w.terminal("linus").says("/pod announce Hallo")).toContain(
      "Das kann in Logic nur die Leitung oder Verwaltung: ada.",
    );
    await w.terminal("eve").says("/pod create Lonely");
    expect(await w.terminal("eve").says("/pod announce Hello")).toContain("You are the only one in Lonely.");
  });

  it("by somebody one has blocked isn't told", async () => {
    const linus = w.terminal("linus");
    expect(await linus.says("/block @ada")).toContain("Blockiert.");
    await w.terminal("ada").says("/pod announce Hello");
    await w.terminal("ada").presses("Send to 2 members");
    expect(await linus.sees()).not.toContain("Hello");
    expect(await linus.presses("Nicht mehr blockieren")).toContain("Du hörst wieder von ada");
    expect(await linus.says("/inbox")).not.toContain("Hello");
    expect(await linus.says("/unblock ada")).toContain("nicht blockiert");
    expect(await linus.says("/block linus")).toContain("Das bist du.");
  });
});

describe("round trips to the store", () => {
  async function roundTrips(count: number): Promise<number> {
    let trips = 0;
    const counting = (store: Store): Store =>
      Object.fromEntries(
        Object.entries(bound(store)).map(([name, method]) => [
          name,
          (...given: never[]) => {
            trips++;
            return (method as (...given: never[]) => unknown)(...given);
          },
        ]),
      ) as unknown as Store;
    const house = await eventHouse({ around: counting });
    const ids = Array.from({ length: count }, (_, n) => `m${String(n).padStart(5, "0")}`);
    for (let at = 0; at < count; at += 100) {
      const some = ids.slice(at, at + 100);
      await house.store.commit(some.map((id) => insert(profiles, { id, username: id, displayName: id, joinedAt: 0 })));
      const quiet = { quietFrom: 0, quietTo: 1439 };
      await house.store.commit(
        some.map((id, n) =>
          insert(preferences, {
            id,
            memberId: id,
            ...(n % 2 ? quiet : { switches: { "pods.chat": false, "pods.push": false } }),
          }),
        ),
      );
    }
    const by = await house.member("ada");
    const pod = await house.pod("Big", [by, ...ids]);
    await house.store.commit([insert(announcements, { id: "a", podId: pod, by, text: "Hello", at: 0 })]);
    const listener = house.house.listeners
      .get("pod.announced")!
      .find(({ name }) => name === "notify-pod_announcement")!;
    trips = 0;
    await listener.hear(house.context, { subject: pod, announcement: "a", by } as never, "f1");
    const taken = trips;
    expect(await house.store.count(notifications, { held: "off" })).toBe(count / 2);
    expect(await house.store.count(notifications, { held: "quiet" })).toBe(count / 2);
    await house.close();
    return taken;
  }

  it("grow with every hundred members, preferences and quiet hours applied", async () => {
    const [few, many] = [await roundTrips(200), await roundTrips(1000)];
    expect(few).toBeLessThanOrEqual(8 + 2 * 3);
    expect((many - few) / 8).toBeLessThanOrEqual(4.5);
  });
});
