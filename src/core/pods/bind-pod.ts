// Making a channel, a topic or a thread a pod's home.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { buttonHere, defineAction } from "../kernel/action.ts";
import { insert, patch } from "../kernel/change.ts";
import type { ActionContext } from "../kernel/house.ts";
import { ask } from "../kernel/input.ts";
import { maybe } from "../plain-shapes.ts";
import type { Place } from "../ports/platform.ts";
import { administersPlace, placeOf, spaceIdOf } from "../spaces/read.ts";
import { cutTo, type Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { type Binding, bindingAt, bindings, isAt } from "./binding.ts";
import { podBound, podUnbound } from "./facts.ts";
import { requireRole } from "./membership.ts";
import { type Pod, pods } from "./pod.ts";
import { whichPod } from "./pod-here.ts";
import { maySee, ownPodRef } from "./pod-ref.ts";
import { openAgain, reopened } from "./shut-place.ts";
import { podTexts } from "./texts.ts";

export const bindPod = defineAction({
  name: "pod.bind",
  summary: podTexts.say("bindSummary"),
  title: podTexts.say("bindTitle"),
  examples: { en: ["/pod bind Linear Algebra"], de: ["/pod bind Lineare Algebra"] },
  who: "member",
  input: z.object({
    pod: ask(podTexts.say("askPod"), ownPodRef).optional(),
    sure: maybe.boolean,
  }),
  async run(ctx, { pod: given, sure = false }): Promise<Outcome> {
    const place = placeOf(ctx);
    if (place.kind === "direct") throw new AppError("unsupported", podTexts.say("bindInAGroup"));
    const pod = await whichPod(ctx, given);
    await requireRole(ctx, pod, "admin");
    if (!(await administersPlace(ctx, place))) throw new AppError("forbidden", podTexts.say("notYourPlace"));
    const obstacle = await ctx.messenger.obstacle(place);
    if (obstacle) throw new AppError("unsupported", obstacle);
    if (pod.privacy !== "public" && !sure && !(await isBound(ctx, pod, place))) return { pod, step: "sure?" };
    return { pod, step: (await bind(ctx, pod, place)) ? "bound" : "before" };
  },
  view: boundView,
});

interface Outcome {
  readonly pod: Pod;
  /** It has still to be confirmed that everybody in the place may read what is for members, or what has happened. */
  readonly step: "sure?" | "bound" | "before";
}

function boundView({ pod, step }: Outcome, reader: Reader): View {
  const t = podTexts(reader);
  if (step === "before") return note(t.boundBefore(pod.name));
  if (step === "bound") return { ...note(t.bound(pod)), audience: "channel" };
  const sure = buttonHere(t.bringHere, bindPod, { pod: pod.id, sure: true }, "danger");
  return { ...note(t.reallyBind(pod.name)), buttons: [[sure]] };
}

async function isBound({ store }: ActionContext, pod: Pod, place: Place): Promise<boolean> {
  const binding = await bindingAt(store, place);
  return binding?.podId === pod.id && isAt(binding, place);
}

/** False when it is bound there already. @throws AppError `conflict` when another pod is. */
async function bind(ctx: ActionContext, pod: Pod, place: Place): Promise<boolean> {
  const { platform, channel, thread = "" } = place;
  const here = { platform, channel, thread };
  const called = namesOf(place);
  const former = await ctx.store.getBy(bindings, here);
  if (former && (await isHeld(ctx, former, pod))) {
    const now = { ...called, ...openAgain };
    const isNews = Object.entries(now).some(([field, value]) => former[field as keyof typeof now] !== value);
    if (isNews) await ctx.store.commit([patch(bindings, former.id, now), ...reopened(ctx, former)]);
    return false;
  }
  const state = {
    ...called,
    podId: pod.id,
    space: spaceIdOf(place),
    boundBy: ctx.actor.id,
    boundAt: ctx.clock.now(),
    ...openAgain,
  };
  try {
    await ctx.store.commit([
      former ? patch(bindings, former, state) : insert(bindings, { id: ctx.secrets.id(), ...here, ...state }),
      ...(former && former.podId !== pod.id
        ? [podUnbound(ctx, { subject: former.podId, by: ctx.actor.id, ...here })]
        : []),
      ...(former?.podId === pod.id ? reopened(ctx, former) : []),
      podBound(ctx, { subject: pod.id, by: ctx.actor.id, ...here }),
    ]);
    return true;
  } catch (error) {
    if (isConflict(error) && error.detail.collection === bindings.name) return bind(ctx, pod, place);
    throw error;
  }
}

const namesOf = ({ title, space }: Place) => ({
  title: title && cutTo(title, 100),
  spaceTitle: space && cutTo(space.title, 100),
});

/** True when it is this pod's, false when it is free to take. @throws AppError `conflict`, which names what may be seen. */
async function isHeld(ctx: ActionContext, former: Binding, pod: Pod): Promise<boolean> {
  if (former.goneAt !== undefined) return false;
  if (former.podId === pod.id) return true;
  const other = await ctx.store.get(pods, former.podId);
  if (!other?.isActive) return false;
  const named = (await maySee(ctx, other)) ? podTexts.say("boundTo", other.name) : podTexts.say("boundToOther");
  throw new AppError("conflict", named);
}
