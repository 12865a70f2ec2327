// What a space is shown.
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { spaceTexts } from "./texts.ts";

/** The first words in a new space, and what to do next. */
export function welcomeView(reader: Reader): View {
  const t = spaceTexts(reader);
  return {
    title: t.welcome,
    body: [{ paragraph: t.what }, { list: [t.create, t.bind], ordered: true }],
    footer: t.more,
  };
}
