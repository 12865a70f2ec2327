// Makes the job that says something in one channel of a pod: claims its row, sends, closes it, or gives it back.
import { AppError, isClosed, isShutOut } from "../errors.ts";
import { fromSeen, patch, remove, update } from "../kernel/change.ts";
import type { Context, Job } from "../kernel/house.ts";
import { defaultRetry, defineJob } from "../kernel/job.ts";
import type { Store } from "../ports/store.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { addressOf, type Binding, bindings, readerThere } from "./binding.ts";
import { type ChannelPost, channelPosts, PostInput } from "./channel-post.ts";
import { type Pod, pods } from "./pod.ts";
import { asGone, noteOpen, noteShut } from "./shut-place.ts";

/** The channel, as long as it can be written to, and everybody in it. */
interface Spot {
  readonly binding: Binding;
  readonly pod: Pod;
  readonly reader: Reader;
}

export interface PostDeclaration {
  readonly name: `${string}.${string}`;
  /** What is said there; undefined when there is no point in it any more. */
  show(ctx: Context, subject: string, spot: Spot): Promise<View | undefined>;
  /** Makes up for what happened while it was on its way. */
  posted?(ctx: Context, subject: string, spot: Spot): Promise<void>;
}

export function channelPost(post: PostDeclaration): Job<typeof PostInput> {
  return defineJob({
    name: post.name,
    input: PostInput,
    async run(ctx, { subject, binding }, { attempt }) {
      const row = await ctx.store.getBy(channelPosts, { name: post.name, subject, bindingId: binding });
      if (!row || row.state === "sent") return;
      const spot = await spotOf(ctx, binding);
      const view = spot && (await post.show(ctx, subject, spot));
      if (!view) return ctx.store.commit([remove(channelPosts, row.id)]);
      if (!(await claim(ctx, row, spot))) return;
      if (await send(ctx, row.id, { spot, view, attempt })) await post.posted?.(ctx, subject, spot);
    },
    givenUp: ({ store }, { subject, binding }) =>
      setDue(store, undefined, { name: post.name, subject, bindingId: binding }),
    replayed: ({ store, clock }, { subject, binding }) =>
      setDue(store, clock.now(), { name: post.name, subject, bindingId: binding }, ["waiting"]),
  });
}

async function setDue(
  store: Store,
  dueAt: number | undefined,
  of: Pick<ChannelPost, "name" | "subject" | "bindingId">,
  states: readonly ChannelPost["state"][] = ["waiting", "sending"],
) {
  const row = await store.getBy(channelPosts, of);
  if (row && states.includes(row.state)) await store.commit([patch(channelPosts, row.id, { dueAt })]);
}

async function spotOf({ store, messenger }: Context, bindingId: string): Promise<Spot | undefined> {
  const binding = await store.get(bindings, bindingId);
  if (!binding || binding.goneAt !== undefined || !messenger.has(binding.platform)) return undefined;
  const pod = await store.get(pods, binding.podId);
  return pod?.isActive ? { binding, pod, reader: await readerThere({ store }, binding, pod) } : undefined;
}

/**
 * Whether to send it now. A claim that was never closed means that a process died or the platform timed out in the
 * middle of it, and nobody knows whether the post is there. As long as the platform shows a repeated send once, it is sent
 * again; later and elsewhere it is not: what is missing can be asked for with a command, a second one would look like a second
 * event.
 */
function claim({ store, clock, messenger }: Context, seen: ChannelPost, { binding }: Spot): Promise<boolean> {
  return fromSeen(store, channelPosts, seen, async (row) => {
    if (row.state === "sent") return false;
    const again = row.state === "sending";
    if (again && clock.now() - (row.dueAt ?? 0) < messenger.idempotentMs(binding.platform)) return true;
    const set = again ? { dueAt: undefined } : ({ state: "sending", dueAt: clock.now() } as const);
    await store.commit([patch(channelPosts, row, set)]);
    return !again;
  });
}

interface Posting {
  readonly spot: Spot;
  readonly view: View;
  readonly attempt: number;
}

async function send(ctx: Context, id: string, posting: Posting): Promise<boolean> {
  const { binding, reader } = posting.spot;
  try {
    await ctx.messenger.send(addressOf(binding), posting.view, reader, `post.${id}`);
  } catch (error) {
    await notSent(ctx, id, posting, error);
    return false;
  }
  await ctx.store.commit([patch(channelPosts, id, { state: "sent", dueAt: undefined })]).catch(asGone);
  await noteOpen(ctx, binding);
  return true;
}

/**
 * A channel that is gone or closed is marked so; what was certainly not sent gives its claim back and is tried again, and
 * given up where the channel stays closed.
 */
async function notSent(ctx: Context, id: string, { spot, attempt }: Posting, error: unknown) {
  const { store, clock } = ctx;
  const { unknown = true } = error instanceof AppError ? { unknown: false, ...error.detail } : {};
  if (isShutOut(error)) {
    await store.commit([remove(channelPosts, id)]);
    return noteShut(ctx, spot.binding, "gone");
  }
  if (isClosed(error)) await noteShut(ctx, spot.binding, "closed");
  if (isClosed(error) && attempt > defaultRetry.length) return store.commit([remove(channelPosts, id)]);
  const back = { state: "waiting", dueAt: clock.now() } as const;
  if (!unknown) await update(store, channelPosts, id, ({ state }) => (state === "sending" ? back : undefined));
  throw error;
}
