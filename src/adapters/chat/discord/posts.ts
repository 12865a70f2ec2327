// People's messages carried over: PeerSpark's own, under a line that names their author, so that a nonce keeps them single.

import { MessageFlags, Routes } from "discord-api-types/v10";
import { AppError, reasonOf } from "../../../core/errors.ts";
import type { Address, Platform, Post } from "../../../core/ports/platform.ts";
import { latestEdit } from "../latest-edit.ts";
import type { Api } from "./api.ts";
import { targetOf } from "./directory.ts";
import { nonceFor, writeMessage } from "./messages.ts";
import { type RightsAt, writing } from "./obstacle.ts";
import { has } from "./permissions.ts";
import { asComponents, asContent } from "./render-post.ts";
import { discordTexts } from "./texts.ts";

/** @param rights as `rightsAt`. */
export function postsOver(api: Api, rights: RightsAt): Pick<Platform, "post" | "repost" | "react"> {
  const inTurn = latestEdit();
  async function takesTextsOnly(to: Address): Promise<boolean> {
    const may = await rights(to);
    return may !== undefined && has(may, ...writing(to)) && !has(may, "attachFiles");
  }
  return {
    async post(to, post, key) {
      const body = { ...(post.files.length ? asContent(post) : asComponents(post)), ...nonceFor(to, key) };
      return writeMessage(api, to, body, { answers: answeredBy(to, post), ...filesOf(post) }).catch(async (error) => {
        const noFiles = post.files.length > 0 && reasonOf(error) === "closed" && (await takesTextsOnly(to));
        throw noFiles ? new AppError("unsupported", discordTexts.say("noFiles"), { cause: error }) : error;
      });
    },
    repost: (ref, post) =>
      inTurn(`${targetOf(ref)}/${ref.message}`, async () => {
        const route = Routes.channelMessage(targetOf(ref), ref.message);
        // Which of the two kinds it is, is for Discord to tell: it can't be written as the other.
        const { flags = 0 } = await api.call<{ flags?: number }>("GET", route);
        const body = flags & MessageFlags.IsComponentsV2 ? asComponents(post) : asContent(post);
        await api.call("PATCH", route, { body });
      }),
    async react(ref, emoji, on) {
      const known = qualified(emoji);
      if (!known) throw new AppError("unsupported", discordTexts.say("noEmoji"));
      const route = Routes.channelMessageOwnReaction(targetOf(ref), ref.message, encodeURIComponent(known));
      await api.call(on ? "PUT" : "DELETE", route).catch((error) => {
        if (on || !isOff(error)) throw error;
      });
    },
  };
}

/** Discord replies within one channel only. */
const answeredBy = (to: Address, { repliesTo }: Post) =>
  repliesTo && targetOf(repliesTo) === targetOf(to) ? repliesTo.message : undefined;

const mostFiles = 10;

const filesOf = ({ files }: Post) =>
  files.length
    ? {
        files: files.slice(0, mostFiles).map(({ name, type, content }) => ({ name, contentType: type, data: content })),
      }
    : {};

/** As Discord takes it; other apps leave out the mark that a character is an emoji (U+FE0F). */
const qualified = (emoji: string): string | undefined =>
  [emoji, emoji.replaceAll(/(?!\p{Emoji_Presentation})\p{Emoji}(?!\ufe0f|\p{Emoji_Modifier})/gu, "$&\ufe0f")].find(
    (one) => /^\p{RGI_Emoji}$/v.test(one),
  );

/** There is nothing to take back. */
const isOff = (error: unknown): boolean =>
  reasonOf(error) === "gone" || (error instanceof AppError && error.code === "unsupported");
