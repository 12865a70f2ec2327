// Whether Telegram would take an address for a webhook (core.telegram.org/bots/webhooks).
import type { Sentence } from "../../../core/text.ts";
import { examineTexts } from "./examine-texts.ts";

const ports: readonly string[] = ["", "80", "88", "443", "8443"];

/** Why it would not; a Bot API server of one's own takes more. */
export function refusalOfAddress(publicUrl: string): Sentence | undefined {
  const { protocol, port } = new URL(publicUrl);
  if (protocol === "https:" && ports.includes(port)) return undefined;
  return examineTexts.say("badAddress", publicUrl);
}
