// Push messages: the browsers that show them, and a link for one more.
import { z } from "zod";
import { AppError } from "../errors.ts";
import { button, defineAction } from "../kernel/action.ts";
import { pushToken, subscriptionsOf } from "./push-subscription.ts";
import { pushTexts } from "./push-texts.ts";
import { removePush } from "./remove-push.ts";

export const showPush = defineAction({
  name: "push.show",
  command: "push",
  summary: pushTexts.say("summary"),
  who: "member",
  input: z.object({}),
  async run(ctx) {
    if (!ctx.pusher || !ctx.publicUrl) throw new AppError("unsupported", pushTexts.say("off"));
    const link = `${ctx.publicUrl}/push/${pushToken(ctx, ctx.actor.id)}`;
    return { link, browsers: await subscriptionsOf(ctx.store, ctx.actor.id) };
  },
  view({ link, browsers }, reader) {
    const t = pushTexts(reader);
    const named = browsers.map(({ browser }) => browser).join(", ");
    return {
      title: t.title,
      body: [{ paragraph: t.how }, { paragraph: browsers.length ? t.some(named) : t.none }],
      buttons: [
        [{ label: t.open, url: link }],
        ...browsers.map(({ id, browser }) => [button(t.remove(browser) as string, removePush, { subscription: id })]),
      ],
    };
  },
});
