// No more push messages in one browser.
import { z } from "zod";
import { defineAction } from "../kernel/action.ts";
import { remove } from "../kernel/change.ts";
import { just } from "../plain-shapes.ts";
import { note } from "../view.ts";
import { pushSubscriptions } from "./push-subscription.ts";
import { pushTexts } from "./push-texts.ts";

export const removePush = defineAction({
  name: "push.remove",
  command: false,
  who: "member",
  input: z.object({ subscription: just.string.max(36) }),
  async run({ store, actor }, { subscription: id }) {
    const row = await store.get(pushSubscriptions, id);
    if (row?.memberId === actor.id) await store.commit([remove(pushSubscriptions, id)]);
    return {};
  },
  view: (_, reader) => ({ ...note(pushTexts(reader).removed), brief: true }),
});
