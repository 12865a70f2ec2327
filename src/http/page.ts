// A small page of our own: a sentence, and a button where there is something to do. Nothing on it runs but what has its nonce.
import type { Response } from "express";

export interface Page {
  readonly language: string;
  readonly title: string;
  readonly text: string;
  readonly press?: string;
  /** A button that posts to this very address. */
  readonly posts?: boolean;
  /** Runs /push/page.js under this nonce, with `data` to read. */
  readonly nonce?: string;
  readonly data?: Readonly<Record<string, string>>;
}

export function page(
  response: Response,
  status: number,
  { language, title, text, press, posts, nonce, data = {} }: Page,
): void {
  const own = nonce ? `script-src 'nonce-${nonce}'; connect-src 'self'; worker-src 'self'; ` : "";
  const form = posts ? "'self'" : "'none'";
  response.status(status);
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader(
    "content-security-policy",
    `default-src 'none'; ${own}base-uri 'none'; form-action ${form}; frame-ancestors 'none'`,
  );
  const given = Object.entries(data).map(([name, value]) => ` data-${name}="${asHtml(value)}"`);
  const button = press ? `<button id="press">${asHtml(press)}</button>` : "";
  response.end(`<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${asHtml(title)}</title>
<h1>${asHtml(title)}</h1>
<p id="said" role="status">${asHtml(text)}</p>
${posts ? `<form method="post">${button}</form>` : button}
${nonce ? `<script src="/push/page.js" nonce="${nonce}" id="own"${given.join("")}></script>` : ""}
</html>
`);
}

/** As text of a page or of an attribute. */
export const asHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
