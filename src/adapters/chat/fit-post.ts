// Cuts a person's message to what a platform takes in one, with a visible mark.
import type { Capabilities, Post } from "../../core/ports/platform.ts";
import { plain, type Reader } from "../../core/text.ts";
import { shorten } from "./rich.ts";

/** What platforms take beside a file; the bridge sends a longer text in a message of its own. */
const besideFile = 900;
/** Plain text reads the same to everybody. */
const anybody: Reader = { language: "en", zone: "UTC", platform: "" };

export function fitPost(post: Post, { text, costs }: Pick<Capabilities, "text" | "costs">): Post {
  const most = post.files.length ? Math.min(text, besideFile) : text;
  return { ...post, text: plain(shorten([post.text], most, { reader: anybody, costs }), anybody) };
}
