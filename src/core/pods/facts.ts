// What happens to pods. `subject` is the pod's id; everybody else is named by a member's id.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";

const pod = { subject: z.string() };

export const podCreated = defineFact("pod.created", z.object({ ...pod, by: z.string() }));
/** `by` is who let them in: by an invitation or by approving a request. */
export const podJoined = defineFact(
  "pod.joined",
  z.object({
    ...pod,
    member: z.string(),
    via: z.enum(["open", "invite", "approval"]),
    by: z.string().optional(),
  }),
);
export const podLeft = defineFact("pod.left", z.object({ ...pod, member: z.string() }));
/** Something about the pod itself is different, such as its number of members after two of them turned out to be one. */
export const podChanged = defineFact("pod.changed", z.object(pod));
/** `member` owns the pod now instead of `by`, who stays as its admin. */
export const podHandedOver = defineFact("pod.handed-over", z.object({ ...pod, member: z.string(), by: z.string() }));
export const podArchived = defineFact("pod.archived", z.object({ ...pod, by: z.string() }));

/** `announcement` is the row that says what. */
export const podAnnounced = defineFact("pod.announced", z.object({ ...pod, announcement: z.string(), by: z.string() }));

const request = { ...pod, request: z.string(), member: z.string() };
export const podRequested = defineFact("pod.requested", z.object(request));
export const podRefused = defineFact("pod.refused", z.object({ ...request, by: z.string() }));

/** `invite` is an invitation for `member` alone. */
export const podInvited = defineFact(
  "pod.invited",
  z.object({ ...pod, invite: z.string(), member: z.string(), by: z.string() }),
);

const place = {
  ...pod,
  by: z.string(),
  platform: z.string(),
  channel: z.string(),
  /** "" for a whole channel. */
  thread: z.string(),
};
export const podBound = defineFact("pod.bound", z.object(place));
export const podUnbound = defineFact("pod.unbound", z.object(place));
/** PeerSpark may not write in the place of `binding` for now ("closed"), or never again ("gone"). */
export const podPlaceShut = defineFact(
  "pod.place-shut",
  z.object({ ...pod, binding: z.string(), why: z.enum(["closed", "gone"]) }),
);
/** It may again; it could not since then (epoch ms). */
export const podPlaceOpened = defineFact("pod.place-opened", z.object({ ...pod, binding: z.string(), since: z.int() }));
