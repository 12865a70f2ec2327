// Turning a pod's bridge on and off, and seeing which of its channels take part.
import { z } from "zod";
import { button, defineAction } from "../kernel/action.ts";
import { patch, untilSettled } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { podChanged } from "../pods/facts.ts";
import { ownPodRef, type Pod, pods, requireMember, requireRole, whichPod } from "../pods/read.ts";
import type { Reader } from "../text.ts";
import { paragraph, type View } from "../view.ts";
import { type BridgeState, bridgeStateOf } from "./bridge-state.ts";
import { bridgeSwitched } from "./facts.ts";
import { bridgeTexts } from "./texts.ts";
import { takePartButtons } from "./views.ts";

export const switchBridge = defineAction({
  name: "pod.bridge",
  summary: bridgeTexts.say("summary"),
  title: bridgeTexts.say("formTitle"),
  examples: { en: ["/pod bridge", "/pod bridge on"], de: ["/pod bridge", "/pod bridge an"] },
  who: "member",
  input: z.object({
    state: ask(bridgeTexts.say("askState"), z.enum(["on", "off"])).optional(),
    pod: ask(bridgeTexts.say("askPod"), ownPodRef).optional(),
  }),
  async run(ctx, { state, pod: given }): Promise<BridgeState> {
    const pod = await whichPod(ctx, given);
    const { role } = await (state ? requireRole(ctx, pod, "owner") : requireMember(ctx, pod));
    const now = state ? await turn(ctx, pod.id, state === "on") : pod;
    return bridgeStateOf(ctx, now, role === "owner");
  },
  view: bridgeView,
});

/** A bridge that is turned on again is another one: its channels are asked anew. */
function turn(ctx: ActionContext, id: string, on: boolean): Promise<Pod> {
  return untilSettled(async () => {
    const pod = (await ctx.store.get(pods, id))!;
    if (on === (pod.bridge !== undefined)) return pod;
    const bridge = on ? ctx.secrets.id() : undefined;
    await ctx.store.commit([
      patch(pods, pod, { bridge }),
      bridgeSwitched(ctx, { subject: id, bridge: bridge ?? pod.bridge!, on, by: ctx.actor.id }),
      podChanged(ctx, { subject: id }),
    ]);
    return { ...pod, bridge, rev: pod.rev + 1 };
  });
}

function bridgeView({ pod, owner, channels, here }: BridgeState, reader: Reader): View {
  const t = bridgeTexts(reader);
  const on = pod.bridge !== undefined;
  const turn = owner
    ? [
        on
          ? button(t.turnOff, switchBridge, { state: "off", pod: pod.id }, "danger")
          : button(t.turnOn, switchBridge, { state: "on", pod: pod.id }, "primary"),
      ]
    : [];
  return {
    title: t.title(pod.name),
    body: [
      paragraph(on ? t.isOn : t.isOff),
      ...(on && pod.privacy !== "public" ? [paragraph(t.private)] : []),
      ...(channels.length ? [] : [paragraph(t.noChannels)]),
    ],
    ...(on && {
      fields: channels.map(({ where, state, here: isHere }) => ({
        name: isHere ? t.here(where) : where,
        value: t[state],
      })),
    }),
    buttons: [turn, on && here ? takePartButtons(here, reader) : []].filter((row) => row.length > 0),
  };
}
