// Marking everything in the inbox as read.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { patch } from "../kernel/change.ts";
import { note } from "../view.ts";
import { notifications } from "./notification.ts";
import { notificationTexts } from "./texts.ts";

export const readAll = defineAction({
  name: "inbox.read",
  command: false,
  who: "member",
  input: z.object({}),
  async run({ store, actor, clock }) {
    const readAt = clock.now();
    for (let count = 0; ; ) {
      const { rows } = await store.find(notifications, { where: { memberId: actor.id, readAt: null }, limit: 100 });
      if (rows.length) await store.commit(rows.map((row) => patch(notifications, row.id, { readAt })));
      count += rows.length;
      if (rows.length < 100) return { count };
    }
  },
  view: ({ count }, reader) => ({ ...note(notificationTexts(reader).readDone(count)), brief: true }),
});
