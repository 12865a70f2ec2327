// Fetching a file from Discord's own file servers, and from nowhere else.
import { AppError } from "../../../core/errors.ts";
import type { Platform } from "../../../core/ports/platform.ts";
import { discordTexts } from "./texts.ts";

/** ms */
const withinMs = 30_000;

/** @param hosts those that files are taken from: the address comes over the wire. */
export const downloads =
  (hosts: readonly string[]): Platform["download"] =>
  async ({ source, bytes }, most) => {
    if (bytes > most) throw refused("tooLarge");
    if (!URL.canParse(source) || !hosts.includes(new URL(source).host)) throw refused("gone");
    const response = await fetch(source, { signal: AbortSignal.timeout(withinMs), redirect: "error" }).catch(
      (error) => {
        throw new AppError("unavailable", discordTexts.say("noAnswer"), { cause: error });
      },
    );
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      throw refused("gone");
    }
    return collected(response.body, most);
  };

const refused = (key: "tooLarge" | "gone") =>
  new AppError("unavailable", discordTexts.say(key), { detail: { reason: "gone" } });

async function collected(body: ReadableStream<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > most) throw refused("tooLarge");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
