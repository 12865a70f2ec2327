// The question to a channel whether it takes part, and the buttons that answer it.
import { button } from "../kernel/action.ts";
import type { Pod } from "../pods/read.ts";
import type { Reader } from "../text.ts";
import { type Button, paragraph, type View } from "../view.ts";
import { answerBridge } from "./answer-bridge.ts";
import { bridgeTexts } from "./texts.ts";

export function askView(pod: Pod, binding: string, reader: Reader): View {
  const t = bridgeTexts(reader);
  return {
    audience: "channel",
    body: [
      paragraph(t.ask(pod.name)),
      paragraph(t.askWhat),
      ...(pod.privacy === "public" ? [] : [paragraph(t.private)]),
      paragraph(t.askWho),
    ],
    buttons: [takePartButtons(binding, reader)],
  };
}

export const takePartButtons = (binding: string, reader: Reader): Button[] => [
  button(bridgeTexts(reader).yes, answerBridge, { binding, answer: "yes" }, "primary"),
  button(bridgeTexts(reader).no, answerBridge, { binding, answer: "no" }),
];
