// Every file keeps the house's rules; and every rule finds a violation made up for it.
import { describe, expect, it } from "@jest/globals";
import {
  firstLineSays,
  logsTellNothing,
  ninthDecile,
  noAmbientTime,
  noConsole,
  noEmptyWords,
  noMachinePath,
  noRegistry,
  type Rule,
  shortEnough,
  uniqueNames,
} from "./rules.ts";
import { type Source, sourcesIn } from "./sources.ts";

const src = sourcesIn(["src"], ".ts");
const written = [...sourcesIn(["src", "config", "tests", "bench"], ".ts"), ...sourcesIn(["bundle"], ".js")];
const everything = sourcesIn(["."]).filter(({ path }) => path !== "package-lock.json");
const install = sourcesIn(["."]).filter(({ path }) => ["package-lock.json", ".npmrc", "package.json"].includes(path));
const self = /^tests\/house\//;

interface Check {
  readonly of: string;
  readonly rule: Rule;
  readonly files: readonly Source[];
  readonly wrong: readonly Source[];
  readonly right: readonly Source[];
}
const at = (path: string, text: string): Source => ({ path, text });
const logged = (call: string) => at("src/jobs/work.ts", `ctx.log.${call};`);

const checks: readonly Check[] = [
  {
    of: "the first line says what a file is for",
    rule: firstLineSays,
    files: written,
    wrong: [
      at("src/a.ts", "import x from 'y';\n"),
      at("src/b.ts", "//\n"),
      at("src/c.ts", "\n// Says it a line late.\n"),
    ],
    right: [at("src/d.ts", "// Says what it is for.\nimport x from 'y';\n")],
  },
  {
    of: "no file is over 400 lines",
    rule: shortEnough,
    files: written,
    wrong: [at("src/a.ts", "x\n".repeat(401))],
    right: [at("src/b.ts", "x\n".repeat(400))],
  },
  {
    of: "nothing prints past the log",
    rule: noConsole,
    files: src,
    wrong: [at("src/a.ts", "console.log(1);"), at("src/a.ts", "run(() => console.error(error));")],
    right: [at("src/a.ts", "// console.log(1) is not for us\nseat.console.close(); console.lines(x);")],
  },
  {
    of: "the core asks nobody but its ports for time, chance or its process",
    rule: noAmbientTime,
    files: src,
    wrong: [
      "Date.now()",
      "new Date()",
      "Math.random()",
      "Temporal.Now.instant()",
      "setTimeout(f, 1)",
      "process.env.X",
    ].map((code) => at("src/core/events/event.ts", `const x = ${code};`)),
    right: [
      at("src/core/events/event.ts", "// Date.now() is the clock's.\nnew Date(instant); Temporal.Instant.from(x)"),
      at("src/adapters/clock.ts", "Date.now()"),
    ],
  },
  {
    of: "files are named after what they hold",
    rule: noEmptyWords,
    files: written,
    wrong: [at("src/core/utils.ts", ""), at("src/helpers/x.ts", ""), at("src/jobs/job-manager.ts", "")],
    right: [at("src/core/members/profile.ts", "")],
  },
  {
    of: "logs hold no text, name or token",
    rule: logsTellNothing,
    files: src,
    wrong: [
      logged('info({ text }, "seen")'),
      logged('warn({ job: { a: 1 }, title: event.title }, "seen", error)'),
      logged('error({ who: member.displayName }, "seen")'),
      logged("with({ a: 1, b: update.deed.text })"),
      logged('info({ token: "x" }, "seen")'),
    ],
    right: [
      logged('info({ job: turn.job, attempt: turn.attempt }, "the text of a title")'),
      logged('info({}, "seen"); run({ text })'),
      logged("with({ correlation, platform: update.place.platform })"),
    ],
  },
  {
    of: "no two files export the same name",
    rule: uniqueNames,
    files: src,
    wrong: [
      at("src/a.ts", "export const one = 1;\n"),
      at("src/b.ts", "export async function one() {}\n"),
      at("src/core/events/a.ts", "export interface Told {\n"),
      at("src/core/pods/b.ts", "export type Told = string;\n"),
    ],
    right: [
      at("src/core/pods/index.ts", "export const pods = 1;\n"),
      at("src/core/pods/pod.ts", "export const pods = 1;\n"),
      at("src/adapters/chat/slack/render.ts", "export const render = 1;\n"),
      at("src/adapters/chat/telegram/render.ts", "export const render = 1;\n"),

      at("src/core/pods/place.ts", "export const Place = 1;\nexport type Place = 2;\n"),
      at("src/http/app.ts", "export interface Parts {\n"),
      at("src/jobs/work.ts", "export interface Parts {\n"),
      at("src/a.ts", "export const one = 1;\nexport type Two = 2;\n"),
      at("src/b.ts", "const one = 2;\nexport const two = 3;\n"),
    ],
  },
  {
    of: "no path belongs to one machine",
    rule: noMachinePath,
    files: everything.filter(({ path }) => !self.test(path)),
    wrong: [
      at("README.md", "see /home/ada/peerspark"),
      at("a.ts", 'open("/Users/ada/x")'),
      at("b.ts", "C:\\Users\\ada"),
    ],
    right: [at("README.md", "https://example.org/home/page and ./work/x and <root>/work/x")],
  },
  {
    of: "what is installed names no registry",
    rule: noRegistry,
    files: install,
    wrong: [
      at("package-lock.json", '"resolved": "https://registry.example.org/a/-/a-1.0.0.tgz"'),
      at(".npmrc", "//x/:_authToken=1"),
    ],
    right: [at("package-lock.json", '"integrity": "sha512-x", "funding": { "url": "https://example.org" }')],
  },
];

describe.each(checks)("$of", ({ rule, files, wrong, right }) => {
  it("in this house", () => {
    expect(files.length).toBeGreaterThan(2);
    expect(rule(files)).toEqual([]);
  });

  it("and would be missed if it were not so", () => {
    if (rule === uniqueNames) expect(rule(wrong)).toHaveLength(2);
    else
      for (const source of wrong) expect({ source, found: rule([source]).length > 0 }).toMatchObject({ found: true });
    expect(rule(right)).toEqual([]);
  });
});

describe("nine of ten files in src stay under 200 lines", () => {
  it("in this house", () => expect(ninthDecile(src)).toBeLessThanOrEqual(200));

  it("and would be missed if it were not so", () => {
    const files = [...Array(9).keys()].map((n) => at(`src/${n}.ts`, "x\n".repeat(n)));
    expect(ninthDecile([...files, at("src/long.ts", "x\n".repeat(399))])).toBe(8);
    expect(ninthDecile([...files.slice(1), at("src/l.ts", "x\n".repeat(300)), at("src/m.ts", "x\n".repeat(300))])).toBe(
      300,
    );
  });
});
