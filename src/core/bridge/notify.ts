// Tells a pod's owner that one of the bridge's channels waits, or is lost.
import type { Context, NotificationKind } from "../kernel/house.ts";
import { appName, bindings, memberships, placeName, pods } from "../pods/read.ts";
import { bridgeClosed, bridgeLost } from "./facts.ts";
import { bridgeTexts } from "./texts.ts";

interface Told {
  readonly [key: string]: unknown;
  readonly pod: string;
  readonly where: string;
}
interface Channel {
  readonly subject: string;
  readonly binding: string;
  readonly platform: string;
}

async function toldToOwner(ctx: Context, channel: Channel) {
  const pod = await ctx.store.get(pods, channel.subject);
  if (!pod?.isActive) return undefined;
  const owners = await ctx.store.find(memberships, { where: { podId: pod.id, role: "owner" }, limit: 10 });
  const binding = await ctx.store.get(bindings, channel.binding);
  const data = { pod: pod.name, where: binding ? placeName(binding) : appName(channel.platform) };
  return { to: owners.rows.map(({ memberId }) => memberId), data };
}

export const bridgeClosedNotice: NotificationKind<typeof bridgeClosed.payload, Told> = {
  type: "bridge_closed",
  group: "pods",
  urgency: "plain",
  late: "newest",
  subject: ({ pod, where }) => `${pod} ${where}`,
  fact: bridgeClosed,
  prepare: toldToOwner,
  view(told, reader) {
    const t = bridgeTexts(reader);
    return { title: t.closedTitle(told.pod), body: [{ paragraph: t.closedThere(told) }] };
  },
};

export const bridgeLostNotice: NotificationKind<typeof bridgeLost.payload, Told> = {
  type: "bridge_lost",
  group: "pods",
  urgency: "plain",
  late: "newest",
  subject: ({ pod, where }) => `${pod} ${where}`,
  fact: bridgeLost,
  prepare: toldToOwner,
  view(told, reader) {
    const t = bridgeTexts(reader);
    return { title: t.lostTitle(told.pod), body: [{ paragraph: t.lost(told) }] };
  },
};
