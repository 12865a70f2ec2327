// How a pod's bridge stands: on or off, and what each of its channels has said.
import type { ActionContext, Context } from "../kernel/house.ts";
import { type Binding, bindingAt, bindingsOf, type Pod, placeName } from "../pods/read.ts";
import { bridgeLinks } from "./link.ts";

export type ChannelState = "takesPart" | "waits" | "declines" | "closed";

export interface BridgeState {
  readonly pod: Pod;
  /** Whether the reader may turn it on and off. */
  readonly owner: boolean;
  readonly channels: readonly { readonly where: string; readonly state: ChannelState; readonly here: boolean }[];
  /** The binding of the place it was asked in, where that can take part. */
  readonly here?: string;
}

/** Shown at most. */
const most = 20;

export async function bridgeStateOf(ctx: ActionContext, pod: Pod, owner: boolean): Promise<BridgeState> {
  const here = ctx.place && (await bindingAt(ctx.store, ctx.place));
  const bound: Binding[] = [];
  for await (const page of bindingsOf(ctx.store, pod.id)) {
    bound.push(...page);
    if (bound.length >= most) break;
  }
  const channels = bound.slice(0, most).map(async (binding) => ({
    where: placeName(binding),
    state: await stateOf(ctx, pod, binding),
    here: binding.id === here?.id,
  }));
  return { pod, owner, channels: await Promise.all(channels), ...(here?.podId === pod.id && { here: here.id }) };
}

async function stateOf({ store }: Context, pod: Pod, { id }: Binding): Promise<ChannelState> {
  const link = await store.getBy(bridgeLinks, { bindingId: id });
  if (!link || link.bridge !== pod.bridge || link.answer === "open") return "waits";
  if (link.answer === "no") return "declines";
  return link.closedAt === undefined ? "takesPart" : "closed";
}
