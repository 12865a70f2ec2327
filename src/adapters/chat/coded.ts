// Code in a person's message, which every app writes between backticks: the one markup that is kept when it is carried on.
export type Piece =
  | { readonly text: string }
  /** `block`: in lines of its own. `language` as it was named behind the opening marks. */
  | { readonly code: string; readonly block: boolean; readonly language?: string };

/** A block up to its closing marks or the end of the text, or a run within a line. */
const marks = /\n?```(?:([\w+#.-]{1,20})(?=\n))?\n*((?:(?!```)[\s\S])+)(```\n?|$)|(?<!`)`([^`\n]+)`(?!`)/g;

/** In order; what is no code stays as it was typed. */
export function codeAndText(text: string): readonly Piece[] {
  if (!text.includes("`")) return [{ text }];
  const pieces: Piece[] = [];
  let done = 0;
  for (const found of text.matchAll(marks)) {
    const piece = codeIn(found);
    if (!piece) continue;
    if (found.index > done) pieces.push({ text: text.slice(done, found.index) });
    pieces.push(piece);
    done = found.index + found[0].length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}

/** Without an end it is a block only where the text was cut. */
function codeIn([, language, block, end, run = ""]: RegExpExecArray): Piece | undefined {
  const code = block?.trimEnd() ?? run;
  if (code.trim() === "" || (end === "" && !code.endsWith("…"))) return undefined;
  return { code, block: block !== undefined, ...(language && { language }) };
}

/** As it is typed; as plain text where its own backticks would end it. */
export function typedCode(code: string, block: boolean, language = ""): string {
  if (code.includes(block ? "```" : "`") || code.trim() === "") return code;
  const named = /^[\w+#.-]{1,20}$/.test(language) ? language : "";
  return block || code.includes("\n") ? `\`\`\`${named}\n${code}\n\`\`\`` : `\`${code}\``;
}
