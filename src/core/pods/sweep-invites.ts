// Forgets invitations that ran out a month ago.
import { z } from "zod";
import { remove } from "../kernel/change.ts";
import { defineJob } from "../kernel/job.ts";
import { dayMs, invites } from "./invite.ts";

/** Until then somebody who comes late is told that it has run out. */
const kept = 30 * dayMs;

export const sweepInvites = defineJob({
  name: "invite.sweep",
  input: z.object({}),
  every: dayMs,
  async run({ store, clock }) {
    const before = clock.now() - kept;
    for (;;) {
      const { rows } = await store.find(invites, {
        where: { expiresAt: { lt: before } },
        orderBy: { field: "expiresAt" },
        limit: 100,
      });
      if (rows.length === 0) return;
      await store.commit(rows.map((row) => remove(invites, row.id)));
    }
  },
});
