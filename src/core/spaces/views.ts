// What a space is shown.
import { button, formButton } from "../kernel/action.ts";
import { type AtHome, createPod } from "../pods/read.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
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

/** To a place that is somebody's home: nothing has to be begun. */
export function helloAgainView(atHome: readonly AtHome[], reader: Reader): View {
  const t = spaceTexts(reader);
  return {
    title: t.welcomeBack,
    body: [{ list: atHome.map(({ pod, place }) => (place ? t.atHomeIn({ pod, place }) : t.atHomeHere(pod))) }],
    footer: t.more,
    buttons: [[button(t.setUp, setUpSpace, {})]],
  };
}

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
