// One announcement to everybody in a pod: how often the store is asked for each hundred members, preferences and quiet hours applied.
import { openSqlite } from "../src/adapters/store/sqlite.ts";
import { features } from "../src/core/features.ts";
import { insert } from "../src/core/kernel/change.ts";
import { houseOf } from "../src/core/kernel/feature.ts";
import type { Context } from "../src/core/kernel/house.ts";
import { bound } from "../src/core/kernel/outbox.ts";
import { profiles } from "../src/core/members/profile.ts";
import { preferences } from "../src/core/notifications/preferences.ts";
import { announcements } from "../src/core/pods/announcement.ts";
import { memberships } from "../src/core/pods/membership.ts";
import { pods } from "../src/core/pods/pod.ts";
import type { Store } from "../src/core/ports/store.ts";
import { embeddedQueue, jobCollections } from "../src/jobs/drivers/embedded.ts";
import { testClock } from "../tests/support/clock.ts";
import { seededSecrets } from "../tests/support/secrets.ts";
import { recordingLog } from "../tests/support/world.ts";
import type { Figure } from "./table.ts";

/** Of each hundred: profiles, preferences, the rows, their turns; and a fifth of a page of members. */
const most = 5;

export async function announceBench(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const members of [1_000, 10_000]) {
    const trips = await announced(members);
    figures.push({
      name: `an announcement to ${members}: store round trips`,
      ours: `${trips}`,
      against: `${members / 100} hundreds of members`,
      ratio: trips / (members / 100),
      target: most,
      sense: "most",
    });
  }
  return figures;
}

async function announced(count: number): Promise<number> {
  const house = houseOf(features);
  const clock = testClock();
  const secrets = seededSecrets(clock);
  const log = recordingLog([]);
  const raw = await openSqlite({ path: ":memory:", collections: [...house.collections, ...jobCollections] });
  let trips = 0;
  const store = Object.fromEntries(
    Object.entries(bound(raw)).map(([name, method]) => [
      name,
      (...given: never[]) => {
        trips++;
        return (method as (...given: never[]) => unknown)(...given);
      },
    ]),
  ) as unknown as Store;
  await fill(raw, count);
  const queue = embeddedQueue({ store, clock, secrets, log, pollMs: Number.POSITIVE_INFINITY });
  const ctx = { store, queue, clock, secrets, log, house, correlation: "bench" } as unknown as Context;
  trips = 0;
  await house.listeners
    .get("pod.announced")!
    .find(({ name }) => name === "notify-pod_announcement")!
    .hear(ctx, { subject: "pod", announcement: "a", by: "m0" } as never, "f");
  await queue.stop(1000);
  await raw.close();
  return trips;
}

/** Every third member is in quiet hours, every third wants none of it, the rest have chosen nothing. */
async function fill(store: Store, count: number): Promise<void> {
  const pod = { id: "pod", code: "PD2222", name: "Big", nameKey: "big", membersCount: count, creatorId: "m0" };
  await store.commit([
    insert(pods, { ...pod, privacy: "public", timezone: "UTC", createdAt: 0 }),
    insert(announcements, { id: "a", podId: "pod", by: "m0", text: "The room has changed.", at: 0 }),
  ]);
  for (let at = 0; at < count; at += 30)
    await store.commit(
      Array.from({ length: Math.min(30, count - at) }, (_, index) => at + index).flatMap((n) => {
        const id = `m${n}`;
        const chosen = [
          { quietFrom: 0, quietTo: 1439 },
          { switches: { "pods.chat": false, "pods.push": false } },
          undefined,
        ][n % 3];
        return [
          insert(profiles, { id, username: id, displayName: id, joinedAt: 0 }),
          insert(memberships, { id: `${id}.pod`, podId: "pod", memberId: id, joinedAt: 0 }),
          ...(chosen ? [insert(preferences, { id: `${id}.p`, memberId: id, ...chosen })] : []),
        ];
      }),
    );
}
