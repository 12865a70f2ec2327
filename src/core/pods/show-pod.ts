// A pod's card.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { ask } from "../kernel/input.ts";
import { podView } from "./pod-card.ts";
import { whichPod } from "./pod-here.ts";
import { podRef } from "./pod-ref.ts";
import { podTexts } from "./texts.ts";

/** Shown to everybody in a channel only where everybody may see the pod. */
export const showPod = defineAction({
  name: "pod.info",
  summary: podTexts.say("infoSummary"),
  examples: ["/pod info", "/pod info Linear Algebra"],
  who: "member",
  input: z.object({ pod: ask(podTexts.say("askPod"), podRef).optional() }),
  run: (ctx, { pod }) => whichPod(ctx, pod),
  view: (pod, reader) => ({
    ...podView(pod, reader),
    audience: pod.privacy === "public" ? "channel" : "caller",
  }),
});
