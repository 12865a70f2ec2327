// The turn of the queue that a waiting notification needs. Jobs are named here, so that whoever puts one off need not know them.
import type { AnyTelling } from "../kernel/house.ts";
import type { JobRequest } from "../ports/queue.ts";
import type { Held } from "./channel.ts";
import type { Notification } from "./notification.ts";

/** What waits for these is told as one with others that do. */
const gathered: ReadonlySet<Held | undefined> = new Set<Held>(["digest", "bundle", "budget", "late"]);
export const isGathered = ({ held }: Pick<Notification, "held">): boolean => gathered.has(held);

type Waiting = Pick<Notification, "id" | "memberId" | "dueAt" | "held">;

/** At the time it is due; a second request for the same is ignored by its key. */
export const turnFor = (row: Waiting, kind?: Pick<AnyTelling, "group">, correlation?: string): JobRequest =>
  isGathered(row) ? gatherRequest(row, correlation) : deliverRequest(row, kind?.group, correlation);

/** While a turn is under way its key is taken: the next one has another. */
export const turnAfter = (row: Waiting, now: number, kind?: Pick<AnyTelling, "group">): JobRequest => {
  const turn = turnFor(row, kind);
  return { ...turn, key: `${turn.key}:${now}` };
};

export const deliverRequest = (
  { id, dueAt }: Pick<Notification, "id" | "dueAt">,
  group?: AnyTelling["group"],
  correlation?: string,
): JobRequest => ({
  job: "notification.deliver",
  input: { notification: id },
  key: `notification:${id}:${dueAt}`,
  runAt: dueAt,
  priority: group === "always" ? 3 : 5,
  correlation,
});

const gatherRequest = ({ memberId, dueAt }: Waiting, correlation?: string): JobRequest => ({
  job: "notification.gather",
  input: { member: memberId },
  key: `gather:${memberId}:${dueAt}`,
  runAt: dueAt,
  correlation,
});
