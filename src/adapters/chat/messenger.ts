// Writes views to people and channels through whatever platform they are on.
import { AppError } from "../../core/errors.ts";
import { rememberCard } from "../../core/kernel/card.ts";
import type { Context } from "../../core/kernel/house.ts";
import type { Messenger } from "../../core/ports/messenger.ts";
import type { Address, MessageRef, Place, Platform } from "../../core/ports/platform.ts";
import { appName, type Reader } from "../../core/text.ts";
import type { View } from "../../core/view.ts";
import { buttonData } from "./button-data.ts";
import { commandTable } from "./commands.ts";
import { fitView } from "./fit.ts";
import { fitPost } from "./fit-post.ts";
import { spelled } from "./spelled.ts";
import { chatTexts } from "./texts.ts";

type Needs = Pick<Context, "house" | "store" | "secrets" | "clock">;

export function messengerOf(ctx: Needs, platforms: ReadonlyMap<string, Platform>): Messenger {
  const platformOf = ({ platform }: Pick<Address, "platform">): Platform => {
    const found = platforms.get(platform);
    if (!found)
      throw new AppError("unavailable", chatTexts.say("noPlatform", appName(platform)), { detail: { reason: "off" } });
    return found;
  };
  return {
    has: (platform) => platforms.has(platform),
    platforms: () => [...platforms.keys()],
    async send(to, view, reader, key) {
      const platform = platformOf(to);
      const messages = await fitted(ctx, platform, view, reader);
      let ref: MessageRef | undefined;
      for (const [index, message] of messages.entries())
        ref = await platform.send(to, message, key && (index === 0 ? key : `${key}.${index}`));
      if (view.live) await rememberCard(ctx, view.live, ref!, reader);
      return ref!;
    },
    async edit(ref, view, reader) {
      const platform = platformOf(ref);
      const [message] = await fitted(ctx, platform, view, reader);
      await platform.edit(ref, message!);
    },
    remove: async (ref) => platformOf(ref).remove(ref),
    async post(to, post, key) {
      const platform = platformOf(to);
      return platform.post(to, fitPost(post, platform.capabilities), key);
    },
    async repost(ref, post) {
      const platform = platformOf(ref);
      await platform.repost(ref, fitPost(post, platform.capabilities));
    },
    react: async (ref, emoji, on) => platformOf(ref).react(ref, emoji, on),
    download: async (platform, file, most) => platformOf({ platform }).download(file, most),
    fileBytes: (platform) => platforms.get(platform)?.capabilities.fileBytes ?? 0,
    direct: async (account) => platformOf(account).direct(account),
    administers: async (account, place, extent) =>
      platforms.get(account.platform)?.administers(account, place, extent) ?? false,
    obstacle: async (to) => platformOf(to).obstacle(to),
    whispers: (platform) => platforms.get(platform)?.capabilities.ephemeral ?? false,
    hasCalendar: (platform) => platforms.get(platform)?.capabilities.calendar ?? false,
    list: async (platform, space, listing, id) => platformOf({ platform }).list(space, listing, id),
    unlist: async (platform, space, id) => platformOf({ platform }).unlist(space, id),
    idempotentMs: (platform) => platforms.get(platform)?.capabilities.idempotentMs ?? 0,
    openPrivately: (platform, payload) => platforms.get(platform)?.openPrivately(payload),
  };
}

/** With its commands as the platform has them. */
export const spelledFor = ({ house }: Pick<Context, "house">, { naming }: Platform, view: View, reader: Reader) =>
  spelled(view, reader, commandTable(house), naming);

/**
 * A view cut for the platform, with every button leading somewhere.
 * @param place where it was asked for, if it is shown elsewhere.
 */
export async function fitted(ctx: Needs, platform: Platform, view: View, reader: Reader, place?: Place) {
  const data = buttonData(ctx, platform.capabilities.buttonData, place);
  const messages = fitView(spelledFor(ctx, platform, view, reader), reader, platform.capabilities, data.of);
  await data.stored();
  return messages;
}
