// Answering one update: in the place, in private, over the pressed message, or as a notice on the button.
import { AppError, isGone } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Address, Reply } from "../../../core/ports/platform.ts";
import { editOrShow } from "../edit-or-show.ts";
import { noticeView } from "../notice-view.ts";
import type { Api } from "./api.ts";
import type { Decoded } from "./decode.ts";
import type { Messages } from "./messages.ts";
import { telegramTexts } from "./texts.ts";

export interface ReplyParts {
  readonly api: Api;
  readonly messages: Messages;
  readonly clock: Clock;
  readonly log: Log;
}

/** A pressed button shows that it is being worked on until its query is answered, which happens exactly once. */
export interface PressAnswer {
  /** False when it was answered before: the text is not shown then. */
  say(text: string, refusal?: boolean): Promise<boolean>;
  /** The handling is over: answers without a word, if nothing was said. Never rejects. */
  finish(): Promise<void>;
}

/** ms after which a press is answered without a word, to end the waiting. */
const soon = 1_000;
const longestNotice = 200;

export function pressAnswer(parts: ReplyParts, query: string): PressAnswer {
  let answered: Promise<unknown> | undefined;
  const answer = (text?: string, refusal = false) => {
    cancel();
    const said = text && { text, show_alert: refusal };
    // A query is good for seconds to minutes; one that has run out shows nothing more, so there is nothing to do about it.
    answered = parts.api
      .call("answerCallbackQuery", { callback_query_id: query, ...said }, { tries: 2, patienceMs: 5_000 })
      .catch((error: unknown) => parts.log.debug({ reason: String(error) }, "a press could not be answered"));
    return answered;
  };
  const cancel = parts.clock.after(soon, () => void (answered ?? answer()));
  return {
    async say(text, refusal) {
      if (answered) return false;
      await answer(text.length > longestNotice ? `${text.slice(0, longestNotice - 1).toWellFormed()}…` : text, refusal);
      return true;
    },
    async finish() {
      await (answered ?? answer());
    },
  };
}

export function replyTo(parts: ReplyParts, update: Decoded, press: PressAnswer | undefined): Reply {
  const { messages } = parts;
  const { place, account, source } = update;
  let answers = update.answers;

  const direct = (): Address => {
    if (place.kind === "direct") return place;
    if (!account) throw new AppError("unavailable", telegramTexts.say("gone"), { detail: { reason: "gone" } });
    return { platform: "telegram", channel: account.userId };
  };

  const show: Reply["show"] = async (view) => {
    if (view.audience === "caller" && place.kind !== "direct")
      return messages.send(direct(), view).catch(asUnreachable);
    const quoted = answers;
    answers = undefined;
    return messages.send(place, view, quoted);
  };

  return {
    ...(source && { source }),
    show,
    async replace(view) {
      if (!source || (view.audience === "caller" && place.kind !== "direct")) return show(view);
      return editOrShow(messages, source, view, show);
    },
    async notice(text, _view, refusal) {
      if (!(await press?.say(text, refusal))) await show(noticeView(text, "telegram", account));
    },
  };
}

/** To a person in private, a chat that isn't there is one that they have not opened. */
function asUnreachable(error: unknown): never {
  if (!isGone(error)) throw error;
  throw new AppError("unavailable", telegramTexts.say("unreachable"), {
    cause: error,
    detail: { reason: "unreachable" },
  });
}
