// A view as a push message: a title, a few lines, and what a click opens. It is all plain text.
import { cutTo, plain, type Reader } from "../../core/text.ts";
import type { Block, View } from "../../core/view.ts";
import { pushServiceTexts } from "./texts.ts";

export interface PushMessage {
  readonly title: string;
  readonly body: string;
  readonly url?: string;
  /** A message with the same tag takes the place of this one on the screen. */
  readonly tag: string;
}

/** UTF-16 units; a push service takes 4096 bytes encrypted (RFC 8030, 7.2), which a unit of three bytes each still fits. */
const longest = { title: 100, body: 900, url: 300 };

export function renderPush(view: View, reader: Reader, tag: string): PushMessage {
  const t = pushServiceTexts(reader);
  const { title, body = [], fields = [], footer, buttons = [] } = view;
  const lines = [
    ...body.map((block) => textOf(block, reader)),
    ...fields.map(({ name, value }) => `${plain(name, reader)}: ${plain(value, reader)}`),
    ...(footer ? [plain(footer, reader)] : []),
    ...(buttons.flat().some((one) => "call" in one) ? [t.openChat] : []),
  ];
  const url = buttons
    .flat()
    .flatMap((one) => ("url" in one ? [one.url] : []))
    .find((one) => /^https?:/i.test(one) && one.length <= longest.url);
  return {
    title: cutTo(title ? plain(title, reader) : t.noTitle, longest.title),
    body: cutTo(lines.filter(Boolean).join("\n"), longest.body),
    ...(url && { url }),
    tag,
  };
}

function textOf(block: Block, reader: Reader): string {
  if ("paragraph" in block) return plain(block.paragraph, reader);
  if ("quote" in block) return plain(block.quote, reader);
  if ("code" in block) return block.code;
  return block.list.map((item) => `- ${plain(item, reader)}`).join("\n");
}
