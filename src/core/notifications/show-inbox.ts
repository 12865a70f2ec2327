// The inbox: everything a member was told, newest first, ten at a time.
import { z } from "zod";
import { button, defineAction } from "../kernel/action.ts";
import { patch } from "../kernel/change.ts";
import type { AnyNotificationKind } from "../kernel/house.ts";
import { type Reader, type Rich, rich } from "../text.ts";
import { note, type View } from "../view.ts";
import { type Notification, notifications } from "./notification.ts";
import { readAll } from "./read-all.ts";
import { notificationTexts } from "./texts.ts";

const pageSize = 10;

interface Inbox {
  /** As they were before they were shown, each with what says how it looks. */
  readonly items: readonly { readonly told: Notification; readonly kind: AnyNotificationKind | undefined }[];
  readonly unread: number;
  readonly first: boolean;
  readonly next?: string;
}

export const showInbox = defineAction({
  name: "inbox.show",
  command: "inbox",
  summary: notificationTexts.say("showSummary"),
  examples: ["/inbox"],
  who: "member",
  input: z.object({ after: z.string().max(500).optional() }),
  main: false,
  async run({ store, actor, clock, house }, { after }): Promise<Inbox> {
    const memberId = actor.id;
    const orderBy = { field: "createdAt", direction: "desc" } as const;
    const { rows, next } = await store.find(notifications, { where: { memberId }, orderBy, limit: pageSize, after });
    const unread = await store.count(notifications, { memberId, readAt: null });
    const seen = rows.filter((row) => row.readAt === undefined);
    if (seen.length) await store.commit(seen.map((row) => patch(notifications, row.id, { readAt: clock.now() })));
    const items = rows.map((told) => ({ told, kind: house.notifications.get(told.type) }));
    return { items, unread, first: !after, next };
  },
  view: inboxView,
});

function inboxView({ items, unread, first, next }: Inbox, reader: Reader): View {
  const t = notificationTexts(reader);
  if (items.length === 0) return note(first ? t.empty : t.noMore);
  const shown = items.filter(({ told }) => told.readAt === undefined).length;
  const buttons = [
    ...(next ? [button(t.more, showInbox, { after: next }, "primary")] : []),
    ...(unread > shown ? [button(t.allRead, readAll, {})] : []),
  ];
  return {
    title: unread ? t.unread(unread) : t.title,
    body: [{ list: items.map(({ told, kind }) => lineOf(told, kind, reader)) }],
    ...(buttons.length && { buttons: [buttons] }),
  };
}

/** Title, gist and time; buttons, and what is said about them, belong to the message itself. */
function lineOf(told: Notification, kind: AnyNotificationKind | undefined, reader: Reader): Rich {
  const view = kind?.view(told.data, reader);
  const title = rich(view?.title ?? told.type);
  const first = view?.body?.find((block) => "paragraph" in block);
  const gist = rich(kind?.gist ? kind.gist(told.data, reader) : (first?.paragraph ?? ""));
  const at = rich(notificationTexts(reader).at(told.createdAt));
  return [
    ...(told.readAt === undefined ? ["● "] : []),
    { bold: title },
    ...(gist.length ? [" · ", ...gist] : []),
    " · ",
    ...at,
  ];
}
