// Fifty places a member: an open reminder holds one, so that fifty is the most whoever is faster.
import { AppError, isConflict } from "../errors.ts";
import type { Context } from "../kernel/house.ts";
import { mostOpen, openReminders } from "./reminder.ts";
import { reminderTexts } from "./texts.ts";

/**
 * Writes with a free place; again when somebody was faster.
 * @throws AppError `conflict` when all are taken, and what `write` throws besides.
 */
export async function withFreeSlot<T>(
  { store, secrets }: Pick<Context, "store" | "secrets">,
  memberId: string,
  write: (slot: number) => Promise<T>,
): Promise<T> {
  for (;;) {
    const open = await openReminders(store, memberId);
    const taken = new Set(open.map((reminder) => reminder.slot));
    const free = Array.from({ length: mostOpen }, (_, slot) => slot).filter((slot) => !taken.has(slot));
    if (open.length >= mostOpen || free.length === 0)
      throw new AppError("conflict", reminderTexts.say("tooMany", mostOpen));
    try {
      return await write(free[Number.parseInt(secrets.random(4, "0123456789"), 10) % free.length]!);
    } catch (error) {
      if (!isConflict(error) || error.detail.key !== "memberId+slot") throw error;
    }
  }
}
