// Tells a pod's owner that one of the bridge's channels waits, or is lost.
import type { Context, NotificationKind } from "../kernel/house.ts";
import { bindings, ownerIdsOf, placeName, pods } from "../pods/read.ts";
import { appName } from "../text.ts";
import { bridgeClosed, bridgeLost } from "./facts.ts";
import { bridgeTexts } from "./texts.ts";

interface Told {
  readonly [key: string]: unknown;
  readonly pod: string;
  readonly where: string;
  readonly binding: string;
}
interface Channel {
  readonly subject: string;
  readonly binding: string;
  readonly platform: string;
}

async function toldToOwner(ctx: Context, channel: Channel) {
  const pod = await ctx.store.get(pods, channel.subject);
  if (!pod?.isActive) return undefined;
  const binding = await ctx.store.get(bindings, channel.binding);
  const where = binding ? placeName(binding) : appName(channel.platform);
  const data = { pod: pod.name, where, binding: channel.binding };
  return { to: await ownerIdsOf(ctx.store, pod.id), data };
}

/** Of one channel by its binding, since pods and channels may be called alike. */
const ofChannel = {
  group: "pods",
  urgency: "plain",
  late: "newest",
  subject: ({ binding }: Told) => binding,
  prepare: toldToOwner,
} as const;

export const bridgeClosedNotice: NotificationKind<typeof bridgeClosed.payload, Told> = {
  ...ofChannel,
  type: "bridge_closed",
  fact: bridgeClosed,
  view(told, reader) {
    const t = bridgeTexts(reader);
    return { title: t.closedTitle(told.pod), body: [{ paragraph: t.closedThere(told) }] };
  },
};

export const bridgeLostNotice: NotificationKind<typeof bridgeLost.payload, Told> = {
  ...ofChannel,
  type: "bridge_lost",
  fact: bridgeLost,
  view(told, reader) {
    const t = bridgeTexts(reader);
    return { title: t.lostTitle(told.pod), body: [{ paragraph: t.lost(told) }] };
  },
};
