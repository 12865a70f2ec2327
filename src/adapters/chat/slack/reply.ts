// Answering one update: in the place, to the caller alone, over the pressed message, as a form, or as the App Home.
import { reasonOf } from "../../../core/errors.ts";
import type { Clock } from "../../../core/ports/clock.ts";
import type { Log } from "../../../core/ports/log.ts";
import type { Fitted, MessageRef, Reply } from "../../../core/ports/platform.ts";
import { editOrShow } from "../edit-or-show.ts";
import { noticeView } from "../notice-view.ts";
import { spotOf } from "./address.ts";
import type { Api } from "./api.ts";
import type { Client } from "./client.ts";
import type { Decoded } from "./decoded.ts";
import type { Home } from "./home.ts";
import type { Messages } from "./messages.ts";
import { modalOf, offered } from "./modal.ts";
import { render } from "./render.ts";
import { responder } from "./respond.ts";

export interface ReplyParts {
  readonly api: Api;
  readonly client: Client;
  readonly messages: Messages;
  readonly clock: Clock;
  readonly log: Log;
}

/** ms; a trigger is good for three seconds after the click. */
const triggerGood = 2_800;

export interface ReplyWays {
  /** Shows a view in place of the form that was just sent off, while Slack still waits; false when it is too late. */
  readonly instead?: ((view: object) => boolean) | undefined;
  /** Where what was done in the App Home is answered. */
  readonly home?: Home | undefined;
}

export function replyTo(parts: ReplyParts, update: Decoded, at: number, { instead, home }: ReplyWays = {}): Reply {
  const { client, messages, clock } = parts;
  const { place, account, source, means } = update;
  const spot = spotOf(place);
  const respond = responder(parts, means, at);
  let trigger = means.trigger;

  /** Opened where the caller has just clicked; false when that is too long ago. */
  async function open(view: Fitted): Promise<boolean> {
    const { form, reader } = view;
    if (!form) return false;
    const { title, thread } = place;
    const origin = { channel: spot.channel, thread, title, home: means.home, ...respond.kept() };
    const modal = modalOf(form, reader, origin);
    if (instead?.(modal)) return true;
    const unused = trigger;
    trigger = undefined;
    if (!unused || clock.now() - at > triggerGood) return false;
    try {
      await client.call(spot.team, "views.open", { trigger_id: unused, view: modal }, { tries: 1, patienceMs: 2_000 });
      return true;
    } catch (error) {
      if (!/trigger/.test(reasonOf(error))) throw error;
      return false;
    }
  }

  /** To the caller alone, inside a channel; in their direct messages where that can't be. */
  async function whisper(view: Fitted): Promise<MessageRef | undefined> {
    const message = render(view);
    const thread_ts = place.thread;
    if (await respond.post({ response_type: "ephemeral", replace_original: false, ...message, thread_ts })) return;
    const given = { channel: spot.channel, user: account?.userId, thread_ts, ...message };
    try {
      await client.call(spot.team, "chat.postEphemeral", given);
      return undefined;
    } catch (error) {
      if (!account || !["gone", "closed", "unreachable"].includes(reasonOf(error))) throw error;
      return messages.send(await messages.direct(account), view);
    }
  }

  /** Where PeerSpark is not in the channel it can still answer what was asked there. */
  async function say(view: Fitted): Promise<MessageRef | undefined> {
    try {
      return await messages.send(place, view);
    } catch (error) {
      if (!["gone", "closed"].includes(reasonOf(error))) throw error;
      const message = { response_type: "in_channel", replace_original: false, ...render(view) };
      if (await respond.post(message)) return undefined;
      throw error;
    }
  }

  const show: Reply["show"] = async (view) => {
    if (view.form && (await open(view))) return undefined;
    if (home) return home.show(view);
    const shown = offered(view);
    if (place.kind === "direct") return messages.send(place, shown);
    return shown.audience === "caller" ? whisper(shown) : say(shown);
  };

  return {
    ...(source && { source }),
    show,
    async replace(view) {
      if (!source || view.form) return show(view);
      if (means.ephemeral) {
        if (view.audience !== "caller") return show(view);
        return (await respond.post({ replace_original: true, ...render(view) })) ? undefined : show(view);
      }
      if (view.audience === "caller" && place.kind !== "direct") return show(view);
      return editOrShow(messages, source, view, show);
    },
    async notice(text, view = noticeView(text, "slack", account)) {
      await (home ? home.show(view) : whisper(view));
    },
  };
}
