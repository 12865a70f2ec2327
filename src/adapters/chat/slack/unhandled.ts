// A word to whoever asked for what could not even be read, at the address that came with it: it takes answers without a token.
import { AppError, reasonOf } from "../../../core/errors.ts";
import type { Log } from "../../../core/ports/log.ts";
import { rich } from "../../../core/text.ts";
import { noticeView } from "../notice-view.ts";
import type { Api } from "./api.ts";
import type { Incoming } from "./incoming.ts";
import { render } from "./render.ts";

export interface UnhandledParts {
  readonly api: Api;
  readonly log: Log;
  /** Where a workspace installs PeerSpark; absent where none does. */
  readonly installUrl?: string;
}

/** In English: whose language it is could not be looked up either. Never rejects. */
export async function answerUnhandled(
  { api, log, installUrl: url }: UnhandledParts,
  { body }: Incoming,
  error: unknown,
): Promise<void> {
  const respond = "response_url" in body ? body.response_url : undefined;
  if (respond === undefined || !(error instanceof AppError)) return;
  const view = noticeView("", "slack", undefined);
  const install = url && reasonOf(error) === "gone" ? [{ paragraph: [{ link: [url], url }] }] : [];
  const { text, blocks } = render({ ...view, body: [{ paragraph: rich(error.sentence(view.reader)) }, ...install] });
  await api
    .respond(respond, { response_type: "ephemeral", replace_original: false, text, blocks })
    .catch((failure) => log.warn({}, "nobody could be told that an update was not handled", failure));
}
