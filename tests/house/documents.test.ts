// Links between documents lead somewhere, and settings are written down as they are checked.
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { envExample } from "../../config/write-env-example.ts";
import { root, type Source, sourcesIn } from "./sources.ts";

const documents = sourcesIn(["."], ".md");

/** Targets of relative links and pictures, code left out. */
function linksOf({ path, text }: Source): readonly { readonly from: string; readonly to: string }[] {
  const prose = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)]
    .map(([, target]) => target!.split("#")[0]!)
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
    .map((target) => ({ from: path, to: posix.join(posix.dirname(path), decodeURI(target)) }));
}

const broken = (sources: readonly Source[]) => sources.flatMap(linksOf).filter(({ to }) => !existsSync(join(root, to)));

describe("documents", () => {
  it("link to what is there", () => {
    expect(documents.length).toBeGreaterThan(0);
    expect(broken(documents)).toEqual([]);
  });

  it("would be caught linking to what is not", () => {
    const text =
      "[a](../src/core/errors.ts) [b](gone.md#part) ![c](<x y.png>) [d](https://x.org) [e](#here) `[f](no.md)`";
    expect(broken([{ path: "docs/page.md", text }])).toEqual([{ from: "docs/page.md", to: "docs/gone.md" }]);
  });
});

describe(".env.example", () => {
  it("is what `npm run env:example` writes", () => {
    const [kept] = sourcesIn(["."]).filter(({ path }) => path === ".env.example");
    expect(kept?.text).toBe(envExample());
  });

  it("has a comment, a default and a line for each variable", () => {
    expect(envExample()).toContain(
      "# The port of the HTTP server; 0 takes any that is free.\n# Absent: 3000.\n# PORT=3000\n",
    );
  });
});
