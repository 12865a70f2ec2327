// What a space is shown.
import { button, formButton } from "../kernel/action.ts";
import { createPod } from "../pods/read.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { setUpSpace } from "./setup-space.ts";
import { spaceTexts } from "./texts.ts";

/** The first words in a new space, and what to do next. Everybody sees the button; it works for who administers the space. */
export function welcomeView(reader: Reader): View {
  const t = spaceTexts(reader);
  return {
    title: t.welcome,
    body: [{ paragraph: t.what }, { list: [t.create, t.bind], ordered: true }],
    footer: t.more,
    buttons: [[button(t.setUp, setUpSpace, {}, "primary")]],
  };
}

/** The first words where a pod is at home from before. */
export const backView = (reader: Reader, pod: string): View => note(spaceTexts(reader).back(pod));

/** To who has put PeerSpark into a space, in private: what works there, and how to go on from there. */
export function installedView(reader: Reader, space: string): View {
  const t = spaceTexts(reader);
  return {
    title: t.welcome,
    body: [{ paragraph: t.whatIn(space) }, { list: [t.createFirst, t.bindThere], ordered: true }],
    footer: t.more,
    buttons: [[formButton(t.makePod, createPod)]],
  };
}
