// Whether there is still a point in telling it when its turn has come.
import type { AnyTelling, Context } from "../kernel/house.ts";
import type { Notification } from "./notification.ts";

type Told = Pick<Notification, "data">;

export const isPast = (kind: Pick<AnyTelling, "pastAt">, { data }: Told, now: number): boolean =>
  (kind.pastAt?.(data) ?? Number.POSITIVE_INFINITY) <= now;

/** What the inbox keeps of one that is not true any more, and why. */
export const untrue = { held: "untrue", left: "untrue" } as const;

/** Of those that have waited, the ones that still hold and are not past. Each costs a read or two where its kind has something to ask. */
export async function stillTrue<T extends Told & Pick<Notification, "type">>(
  ctx: Pick<Context, "store" | "clock" | "house">,
  memberId: string,
  rows: readonly T[],
): Promise<readonly T[]> {
  const now = ctx.clock.now();
  const holds = await Promise.all(
    rows.map(async (row) => {
      const kind = ctx.house.notifications.get(row.type);
      return !kind || (!isPast(kind, row, now) && ((await kind.stillTrue?.(ctx, row.data, memberId)) ?? true));
    }),
  );
  return rows.filter((_, at) => holds[at]);
}
