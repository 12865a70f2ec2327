// The first word to somebody new: who this is, and three things to try.
import { button } from "../kernel/action.ts";
import { zoneButton } from "../members/read.ts";
import { md, type Reader } from "../text.ts";
import type { View } from "../view.ts";
import { showHelp } from "./show-help.ts";
import { helpTexts } from "./texts.ts";

/** @param placeless nobody has told the time zone: it is asked for. */
export function greetingView(reader: Reader, name: string, placeless = false): View {
  const t = helpTexts(reader);
  const reminder =
    reader.language === "de"
      ? "/remind me Kapitel 3 wiederholen morgen um 7"
      : "/remind me to revise chapter 3 tomorrow at 7";
  return {
    title: t.hello(name),
    body: [
      { paragraph: t.whoIAm },
      { paragraph: t.threeThings },
      {
        list: [
          md`${[{ code: "/pod create Linear Algebra" }]} ${t.tryPod}`,
          md`${[{ code: "/event create Revision, Thursday 6pm for 90 min" }]} ${t.tryEvent}`,
          md`${[{ code: reminder }]} ${t.tryReminder}`,
        ],
      },
    ],
    ...(placeless && { footer: t.whereAreYou }),
    buttons: [[...(placeless ? [zoneButton(reader)] : []), button(t.help, showHelp, {}, "primary")]],
  };
}
