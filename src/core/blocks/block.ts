// Who wants to hear nothing of whom.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import type { Row, Store } from "../ports/store.ts";

export const blocks = collection(
  "blocks",
  z.object({ memberId: z.string(), blockedId: z.string(), createdAt: z.number().int() }),
  {
    unique: [["memberId", "blockedId"]],
    indexes: [["blockedId"]],
    members: ["memberId", "blockedId"],
  },
);
export type Block = Row<typeof blocks>;

/** The members who have blocked this one. */
export async function blockersOf(store: Store, blockedId: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await store.find(blocks, { where: { blockedId }, limit: 500, after });
    for (const { memberId } of page.rows) found.add(memberId);
    after = page.next;
  }
  return found;
}
