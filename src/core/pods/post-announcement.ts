// An announcement is shown wherever its pod is at home too: once in every bound channel.
import { on } from "../kernel/fact.ts";
import { profiles } from "../members/read.ts";
import { announcements } from "./announcement.ts";
import { announcementTexts } from "./announcement-texts.ts";
import { postEverywhere } from "./channel-post.ts";
import { podAnnounced } from "./facts.ts";
import { channelPost } from "./post-in-channel.ts";

export const announceInChannels = on(podAnnounced, "post-announcement", (ctx, { subject, announcement }) =>
  postEverywhere(ctx, postAnnouncement, announcement, subject),
);

export const postAnnouncement = channelPost({
  name: "pod.post-announcement",
  async show({ store }, id, { pod, reader }) {
    const announcement = await store.get(announcements, id);
    if (announcement?.podId !== pod.id) return undefined;
    const by = await store.get(profiles, announcement.by);
    return {
      audience: "channel",
      title: pod.name,
      body: [{ paragraph: announcement.text }],
      footer: announcementTexts(reader).from(by?.displayName ?? "…"),
    };
  },
});
