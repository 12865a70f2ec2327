// An account that was taken off: the cards in its direct messages show no more than they did.
import { isOutOfReach } from "../errors.ts";
import { forgetPlace } from "../kernel/card.ts";
import { on } from "../kernel/fact.ts";
import { accountUnlinked } from "./facts.ts";

export const forgetChat = on(
  accountUnlinked,
  "forget-chat-of-account",
  async (ctx, { platform, workspace, userId }) => {
    if (!ctx.messenger.has(platform)) return;
    try {
      await forgetPlace(ctx.store, await ctx.messenger.direct({ platform, workspace, userId, name: userId }));
    } catch (error) {
      // Where they can't be written to, no card is edited either.
      if (!isOutOfReach(error)) throw error;
    }
  },
);
