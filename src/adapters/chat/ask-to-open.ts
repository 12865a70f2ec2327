// Asks somebody in a place to open a private chat, with one message however often, and takes it away once they have.
import { asksToOpen } from "../../core/conversations/read.ts";
import { AppError } from "../../core/errors.ts";
import { remove, upsert } from "../../core/kernel/change.ts";
import type { Context } from "../../core/kernel/house.ts";
import type { Account, Fitted, MessageRef, Platform, Update } from "../../core/ports/platform.ts";

/** ms; after that it has scrolled away, and another one is written. */
const inSight = 10 * 60_000;

const personOf = ({ platform, workspace, userId }: Account) => `${platform}:${workspace}:${userId}`;

/** The message that stands is changed: it leads to what was asked for last. */
export async function askToOpen(ctx: Context, platform: Platform, update: Update, message: Fitted): Promise<void> {
  const { account, place, reply } = update;
  const key = account && { person: personOf(account), channel: place.channel };
  const known = key && (await ctx.store.getBy(asksToOpen, key));
  const at = ctx.clock.now();
  if (known && known.at > at - inSight && (await changed(platform, refOf(platform.name, known), message))) return;
  const ref = await reply.show(message);
  if (!key || !ref) return;
  const state = { thread: ref.thread, message: ref.message, at };
  await ctx.store.commit([upsert(asksToOpen, key, { id: ctx.secrets.id(), ...key, ...state }, state)]);
}

/** False where that message is no more. */
const changed = (platform: Platform, ref: MessageRef, message: Fitted): Promise<boolean> =>
  platform.edit(ref, message).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError) return false;
      throw error;
    },
  );

const refOf = (platform: string, { channel, thread, message }: Omit<MessageRef, "platform">): MessageRef => ({
  platform,
  channel,
  message,
  ...(thread && { thread }),
});

/** They have opened it: nothing asks them any more. Never rejects. */
export async function opened({ store, log }: Context, platform: Platform, account: Account): Promise<void> {
  try {
    const { rows } = await store.find(asksToOpen, { where: { person: personOf(account) }, limit: 50 });
    for (const row of rows) {
      await platform.remove(refOf(platform.name, row));
      await store.commit([remove(asksToOpen, row.id)]);
    }
  } catch (error) {
    log.warn({}, "a message that asks to open a private chat could not be taken away", error);
  }
}
