// Requests to join a pod that lets people in by approval.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { insert, patch } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import type { ActionContext } from "../kernel/house.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Row } from "../ports/store.ts";
import { podRequested } from "./facts.ts";
import { dayMs } from "./invite.ts";
import type { Pod } from "./pod.ts";
import { podTexts } from "./texts.ts";

export const joinRequests = collection(
  "pod_requests",
  z.object({
    podId: just.string,
    memberId: just.string,
    status: z.enum(["pending", "approved", "refused"]).default("pending"),
    askedAt: just.int,
    decidedBy: maybe.string,
    decidedAt: maybe.int,
  }),
  { unique: [["podId", "memberId"]], indexes: [["memberId"]], members: ["memberId", "decidedBy"] },
);
export type JoinRequest = Row<typeof joinRequests>;

/** Somebody who was refused can ask again after this long (ms). */
export const askAgainAfter = 7 * dayMs;

/** True when it is a new request, false when one is open already. @throws AppError `conflict` soon after a refusal. */
export async function askToJoin(ctx: ActionContext, pod: Pod): Promise<boolean> {
  const { store, actor, secrets, clock } = ctx;
  const key = { podId: pod.id, memberId: actor.id };
  const former = await store.getBy(joinRequests, key);
  if (former?.status === "pending") return false;
  const again = (former?.decidedAt ?? 0) + askAgainAfter;
  if (former?.status === "refused" && again > clock.now())
    throw new AppError("conflict", podTexts.say("askAgainLater", { name: pod.name, again }));
  const id = former?.id ?? secrets.id();
  const asked = { status: "pending" as const, askedAt: clock.now() };
  try {
    await store.commit([
      former ? patch(joinRequests, former, asked) : insert(joinRequests, { id, ...key, ...asked }),
      podRequested(ctx, { subject: pod.id, request: id, member: actor.id }),
    ]);
    return true;
  } catch (error) {
    if (isConflict(error) && error.detail.collection === joinRequests.name) return false;
    throw error;
  }
}
