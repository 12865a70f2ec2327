// Fetching a file from Discord's own file servers, and from nowhere else.
import { AppError } from "../../../core/errors.ts";
import type { Platform } from "../../../core/ports/platform.ts";
import { upTo } from "../up-to.ts";
import { discordTexts } from "./texts.ts";

/** ms, to its last byte. */
const withinMs = 60_000;

/** @param hosts those that files are taken from: the address comes over the wire. */
export const downloads =
  (hosts: readonly string[]): Platform["download"] =>
  async ({ source, bytes }, most) => {
    if (bytes > most) throw refused("tooLarge");
    if (!URL.canParse(source) || !hosts.includes(new URL(source).host)) throw refused("gone");
    const response = await fetch(source, { signal: AbortSignal.timeout(withinMs), redirect: "error" }).catch(
      (error) => {
        throw noAnswer(error);
      },
    );
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw refused("gone");
    }
    return upTo(response.body, most, { tooLarge: () => refused("tooLarge"), broken: noAnswer });
  };

const noAnswer = (cause: unknown) => new AppError("unavailable", discordTexts.say("noAnswer"), { cause });
const refused = (key: "tooLarge" | "gone") =>
  new AppError("unavailable", discordTexts.say(key), { detail: { reason: "gone" } });
