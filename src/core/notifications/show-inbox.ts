// The inbox: everything a member was told, newest first, ten at a time.
import { z } from "zod";
import { button, defineAction } from "../kernel/action.ts";
import { patch } from "../kernel/change.ts";
import { just } from "../plain-shapes.ts";
import type { Reader } from "../text.ts";
import { note, type View } from "../view.ts";
import { type Item, lineOf, openSelect } from "./inbox-line.ts";
import { type Notification, notifications } from "./notification.ts";
import { preferenceTexts } from "./preference-texts.ts";
import { readAll } from "./read-all.ts";
import { digestType, notificationTexts } from "./texts.ts";
import { isPast, untrue } from "./truth.ts";

const pageSize = 10;

type InboxItem = Item & { readonly told: Notification };

interface Inbox {
  /** As they were before they were shown, each with what says how it looks. */
  readonly items: readonly InboxItem[];
  /** Those of them that were not read, and that there is a point in opening. */
  readonly offered: readonly InboxItem[];
  readonly unread: number;
  readonly first: boolean;
  readonly next?: string;
}

export const showInbox = defineAction({
  name: "inbox.show",
  command: "inbox",
  summary: notificationTexts.say("showSummary"),
  examples: { en: ["/inbox"], de: ["/inbox"] },
  who: "member",
  input: z.object({ after: just.string.max(500).optional() }),
  main: false,
  async run({ store, actor, clock, house }, { after }): Promise<Inbox> {
    const memberId = actor.id;
    const orderBy = { field: "createdAt", direction: "desc" } as const;
    const { rows, next } = await store.find(notifications, { where: { memberId }, orderBy, limit: pageSize, after });
    const unread = await store.count(notifications, { memberId, readAt: null });
    const seen = rows.filter((row) => row.readAt === undefined);
    if (seen.length) await store.commit(seen.map((row) => patch(notifications, row.id, { readAt: clock.now() })));
    const items = rows
      .filter(({ type }) => type !== digestType)
      .map((told) => ({ told, kind: house.notifications.get(told.type) }));
    const offered = items.filter(
      ({ told, kind }) => told.readAt === undefined && isWorthOpening(told, kind, clock.now()),
    );
    return { items, offered, unread, first: !after, next };
  },
  view: inboxView,
});

const isWorthOpening = (told: Notification, kind: Item["kind"], now: number) =>
  told.held !== untrue.held && !(kind && isPast(kind, told, now));

function inboxView({ items, offered, unread, first, next }: Inbox, reader: Reader): View {
  const t = notificationTexts(reader);
  const settings = { label: preferenceTexts(reader).settings, call: { action: "notifications.show", input: {} } };
  if (items.length === 0 && !next) return { ...note(first ? t.empty : t.noMore), buttons: [[settings]] };
  const shown = items.filter(({ told }) => told.readAt === undefined).length;
  const buttons = [
    ...(next ? [button(t.more, showInbox, { after: next }, "primary")] : []),
    ...(unread > shown ? [button(t.allRead, readAll, {})] : []),
    settings,
  ];
  return {
    title: unread ? t.unread(unread) : t.title,
    body: [{ list: items.map((item) => lineOf(item, reader, item.told.readAt === undefined)) }],
    ...openSelect(offered, reader),
    buttons: [buttons],
  };
}
