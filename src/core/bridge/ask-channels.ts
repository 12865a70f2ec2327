// Asks each channel of a pod whether it takes part in the bridge, and lets go of those that are no longer part of it.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { remove } from "../kernel/change.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { podBound, podUnbound } from "../pods/facts.ts";
import { addressOf, bindings, bindingsOf, pods } from "../pods/read.ts";
import type { JobRequest } from "../ports/queue.ts";
import type { Store } from "../ports/store.ts";
import { bridgeSwitched } from "./facts.ts";
import { type BridgeLink, bridgeLinks, linkFor, readerThere } from "./link.ts";
import { askView } from "./views.ts";

export const askChannels = on(bridgeSwitched, "ask-channels", async (ctx, { subject, bridge, on: isOn }) => {
  if (!isOn) return forgetLinks(ctx.store, subject, bridge);
  for await (const bound of bindingsOf(ctx.store, subject))
    await ctx.queue.enqueue(bound.map(({ id }) => askRequest(ctx, id, bridge)));
});

/** A channel that the pod is bound to while its bridge is on is asked too. */
export const askNewChannel = on(podBound, "ask-new-channel", async (ctx, { subject, platform, channel, thread }) => {
  const pod = await ctx.store.get(pods, subject);
  const binding = pod?.bridge && (await ctx.store.getBy(bindings, { platform, channel, thread }));
  if (pod?.bridge && binding && binding.podId === subject)
    await ctx.queue.enqueue([askRequest(ctx, binding.id, pod.bridge)]);
});

export const forgetUnboundLinks = on(podUnbound, "forget-unbound", async ({ store }, { subject }) => {
  const { rows } = await store.find(bridgeLinks, { where: { podId: subject }, limit: 500 });
  for (const link of rows) {
    const binding = await store.get(bindings, link.bindingId);
    if (binding?.podId !== subject) await store.commit([remove(bridgeLinks, link.id)]);
  }
});

async function forgetLinks(store: Store, podId: string, bridge: string): Promise<void> {
  const { rows } = await store.find(bridgeLinks, { where: { podId }, limit: 500 });
  const over = rows.filter((link) => link.bridge === bridge);
  for (const link of over) await store.commit([remove(bridgeLinks, link.id)]);
}

const askRequest = ({ correlation }: Context, binding: string, bridge: string): JobRequest =>
  askChannel.request({ binding, bridge }, { key: `bridge.ask:${bridge}:${binding}`, correlation });

export const askChannel = defineJob({
  name: "bridge.ask",
  input: z.object({ binding: z.string(), bridge: z.string() }),
  /** Once: whoever wants to decide and finds no question finds the buttons under /pod bridge. */
  async run(ctx, { binding: id, bridge }) {
    const binding = await ctx.store.get(bindings, id);
    const pod = binding?.goneAt === undefined ? binding && (await ctx.store.get(pods, binding.podId)) : undefined;
    if (!binding || pod?.bridge !== bridge) return;
    const known = await ctx.store.getBy(bridgeLinks, { bindingId: id });
    if (known?.bridge === bridge && !ctx.messenger.idempotent(binding.platform)) return;
    const link = await linkFor(ctx, pod, id);
    if (link.answer !== "open") return;
    const reader = await readerThere(ctx, binding, pod);
    try {
      await ctx.messenger.send(addressOf(binding), askView(pod, id, reader), reader, `bridge.ask.${bridge}.${id}`);
    } catch (error) {
      await notAsked(ctx.store, link, error);
    }
  },
});

/** What certainly was not asked is asked at the next try; who can't be reached is not. */
async function notAsked(store: Store, link: BridgeLink, error: unknown): Promise<void> {
  const { reason, unknown = true } = error instanceof AppError ? { unknown: false, ...error.detail } : {};
  if (reason !== undefined) return;
  if (!unknown) await store.commit([remove(bridgeLinks, link.id)]);
  throw error;
}
