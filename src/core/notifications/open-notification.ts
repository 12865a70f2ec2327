// One notification as it looked when it came, with its buttons.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import { patch } from "../kernel/change.ts";
import { just } from "../plain-shapes.ts";
import { note } from "../view.ts";
import { deliveryTexts } from "./delivery-texts.ts";
import { notifications } from "./notification.ts";
import { notificationTexts } from "./texts.ts";
import { explainNotification } from "./why.ts";

export const openNotification = defineAction({
  name: "inbox.open",
  command: false,
  who: "member",
  input: z.object({ notification: just.string.max(36) }),
  /** @throws AppError `not_found` for somebody else's too. */
  async run({ store, actor, clock, house }, { notification: id }) {
    const told = await store.get(notifications, id);
    if (told?.memberId !== actor.id) throw new AppError("not_found", notificationTexts.say("noSuch"));
    if (told.readAt === undefined) await store.commit([patch(notifications, id, { readAt: clock.now() })]);
    return { told, kind: house.notifications.get(told.type), now: clock.now() };
  },
  view({ told, kind, now }, reader) {
    const view = kind?.view(told.data, reader, now) ?? note(told.type);
    const why = button(deliveryTexts(reader).why, explainNotification, { notification: told.id });
    return { ...view, buttons: [...(view.buttons ?? []), [why]] };
  },
});
