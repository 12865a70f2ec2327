// The rules that a file's text alone can break; each answers what it found.
import { codeOf, type Source } from "./sources.ts";

export type Rule = (sources: readonly Source[]) => readonly string[];

/** One finding a match, in code or in all of the text. */
const never =
  (pattern: RegExp, where: (path: string) => boolean = () => true, read: (text: string) => string = codeOf): Rule =>
  (sources) =>
    sources
      .filter(({ path }) => where(path))
      .flatMap(({ path, text }) => [...read(text).matchAll(pattern)].map(([found]) => `${path}: ${found.trim()}`));

export const firstLineSays: Rule = (sources) =>
  sources
    .filter(({ text }) => !/^(#!.*\n)?\/\/ \S.{10,}/.test(text))
    .map(({ path }) => `${path}: its first line is to say what the file is for`);

const mostLines = 400;
const linesOf = ({ text }: Source) => text.split("\n").length - 1;
export const shortEnough: Rule = (sources) =>
  sources
    .filter((source) => linesOf(source) > mostLines)
    .map((source) => `${source.path}: ${linesOf(source)} lines, of ${mostLines} at most`);

/** The length that nine of ten files stay under. */
export function ninthDecile(sources: readonly Source[]): number {
  const lengths = sources.map(linesOf).sort((a, b) => a - b);
  return lengths[Math.ceil(lengths.length * 0.9) - 1] ?? 0;
}

/** Terminals are written to by their own adapter and the words at start, everything else by the log. */
export const noConsole = never(/(?<!\.)\bconsole\.(?:log|info|warn|error|debug|trace|dir|table)\(/g, (path) =>
  path.startsWith("src/"),
);

/** Time and chance come to the core from outside, so that tests own them. */
export const noAmbientTime = never(
  /\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b|\bMath\.random\b|\bperformance\.now\b|\bset(?:Timeout|Interval)\(|\bprocess\.|\bcrypto\./g,
  (path) => path.startsWith("src/core/"),
);

export const noEmptyWords: Rule = (sources) =>
  sources
    .filter(({ path }) => /\b(utils?|helpers?|misc|common|manager|impl)\b/i.test(path))
    .map(({ path }) => `${path}: name it after what it holds`);

/** What a person or a secret is made of, as a field of a log line. */
const telling =
  /(?:^|[{,.\s])(text|name|title|body|content|token|secret|password|email|displayName|username)\b(?!\s*\()/;

/** Calls of the log whose fields could hold a message's text, a person's name or a token. */
export const logsTellNothing: Rule = (sources) =>
  sources.flatMap(({ path, text }) =>
    logFields(codeOf(text))
      .filter((fields) => telling.test(fields))
      .map((fields) => `${path}: ${fields}`),
  );

/** The object a log call is given, up to the brace that closes it. */
function logFields(code: string): readonly string[] {
  return [...code.matchAll(/\blog\s*\.(?:debug|info|warn|error|with)\(\s*(?=\{)/g)].map(({ 0: call, index }) => {
    const from = index + call.length;
    let depth = 0;
    for (let at = from; at < code.length; at++) {
      if (code[at] === "{") depth++;
      if (code[at] === "}" && --depth === 0) return code.slice(from, at + 1);
    }
    return code.slice(from);
  });
}

/**
 * Functions, constants and classes, of the core types too, that two files export under one name. Platforms are alike, so
 * theirs may share names; a feature is called as its folder, as its main collection may be too: features.ts alone sees it.
 */
export const uniqueNames: Rule = (sources) => [
  ...sharedNames(sources, /^export (?:async )?(?:function\*?|const|let|class) ([\w$]+)/gm),
  ...sharedNames(
    sources.filter(({ path }) => path.startsWith("src/core/")),
    /^export (?:type|interface) (\w+)/gm,
  ),
];

function sharedNames(sources: readonly Source[], exporting: RegExp): readonly string[] {
  const exported = sources.flatMap(({ path, text }) =>
    [...text.matchAll(exporting)].map(([, name]) => ({ name, path })),
  );
  const isFeature = ({ name, path }: { name?: string; path: string }) => path === `src/core/${name}/index.ts`;
  const shared = exported.filter((one) => !isFeature(one));
  return [...Map.groupBy(shared, ({ name }) => name)]
    .map(([name, where]) => ({ name, files: [...new Set(where.map(({ path }) => path))] }))
    .filter(({ files }) => new Set(files.map(alike)).size > 1)
    .map(({ name, files }) => `${files.join(" and ")} export ${name}: name each after what it is about`);
}
const alike = (path: string) => path.replace(/^src\/adapters\/chat\/[^/]+\//, "src/adapters/chat/*/");

/** Paths that are right on one machine only. */
export const noMachinePath = never(
  /(?<![\w.<>$}])(?:\/(?:home|Users|root|work)\/[\w.-]+|[A-Z]:\\Users\\)/g,
  () => true,
  (text) => text,
);

/** Addresses of a registry: the lock file leaves them to each machine's npm. */
export const noRegistry = never(
  /"resolved": "(?!file:)[^"]*"|registry\.[\w.-]+\/|_authToken/g,
  () => true,
  (text) => text,
);
