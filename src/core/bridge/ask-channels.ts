// Asks each channel of a pod whether it takes part in the bridge, and lets go of those that are no longer part of it.
import { remove } from "../kernel/change.ts";
import { on } from "../kernel/fact.ts";
import { removeAll } from "../kernel/pages.ts";
import { podArchived, podBound, podUnbound } from "../pods/facts.ts";
import { bindings, channelPost, pods, postEverywhere, postIn } from "../pods/read.ts";
import type { Store } from "../ports/store.ts";
import { bridgeSwitched } from "./facts.ts";
import { bridgeLinks, linkFor } from "./link.ts";
import { askView } from "./views.ts";

export const askChannels = on(bridgeSwitched, "ask-channels", async (ctx, { subject, bridge, on: isOn }) => {
  await (isOn ? postEverywhere(ctx, askChannel, bridge, subject) : forgetLinks(ctx.store, subject, bridge));
});

/** A channel that the pod is bound to while its bridge is on is asked too. */
export const askNewChannel = on(podBound, "ask-new-channel", async (ctx, { subject, platform, channel, thread }) => {
  const pod = await ctx.store.get(pods, subject);
  const binding = pod?.bridge && (await ctx.store.getBy(bindings, { platform, channel, thread }));
  if (pod?.bridge && binding && binding.podId === subject) await postIn(ctx, askChannel, pod.bridge, [binding]);
});

export const forgetUnboundLinks = on(podUnbound, "forget-unbound", async ({ store }, { subject }) => {
  const { rows } = await store.find(bridgeLinks, { where: { podId: subject }, limit: 500 });
  for (const link of rows) {
    const binding = await store.get(bindings, link.bindingId);
    if (binding?.podId !== subject) await store.commit([remove(bridgeLinks, link.id)]);
  }
});

export const forgetArchivedLinks = on(podArchived, "forget-archived", ({ store }, { subject }) =>
  removeAll(store, bridgeLinks, { where: { podId: subject } }),
);

async function forgetLinks(store: Store, podId: string, bridge: string): Promise<void> {
  const { rows } = await store.find(bridgeLinks, { where: { podId }, limit: 500 });
  const over = rows.filter((link) => link.bridge === bridge);
  for (const link of over) await store.commit([remove(bridgeLinks, link.id)]);
}

export const askChannel = channelPost({
  name: "bridge.ask",
  /** Once: whoever wants to decide and finds no question finds the buttons under /pod bridge. */
  async show(ctx, bridge, { binding, pod, reader }) {
    if (pod.bridge !== bridge) return undefined;
    const { answer } = await linkFor(ctx, pod, binding.id);
    return answer === "open" ? askView(pod, binding.id, reader) : undefined;
  },
});
