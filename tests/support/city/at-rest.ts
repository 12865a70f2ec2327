// When nothing more follows from what people did: delivered, handled, every due job done, and no call on its way.
import { setTimeout as pause } from "node:timers/promises";
import type { RunningHouse } from "../running-house.ts";
import type { District } from "./district.ts";

const mostMs = 10_000;
/** Looks that find nothing going on, one after the other, a moment apart. */
const quietLooks = 4;
const lookEveryMs = 3;

/** @throws Error after 10 s. */
export async function atRest(houses: readonly RunningHouse[], districts: readonly District[]): Promise<void> {
  const end = performance.now() + mostMs;
  let before = -1;
  for (let quiet = 0; quiet < quietLooks; ) {
    if (performance.now() > end) throw new Error("the city does not come to rest");
    await Promise.all(districts.map((district) => district.drained()));
    const moves = heardBy(houses) + districts.reduce((sum, district) => sum + district.calls(), 0);
    quiet = moves === before && !(await isBusy(houses)) ? quiet + 1 : 0;
    before = moves;
    await pause(lookEveryMs);
  }
}

export const heardBy = (houses: readonly RunningHouse[]): number =>
  houses.reduce((sum, { heard }) => sum + heard.count, 0);

/** A queue that can't be asked just now may have something to do. */
async function isBusy(houses: readonly RunningHouse[]): Promise<boolean> {
  const asked = houses.map(({ service }) => service.context.queue.counts().catch(() => ({ due: 1 })));
  const due = await Promise.all(asked);
  return houses.some(({ heard }) => heard.underWay > 0) || due.some((counts) => counts.due > 0);
}
