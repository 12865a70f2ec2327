// Tells a member, by whatever way is left, that direct messages to one of their accounts are refused.
import type { NotificationKind } from "../kernel/house.ts";
import { appName } from "../text.ts";
import { deliveryTexts } from "./delivery-texts.ts";
import { channelClosed } from "./facts.ts";
import { notificationTexts } from "./texts.ts";

export const channelClosedNotification: NotificationKind<typeof channelClosed.payload, { platform: string }> = {
  type: "channel_closed",
  group: "always",
  urgency: "soon",
  late: "tell",
  fact: channelClosed,
  prepare: async (_ctx, { member, platform }) => ({ to: [member], data: { platform } }),
  view({ platform }, reader) {
    const t = notificationTexts(reader);
    if (platform === "mail" || platform === "push") {
      const d = deliveryTexts(reader);
      const said = { mail: [d.mailEnded, d.mailEndedBody], push: [d.pushEnded, d.pushEndedBody] } as const;
      const [title, paragraph] = said[platform];
      return { title, body: [{ paragraph }] };
    }
    return { title: t.closedTitle, body: [{ paragraph: t.closed(appName(platform)) }] };
  },
};
