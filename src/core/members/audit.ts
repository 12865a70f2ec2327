// The audit log: who did what to whom, kept for the operator.
import { z } from "zod";
import { insert } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { Context } from "../kernel/house.ts";
import { just } from "../plain-shapes.ts";

export const auditLog = collection(
  "audit_log",
  z.object({
    actorId: just.string,
    what: just.string,
    subject: just.string,
    details: z.record(just.string, z.unknown()).default({}),
    at: just.int,
  }),
  { indexes: [["subject", "at"]] },
);

/** A step of a commit that records it. */
export const audit = (
  ctx: Pick<Context, "secrets" | "clock">,
  entry: { actorId: string; what: string; subject: string; details?: Record<string, unknown> },
) => insert(auditLog, { id: ctx.secrets.id(), at: ctx.clock.now(), ...entry });
