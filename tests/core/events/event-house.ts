// A house with pods and events, and the steps that most of their tests begin with.
import { type EventRow, events as rows } from "../../../src/core/events/event.ts";
import { events } from "../../../src/core/events/index.ts";
import { insert } from "../../../src/core/kernel/change.ts";
import { notificationsOf } from "../../../src/core/notifications/index.ts";
import { pods } from "../../../src/core/pods/index.ts";
import { memberships } from "../../../src/core/pods/membership.ts";
import { pods as podRows } from "../../../src/core/pods/pod.ts";
import type { Store } from "../../../src/core/ports/store.ts";
import { spaces } from "../../../src/core/spaces/index.ts";
import { type FakePlatform, people, smallHouse } from "../notifications/small-house.ts";

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** A Monday. */
export const monday = "2026-03-02T09:00:00Z";

export async function eventHouse(
  options: { now?: string; platforms?: Record<string, FakePlatform>; around?: (store: Store) => Store } = {},
) {
  const told = [people, spaces, pods, events];
  const house = await smallHouse([...told, notificationsOf(told)], { now: monday, ...options });
  const { store } = house;
  let made = 0;

  return {
    ...house,
    /** A pod with these members, the first of whom owns it. */
    async pod(name: string, memberIds: readonly string[], privacy: "public" | "private" = "public") {
      const id = house.context.secrets.id();
      const [code, createdAt] = [`PD${String(++made).padStart(4, "2")}`, house.clock.now()];
      await store.commit([
        insert(podRows, {
          id,
          code,
          name,
          nameKey: name.toLowerCase(),
          privacy,
          membersCount: memberIds.length,
          timezone: "Europe/Berlin",
          creatorId: memberIds[0]!,
          createdAt,
        }),
      ]);
      for (const [index, memberId] of memberIds.entries()) {
        const role = index === 0 ? "owner" : "member";
        const row = { id: house.context.secrets.id(), podId: id, memberId, role, joinedAt: createdAt } as const;
        await store.commit([insert(memberships, row)]);
      }
      return id;
    },
    async members(count: number): Promise<string[]> {
      const ids: string[] = [];
      for (let index = 0; index < count; index++) ids.push(await house.member(`person-${index}`));
      return ids;
    },
    /** An event that was created and confirmed. */
    async event(organizer: string, what: string, more: Record<string, unknown> = {}): Promise<EventRow> {
      const preview = await house.does(organizer, { action: "event.create", input: { what, ...more } });
      const create = preview.buttons?.[0]?.[0];
      if (!create || !("call" in create)) throw new Error(`no preview: ${preview.text || preview.asks}`);
      await house.does(organizer, create.call);
      return (await store.get(rows, create.call.input.id as string))!;
    },
    rsvp: (who: string, event: string, answer = "going") =>
      house.does(who, { action: "event.rsvp", input: { event, answer } }),
    row: async (id: string): Promise<EventRow> => (await store.get(rows, id))!,
  };
}
export type EventHouse = Awaited<ReturnType<typeof eventHouse>>;
