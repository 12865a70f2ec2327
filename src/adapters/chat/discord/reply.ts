// Answering one update: by its interaction while that lasts, else in the place or in private.

import { AppError, reasonOf } from "../../../core/errors.ts";
import type { Account, Fitted, Reply } from "../../../core/ports/platform.ts";
import { cutTo } from "../../../core/text.ts";
import { editOrShow } from "../edit-or-show.ts";
import { noticeView } from "../notice-view.ts";
import type { Decoded } from "./decoded.ts";
import { type ExchangeParts, exchange } from "./exchange.ts";
import { type Messages, refIn } from "./messages.ts";
import { render } from "./render.ts";
import { renderForm } from "./render-form.ts";
import { discordTexts } from "./texts.ts";

export interface ReplyParts extends ExchangeParts {
  readonly messages: Messages;
}
export interface Answering {
  readonly reply: Reply;
  /** The handling is over. Never rejects. */
  finish(): Promise<void>;
}

export function answering(parts: ReplyParts, update: Decoded): Answering {
  const { place, account, source, token } = update;
  const exchanged = token && exchange(parts, token);
  const outside = writing(parts.messages, update);
  const isHidden = (view: Fitted) => view.audience === "caller" && place.kind !== "direct";

  const show: Reply["show"] = async (view) => {
    if (view.form && (await exchanged?.open(renderForm(view.form, view.reader)))) return undefined;
    const written = await exchanged?.write(render(view, isHidden(view)));
    if (written === undefined || written === "late") return outside(view);
    return written.message && !isHidden(view) ? refIn(place, written.message) : undefined;
  };

  return {
    reply: {
      ...(source && { source }),
      show,
      async replace(view) {
        if (!source || view.form || (isHidden(view) && !update.hidden)) return show(view);
        if (await exchanged?.overwrite(render(view))) return update.hidden ? undefined : source;
        return editOrShow(parts.messages, source, view, show);
      },
      async notice(text, view = noticeView(cutTo(text, longestNotice), "discord", account)) {
        const written = await exchanged?.write(render(view, true));
        if (written === undefined || written === "late") await outside(view);
      },
    },
    finish: async () => exchanged?.finish(),
  };
}

/** As messages of their own: to the caller alone in their direct chat, else in the place. */
function writing(messages: Messages, { place, account, answers }: Decoded): Reply["show"] {
  let replying = answers;
  return async (view) => {
    if (view.audience === "caller" && place.kind !== "direct")
      return messages.send(await home(messages, account), view);
    const options = replying ? { answers: replying } : {};
    replying = undefined;
    return messages.send(place, view, options);
  };
}

/** To somebody in private, a chat that isn't there is one that can't be opened. */
async function home(messages: Messages, account: Account | undefined) {
  if (!account) throw new AppError("unavailable", discordTexts.say("gone"), { detail: { reason: "gone" } });
  return messages.direct(account).catch((error) => {
    if (reasonOf(error) !== "gone" && reasonOf(error) !== "closed") throw error;
    throw new AppError("unavailable", discordTexts.say("unreachable"), {
      cause: error,
      detail: { reason: "unreachable" },
    });
  });
}

const longestNotice = 2_000;
