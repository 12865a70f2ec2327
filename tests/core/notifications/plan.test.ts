// What is to become of a notification, by its kind and what its member has chosen; and what two members' choices become as one.
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { channels } from "../../../src/core/notifications/channel.ts";
import { groups } from "../../../src/core/notifications/groups.ts";
import { planFor } from "../../../src/core/notifications/plan.ts";
import { isSwitchedOn, settingsOf } from "../../../src/core/notifications/preferences.ts";
import { quietEnd } from "../../../src/core/notifications/quiet.ts";
import { plain } from "../../../src/core/text.ts";
import { codeOf, joins, memberHouse } from "../members/member-house.ts";

const chosen = fc.record(
  {
    switches: fc.dictionary(
      fc.constantFrom(...groups.flatMap((group) => channels.map((one) => `${group}.${one}`))),
      fc.boolean(),
    ),
    quietFrom: fc.integer({ min: 0, max: 1439 }),
    quietTo: fc.integer({ min: 0, max: 1439 }),
    digest: fc.constantFrom("off" as const, "daily" as const, "weekly" as const),
    digestAt: fc.integer({ min: 0, max: 1439 }),
    budget: fc.integer({ min: 0, max: 100 }),
  },
  { requiredKeys: [] },
);
const kinds = fc.record({
  group: fc.constantFrom(...groups),
  urgency: fc.constantFrom("asked" as const, "soon" as const, "plain" as const),
  startsAt: fc.option(fc.integer({ min: -3, max: 20 }), { nil: undefined }),
});
const zones = fc.constantFrom("Europe/Berlin", "Australia/Lord_Howe", "America/Santiago");
const instants = fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2027-01-01T00:00:00Z") });

it("nothing comes where it is off, nothing disturbs that may wait, and nothing waits for ever", () => {
  fc.assert(
    fc.property(kinds, chosen, zones, instants, ({ startsAt, ...kind }, wanted, zone, now) => {
      const settings = settingsOf(wanted);
      const start = startsAt === undefined ? undefined : now + startsAt * 3600_000;
      const plan = planFor(
        { kind: { ...kind, ...(start !== undefined && { startsAt: () => start }) }, data: {} },
        settings,
        zone,
        now,
      );
      for (const channel of channels)
        expect(plan.via.includes(channel)).toBe(isSwitchedOn(settings, kind.group, channel));
      if (plan.via.length === 0) return expect(plan).toEqual({ via: [], held: "off" });
      expect(plan.dueAt! - now).toBeGreaterThanOrEqual(0);
      expect(plan.dueAt! - now).toBeLessThanOrEqual((7 * 24 + 1) * 3600_000);
      if (kind.urgency === "asked") expect(plan).toMatchObject({ dueAt: now });
      if (kind.group === "always") expect(plan.via).toEqual(expect.arrayContaining(["chat", "push"]));
      const end = quietEnd(now, settings.quiet, zone);
      const disturbs = end !== undefined && plan.dueAt! < end;
      if (disturbs && plan.held !== "digest")
        expect(kind.urgency === "asked" || (start !== undefined && start >= now && start < end)).toBe(true);
      if (plan.held === "digest") expect(kind.urgency).toBe("plain");
    }),
    { numRuns: 1000 },
  );
});

describe("two members who turn out to be one", () => {
  it("have the choices of the one they stay, and for the rest those of the other", async () => {
    const house = await memberHouse();
    house.start();
    const [desk, phone] = [await house.member("ada"), await house.member("ada-phone", { platform: "telegram" })];
    const choose = (who: string, change: string) =>
      house.does(who, { action: "notifications.show", input: { change } });
    for (const change of ["quiet 22-7", "events mail on", "pods off"]) await choose(desk, change);
    for (const change of ["quiet 1-2", "budget 5", "social mail on", "events mail off"]) await choose(phone, change);
    await joins(house, phone, await codeOf(house, desk));
    await house.advance(2000);
    const { text, fields } = await house.does(desk, { action: "notifications.show", input: {} });
    expect(text).toContain("Events: Chat, E-mail");
    expect(text).toContain("Pods: inbox only");
    const reader = { language: "en", zone: "UTC", platform: "terminal" } as const;
    expect(fields!.map(({ value }) => plain(value, reader))).toEqual(
      expect.arrayContaining(["22:00–07:00 (UTC)", expect.stringMatching(/^5;/)]),
    );
    await house.close();
  });
});
