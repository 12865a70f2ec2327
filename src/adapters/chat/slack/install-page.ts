// The page on which an installation ends: a sentence, and the way on.
import { nearestLanguage } from "../../../core/members/read.ts";
import { plain, type Sentence } from "../../../core/text.ts";

export interface InstallPage {
  readonly status: number;
  readonly sentence: Sentence;
  /** As the browser asks for it: accept-language. */
  readonly accepts: string;
  readonly link: { readonly label: Sentence; readonly url: string };
  readonly headers?: Readonly<Record<string, string>>;
}

export function installPage({ status, sentence, accepts, link, headers }: InstallPage) {
  const reader = { language: nearestLanguage(accepts.split(",")[0]), zone: "UTC", platform: "slack" } as const;
  const say = (said: Sentence) => escaped(plain(said(reader), reader));
  const body = `<!doctype html>
<html lang="${reader.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>PeerSpark</title>
<p>${say(sentence)}</p>
<p><a href="${escaped(link.url)}">${say(link.label)}</a></p>
</html>
`;
  return {
    status,
    headers: {
      "cache-control": "no-store",
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      ...headers,
    },
    body,
  };
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
