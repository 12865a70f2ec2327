// An announcement is shown wherever its pod is at home too: once in every bound channel.
import { z } from "zod";
import { AppError, isConflict } from "../errors.ts";
import { insert, patch, remove } from "../kernel/change.ts";
import { collection } from "../kernel/collection.ts";
import { on } from "../kernel/fact.ts";
import type { Context } from "../kernel/house.ts";
import { defineJob } from "../kernel/job.ts";
import { profiles } from "../members/read.ts";
import { spaces } from "../spaces/read.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { type Announcement, announcements } from "./announcement.ts";
import { announcementTexts } from "./announcement-texts.ts";
import { addressOf, type Binding, bindings, bindingsOf } from "./binding.ts";
import { podAnnounced } from "./facts.ts";
import { pods } from "./pod.ts";

/** Claimed before it is sent, so that a retry does not post twice. */
export const announcementPosts = collection(
  "pod_announcement_posts",
  z.object({ announcementId: z.string(), bindingId: z.string(), state: z.enum(["sending", "sent"]) }),
  { unique: [["announcementId", "bindingId"]] },
);

export const announceInChannels = on(podAnnounced, "post-announcement", async (ctx, { subject, announcement }) => {
  for await (const bound of bindingsOf(ctx.store, subject))
    await ctx.queue.enqueue(
      bound.map(({ id: binding }) =>
        postAnnouncement.request(
          { announcement, binding },
          { key: `pod.post-announcement:${announcement}:${binding}`, correlation: ctx.correlation },
        ),
      ),
    );
});

export const postAnnouncement = defineJob({
  name: "pod.post-announcement",
  input: z.object({ announcement: z.string(), binding: z.string() }),
  async run(ctx, { announcement: id, binding: bindingId }) {
    const [announcement, binding] = await Promise.all([
      ctx.store.get(announcements, id),
      ctx.store.get(bindings, bindingId),
    ]);
    if (!announcement || binding?.podId !== announcement.podId || binding.goneAt !== undefined) return;
    if (!ctx.messenger.has(binding.platform)) return;
    const claim = await claimed(ctx, id, binding);
    if (claim) await post(ctx, announcement, { binding, claim });
  },
});

/** Its row, or undefined when it is posted: where a repeated send is not known, an unknown one is not sent again. */
async function claimed(ctx: Context, announcementId: string, { id: bindingId, platform }: Binding) {
  const row = { id: ctx.secrets.id(), announcementId, bindingId, state: "sending" as const };
  try {
    await ctx.store.commit([insert(announcementPosts, row)]);
    return row;
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  const open = await ctx.store.getBy(announcementPosts, { announcementId, bindingId });
  return open?.state === "sending" && ctx.messenger.idempotent(platform) ? open : undefined;
}

async function post(
  ctx: Context,
  announcement: Announcement,
  { binding, claim }: { readonly binding: Binding; readonly claim: { readonly id: string } },
): Promise<void> {
  const [by, pod, space] = await Promise.all([
    ctx.store.get(profiles, announcement.by),
    ctx.store.get(pods, announcement.podId),
    ctx.store.getBy(spaces, { platform: binding.platform, externalId: binding.space }),
  ]);
  if (!pod?.isActive) return;
  const reader: Reader = { language: space?.language ?? "en", zone: pod.timezone, platform: binding.platform };
  const view: View = {
    audience: "channel",
    title: pod.name,
    body: [{ paragraph: announcement.text }],
    footer: announcementTexts(reader).from(by?.displayName ?? "…"),
  };
  try {
    await ctx.messenger.send(addressOf(binding), view, reader, `pod.announcement.${claim.id}`);
  } catch (error) {
    return notPosted(ctx, claim.id, error);
  }
  await ctx.store.commit([patch(announcementPosts, claim.id, { state: "sent" })]);
}

const shut = new Set<unknown>(["blocked", "gone", "closed"]);

/** What was certainly not sent gives its claim back; a channel that is closed is left alone. */
async function notPosted({ store }: Context, claim: string, error: unknown): Promise<void> {
  const { reason, unknown = true } = error instanceof AppError ? { unknown: false, ...error.detail } : {};
  if (!unknown) await store.commit([remove(announcementPosts, claim)]);
  if (!shut.has(reason)) throw error;
}
