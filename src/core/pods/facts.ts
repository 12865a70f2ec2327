// What happens to pods. `subject` is the pod's id; everybody else is named by a member's id.
import { z } from "zod";
import { defineFact } from "../kernel/fact.ts";
import { just, maybe } from "../plain-shapes.ts";

const pod = { subject: just.string };

export const podCreated = defineFact("pod.created", z.object({ ...pod, by: just.string }));
/** `by` is who let them in: by an invitation or by approving a request. */
export const podJoined = defineFact(
  "pod.joined",
  z.object({
    ...pod,
    member: just.string,
    via: z.enum(["open", "invite", "approval"]),
    by: maybe.string,
  }),
);
export const podLeft = defineFact("pod.left", z.object({ ...pod, member: just.string }));
/** Something about the pod itself is different, such as its number of members after two of them turned out to be one. */
export const podChanged = defineFact("pod.changed", z.object(pod));
/** `member` owns the pod now instead of `by`, who stays as its admin. */
export const podHandedOver = defineFact("pod.handed-over", z.object({ ...pod, member: just.string, by: just.string }));
export const podArchived = defineFact("pod.archived", z.object({ ...pod, by: just.string }));

/** `announcement` is the row that says what. */
export const podAnnounced = defineFact(
  "pod.announced",
  z.object({ ...pod, announcement: just.string, by: just.string }),
);

const request = { ...pod, request: just.string, member: just.string };
export const podRequested = defineFact("pod.requested", z.object(request));
export const podRefused = defineFact("pod.refused", z.object({ ...request, by: just.string }));

/** `invite` is an invitation for `member` alone. */
export const podInvited = defineFact(
  "pod.invited",
  z.object({ ...pod, invite: just.string, member: just.string, by: just.string }),
);

const place = {
  ...pod,
  by: just.string,
  platform: just.string,
  channel: just.string,
  /** "" for a whole channel. */
  thread: just.string,
};
export const podBound = defineFact("pod.bound", z.object(place));
export const podUnbound = defineFact("pod.unbound", z.object(place));
/** PeerSpark may not write in the place of `binding` for now ("closed"), or never again ("gone"). */
export const podPlaceShut = defineFact(
  "pod.place-shut",
  z.object({ ...pod, binding: just.string, why: z.enum(["closed", "gone"]) }),
);
/** It may again; it could not since then (epoch ms). */
export const podPlaceOpened = defineFact(
  "pod.place-opened",
  z.object({ ...pod, binding: just.string, since: just.int }),
);
