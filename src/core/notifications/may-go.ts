// Asked when a notification's turn has come, before anything is sent: may it go now?
import type { Context } from "../kernel/house.ts";
import type { Notification } from "./notification.ts";

/** False when it was put off meanwhile, or is told in another way: whoever put it off has given it its next turn. */
export const mayGo = async ({ clock }: Context, { dueAt }: Notification): Promise<boolean> =>
  dueAt !== undefined && dueAt <= clock.now();
