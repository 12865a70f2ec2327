// Home: what is next, which pods one is in, and what waits in the inbox, at one glance.
import { z } from "zod";
import { type EventRow, events, listEvents, showEvent } from "../events/read.ts";
import { button, defineAction } from "../kernel/action.ts";
import { notifications, showInbox } from "../notifications/read.ts";
import { findPods, type Pod, podsOf, showPod } from "../pods/read.ts";
import type { Reader } from "../text.ts";
import type { View } from "../view.ts";
import { homeTexts } from "./texts.ts";

const mostEvents = 5;
const mostPods = 5;
const podsAsked = 100;

interface Home {
  readonly events: readonly EventRow[];
  readonly pods: readonly Pod[];
  readonly unread: number;
}

export const showHome = defineAction({
  name: "home.show",
  command: false,
  who: "member",
  input: z.object({}),
  async run({ store, actor, clock }): Promise<Home> {
    const [pods, unread] = await Promise.all([
      podsOf(store, actor.id),
      store.count(notifications, { memberId: actor.id, readAt: null }),
    ]);
    const podId = { in: pods.slice(0, podsAsked).map(({ id }) => id) };
    const status = { in: ["scheduled", "ongoing"] } as const;
    const where = { podId, status, endTime: { gt: clock.now() } };
    const next = pods.length
      ? await store.find(events, { where, orderBy: { field: "startTime" }, limit: mostEvents })
      : undefined;
    return { events: next?.rows ?? [], pods, unread };
  },
  view: homeView,
});

function homeView({ events, pods, unread }: Home, reader: Reader): View {
  const t = homeTexts(reader);
  return {
    title: t.title,
    body: [
      { paragraph: t.events },
      events.length ? { list: events.map(t.event) } : { paragraph: t.noEvents },
      { paragraph: t.pods(pods.length) },
      pods.length ? { list: pods.slice(0, mostPods).map(({ name }) => name) } : { paragraph: t.noPods },
      { paragraph: t.unread(unread) },
    ],
    buttons: [
      events.map(({ id, title }) => button(title, showEvent, { event: id }, "primary")),
      pods.slice(0, mostPods).map(({ id, name }) => button(name, showPod, { pod: id })),
      [button(t.inbox, showInbox, {}), button(t.allEvents, listEvents, {}), button(t.findPods, findPods, {})],
    ].filter((row) => row.length > 0),
  };
}
