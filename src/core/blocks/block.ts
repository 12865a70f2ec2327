// Who wants to hear nothing of whom.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { pages } from "../kernel/pages.ts";
import { just } from "../plain-shapes.ts";
import type { Store } from "../ports/store.ts";

export const blocks = collection(
  "blocks",
  z.object({ memberId: just.string, blockedId: just.string, createdAt: just.int }),
  {
    unique: [["memberId", "blockedId"]],
    indexes: [["blockedId"]],
    members: ["memberId", "blockedId"],
  },
);

/** The members who have blocked this one. */
export async function blockersOf(store: Store, blockedId: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for await (const rows of pages(store, blocks, { where: { blockedId }, limit: 500 }))
    for (const { memberId } of rows) found.add(memberId);
  return found;
}
