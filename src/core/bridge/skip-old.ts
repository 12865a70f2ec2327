// Keeps an outage from ending in a flood: what has waited too long, or stands behind too many, becomes one line that counts it.
import { patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import { unlessOvertaken } from "./leave-bridge.ts";
import type { BridgeLink } from "./link.ts";
import { type BridgeCopy, bridgeCopies } from "./talk.ts";

/** ms that a message is worth bringing after it was written. */
const keptFor = 3600_000;
/** The newest so many are brought. */
const mostWaiting = 100;
const pageSize = 100;

/** The last of those that are left out stays as the line, so that it stands where they would. */
export async function skipOld({ store, clock }: Context, { id: linkId }: Pick<BridgeLink, "id">): Promise<void> {
  const before = clock.now() - keptFor;
  for (let more = true; more; ) {
    const waiting = await store.count(bridgeCopies, { linkId, due: true });
    const { rows } = await store.find(bridgeCopies, { where: { linkId, due: true }, limit: pageSize });
    const unposted = rows.filter((row) => row.message === undefined && row.claimedUntil === undefined);
    const left = unposted.filter((row, index) => row.at < before || index < waiting - mostWaiting);
    const last = left.at(-1);
    more = waiting > pageSize && left.length > 1;
    if (!last || (left.length === 1 && last.skipped !== undefined)) return;
    const skipped = countOf(left);
    await store
      .commit([
        ...left.slice(0, -1).map((row) => remove(bridgeCopies, row)),
        patch(bridgeCopies, last, { skipped, talkId: "" }),
      ])
      .catch(unlessOvertaken);
  }
}

/** A message counts once, however many files it has. */
function countOf(left: readonly BridgeCopy[]): number {
  const before = left.reduce((sum, { skipped = 0 }) => sum + skipped, 0);
  return before + new Set(left.flatMap(({ skipped, talkId }) => (skipped === undefined ? [talkId] : []))).size;
}
