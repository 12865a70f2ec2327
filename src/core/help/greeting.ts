// The first word to somebody new: who this is, and three things to try.
import { button } from "../kernel/action.ts";
import { zoneButton } from "../members/read.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { showHelp } from "./show-help.ts";
import { helpTexts } from "./texts.ts";

/** @param placeless nobody has told the time zone: it is asked for. */
export function greetingView(reader: Reader, name: string, placeless = false): View {
  const t = helpTexts(reader);
  return {
    title: t.hello(name),
    body: [{ paragraph: t.whoIAm }, { paragraph: t.threeThings }, { list: [t.tryPod, t.tryEvent, t.tryReminder] }],
    ...(placeless && { footer: t.whereAreYou }),
    buttons: [[...(placeless ? [zoneButton(reader)] : []), button(t.help, showHelp, {}, "primary")]],
  };
}
