// Discord's Markdown as its app shows it: what is plain, what is marked, what calls somebody. Written from how the app
// behaves (rules tried in turn at each character), not from the adapter, so that a hole in its escaping shows.

export interface Run {
  readonly kind:
    | "bold"
    | "italic"
    | "underline"
    | "strike"
    | "spoiler"
    | "code"
    | "block"
    | "link"
    | "heading"
    | "subtext"
    | "list"
    | "quote"
    | "mention"
    | "emoji"
    | "time"
    | "command";
  readonly text: string;
  readonly more?: string;
}
export interface Shown {
  readonly text: string;
  readonly runs: readonly Run[];
}

type Found = { readonly length: number; readonly shown: Shown };
const plain = (text: string): Shown => ({ text, runs: [] });
const join = (parts: readonly Shown[]): Shown => ({
  text: parts.map(({ text }) => text).join(""),
  runs: parts.flatMap(({ runs }) => runs),
});
const marked = (kind: Run["kind"], inner: Shown, more?: string): Shown => ({
  text: inner.text,
  runs: [{ kind, text: inner.text, ...(more && { more }) }, ...inner.runs],
});

/** Line by line: code blocks, quotes, headings, lists; the rest inline. */
export function shownAs(markup: string): Shown {
  const blocks: Shown[] = [];
  let rest = markup;
  while (rest !== "") {
    const code = /^([\s\S]*?)```(?:[a-z0-9_+.#-]*\n)?\n*([^\n][\s\S]*?)\n*```/i.exec(rest);
    const open = code && !/\\$/.test(code[1]!) ? code : undefined;
    if (open) {
      blocks.push(lines(open[1]!), marked("block", plain(open[2]!)));
      rest = rest.slice(open[0].length);
    } else {
      blocks.push(lines(rest));
      rest = "";
    }
  }
  return join(blocks);
}

/** A mark may go on over line breaks, but not out of a line that is a heading, a list's or a quote's. */
function lines(text: string): Shown {
  const parts: Shown[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length) parts.push(inline(open.join("\n")));
    open = [];
  };
  const all = text.split("\n");
  for (const [index, one] of all.entries()) {
    const special = lineOf(one);
    if (special) {
      close();
      parts.push(special);
    } else open.push(one);
    if (index < all.length - 1 && (special || lineOf(all[index + 1]!))) {
      close();
      parts.push(plain("\n"));
    }
  }
  close();
  return join(parts);
}

function lineOf(line: string): Shown | undefined {
  const quote = /^ *>(?:>>)? (.*)$/s.exec(line);
  if (quote) return marked("quote", lineOf(quote[1]!) ?? inline(quote[1]!));
  const heading = /^ *(#{1,3}) +(\S.*)$/s.exec(line);
  if (heading) return marked("heading", inline(heading[2]!));
  const subtext = /^ *-# +(\S.*)$/s.exec(line);
  if (subtext) return marked("subtext", inline(subtext[1]!));
  const list = /^ *(?:([*+-])|(\d+)\.) +(\S?.*)$/s.exec(line);
  if (!list) return undefined;
  const inner = lineOf(list[3]!) ?? inline(list[3]!);
  return join([
    plain(list[1] ? "• " : `${list[2]}. `),
    { text: inner.text, runs: [{ kind: "list", text: inner.text }, ...inner.runs] },
  ]);
}

const rules: readonly ((text: string, before: string) => Found | undefined)[] = [
  (text) => match(/^\\([^0-9A-Za-z\s])/, text, ([, one]) => plain(one!)),
  (text) =>
    match(/^<t:(-?\d{1,17})(?::([tTdDfFR]))?>/, text, ([, at, style]) => ({
      text: `<t:${at}:${style ?? "f"}>`,
      runs: [{ kind: "time", text: at!, more: style ?? "f" }],
    })),
  (text) => match(/^<(?:@[!&]?|#)\d+>|^<id:\w+>/, text, ([all]) => call("mention", all!)),
  (text) => match(/^<a?:\w+:\d+>|^:[^\s:]+:/, text, ([all]) => call("emoji", all!)),
  (text) => match(/^<\/[^:>]+:\d+>/, text, ([all]) => call("command", all!)),
  (text) => match(/^@(?:everyone|here)/, text, ([all]) => call("mention", all!)),
  (text) =>
    match(/^<(https?:\/\/[^\s>]+|mailto:[^\s>]+|tel:[^\s>]+)>/, text, ([, to]) => marked("link", plain(to!), to)),
  (text) =>
    match(/^\[((?:\\.|[^\]\\])+)\]\((<?)(https?:\/\/[^\s<>)]+)>?\)/s, text, ([, label, , to]) =>
      marked("link", inline(label!), to),
    ),
  (text) => match(/^https?:\/\/[^\s<]+[^<.,:;"'\]\s]/, text, ([all]) => plain(all!)),
  (text) => match(/^(`+)([\s\S]*?[^`])\1(?!`)/, text, ([, , code]) => marked("code", plain(code!))),
  (text) => match(/^\|\|([\s\S]+?)\|\|/, text, ([, inner]) => marked("spoiler", inline(inner!))),
  (text) => match(/^~~((?:\\[\s\S]|[^\\])+?)~~/, text, ([, inner]) => marked("strike", inline(inner!))),
  (text) => match(/^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/, text, ([, inner]) => marked("bold", inline(inner!))),
  (text) => match(/^__((?:\\[\s\S]|[^\\])+?)__(?!_)/, text, ([, inner]) => marked("underline", inline(inner!))),
  (text, before) =>
    /\w$/.test(before)
      ? undefined
      : match(/^_((?:__|\\[\s\S]|[^\\_])+?)_\b/, text, ([, inner]) => marked("italic", inline(inner!))),
  (text) =>
    match(/^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/, text, ([, inner]) =>
      marked("italic", inline(inner!)),
    ),
];

const call = (kind: Run["kind"], text: string): Shown => ({ text, runs: [{ kind, text }] });

function match(rule: RegExp, text: string, show: (found: RegExpExecArray) => Shown): Found | undefined {
  const found = rule.exec(text);
  return found ? { length: found[0].length, shown: show(found) } : undefined;
}

/** Characters at which no rule begins are passed over at once. */
const starts = /[\\<:@[h`|~*_]/g;

export function inline(text: string): Shown {
  const parts: Shown[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    starts.lastIndex = at;
    const next = starts.exec(text);
    if (!next) break;
    at = next.index;
    const before = text.slice(Math.max(0, at - 1), at);
    const rest = text.slice(at);
    let found: Found | undefined;
    for (const rule of rules) {
      found = rule(rest, before);
      if (found) break;
    }
    if (!found) {
      at++;
      continue;
    }
    parts.push(plain(text.slice(from, at)), found.shown);
    at += found.length;
    from = at;
  }
  return join([...parts, plain(text.slice(from))]);
}
