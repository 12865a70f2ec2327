// Whether the bot is set up as it should be: its token, its webhook, what it hears, and its rights in the groups.
import { AppError, isGone } from "../../../core/errors.ts";
import type { Address, Finding } from "../../../core/ports/platform.ts";
import { plain, type Reader, type Sentence } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { examineTexts } from "./examine-texts.ts";

/** Findings are for the operator, in the language of the logs. */
const operator: Reader = { language: "en", zone: "UTC", platform: "telegram" };
const { say } = examineTexts;

const finding = (state: Finding["state"], what: Sentence, remedy?: Sentence): Finding => ({
  state,
  what: plain(what(operator), operator),
  ...(remedy && { remedy: plain(remedy(operator), operator) }),
});

interface Webhook {
  /** Why Telegram would not take its address. */
  readonly refusal?: Sentence;
}

/** A failure is a finding too. @param webhook absent where updates are fetched. */
export async function examine(
  api: Api,
  webhook: Webhook | undefined,
  places: readonly Address[],
): Promise<readonly Finding[]> {
  try {
    const me = await api.call("getMe", {});
    const groups = places.filter(({ channel }) => channel.startsWith("-"));
    return [
      finding("well", say("token", me.username)),
      ...(groups.length ? [hearing(me.can_read_all_group_messages ?? false)] : []),
      await delivery(api, webhook),
      ...(await Promise.all(groups.map((place) => rights(api, me.id, place)))),
    ];
  } catch (error) {
    return [finding("broken", error instanceof AppError ? error.sentence : say("noAnswer"))];
  }
}

const hearing = (all: boolean): Finding =>
  all ? finding("well", say("hearsAll")) : finding("warning", say("privacyMode"), say("turnPrivacyOff"));

async function delivery(api: Api, webhook: Webhook | undefined): Promise<Finding> {
  const { url, pending_update_count: waiting, last_error_message: error } = await api.call("getWebhookInfo", {});
  if (!webhook)
    return url ? finding("warning", say("webhookElsewhere"), say("stopOther")) : finding("well", say("polls"));
  if (webhook.refusal) return finding("broken", webhook.refusal, say("otherAddress"));
  if (!url) return finding("warning", say("noWebhook"), say("startAgain"));
  if (error && waiting > 0) return finding("broken", say("webhookFails", { error, waiting }), say("checkAddress"));
  return finding("well", say("webhook"));
}

async function rights(api: Api, self: number, { channel }: Address): Promise<Finding> {
  const call = api.call("getChatMember", { chat_id: channel, user_id: self });
  const member = await call.catch((error: unknown) => {
    if (isGone(error)) return undefined;
    throw error;
  });
  const status = member?.status ?? "left";
  if (status === "left" || status === "kicked") return finding("broken", say("notIn", channel), say("addAgain"));
  const mute = member?.status === "restricted" && !member.can_send_messages;
  if (mute) return finding("broken", say("muted", channel), say("allow"));
  if (status !== "administrator") return finding("warning", say("noAdmin", channel), say("makeAdmin"));
  return finding("well", say("rights", channel));
}
