// Where a pod is at home: the channels, topics and threads it is bound to, on any platforms.
import { z } from "zod";
import { collection } from "../kernel/collection.ts";
import { pages } from "../kernel/pages.ts";
import { just, maybe } from "../plain-shapes.ts";
import type { Address } from "../ports/platform.ts";
import type { Row, Store } from "../ports/store.ts";
import { spaces } from "../spaces/read.ts";
import type { Reader } from "../text.ts";
import type { Pod } from "./pod.ts";

export const bindings = collection(
  "pod_bindings",
  z.object({
    podId: just.string,
    platform: just.string,
    channel: just.string,
    thread: just.string.default(""),
    /** The platform's id of the space that the channel is in. */
    space: just.string,
    /** What the place and its space were called when it was bound. */
    title: just.string.max(200).optional(),
    spaceTitle: just.string.max(200).optional(),
    boundBy: just.string,
    boundAt: just.int,
    /** Nothing can be written there any more, since then. */
    goneAt: maybe.int,
    /** PeerSpark may not write there for now, since then. */
    closedAt: maybe.int,
  }),
  {
    often: true,
    unique: [["platform", "channel", "thread"]],
    indexes: [
      ["podId", "boundAt"],
      ["platform", "space"],
    ],
    members: ["boundBy"],
  },
);
export type Binding = Row<typeof bindings>;

export const addressOf = ({ platform, channel, thread }: Binding): Address => ({
  platform,
  channel,
  ...(thread && { thread }),
});

/** A commit has room for two changes a place. */
const pageSize = 50;

/** The places where a pod can be written to, the one bound first in front, page by page. */
export async function* bindingsOf(store: Store, podId: string): AsyncGenerator<readonly Binding[]> {
  yield* pages(store, bindings, { where: { podId, goneAt: null }, orderBy: { field: "boundAt" }, limit: pageSize });
}

/** The places where a pod can be written to: as many as a commit has room for, the one bound first in front. */
export async function homesOf(store: Store, podId: string): Promise<readonly Binding[]> {
  return (await bindingsOf(store, podId).next()).value ?? [];
}

export const isAt = (binding: Binding, { platform, channel, thread = "" }: Address): boolean =>
  binding.platform === platform && binding.channel === channel && binding.thread === thread;

/** What is bound to a place: to the very thread, else to the channel it is in. */
export async function bindingAt(
  store: Store,
  { platform, channel, thread = "" }: Address,
): Promise<Binding | undefined> {
  const exact = await store.getBy(bindings, { platform, channel, thread });
  if (exact && exact.goneAt === undefined) return exact;
  const whole = thread ? await store.getBy(bindings, { platform, channel, thread: "" }) : undefined;
  return whole && whole.goneAt === undefined ? whole : undefined;
}

/** Everybody in the channel, who are told in the language of its space. */
export async function readerThere(
  { store }: { readonly store: Store },
  { platform, space }: Pick<Binding, "platform" | "space">,
  pod: Pick<Pod, "timezone">,
): Promise<Reader> {
  const known = await store.getBy(spaces, { platform, externalId: space });
  return { language: known?.language ?? "en", zone: pod.timezone, platform };
}
