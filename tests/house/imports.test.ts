// Imports run one way and never in a ring, types included.
import { describe, expect, it } from "@jest/globals";
import { circles, importsOf, objection, standOf } from "./imports.ts";
import { sourcesIn } from "./sources.ts";

const sources = [...sourcesIn(["src"], ".ts"), ...sourcesIn(["config"], ".ts")];
const imports = sources.flatMap(importsOf);

describe("the house", () => {
  it("has every file in a room", () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(() => sources.map(({ path }) => standOf(path))).not.toThrow();
  });

  it("imports downhill alone", () => {
    expect(imports.length).toBeGreaterThan(sources.length);
    expect(imports.map(objection).filter(Boolean)).toEqual([]);
  });

  it("has no circle", () => {
    const within = (ring: readonly string[]) =>
      imports.filter(({ from, to }) => ring.includes(from) && ring.includes(to));
    expect(circles(imports).map(within)).toEqual([]);
  });
});

describe("this test", () => {
  it("reads every form of import", () => {
    const text = `// import { no } from "./comment.ts";
/** import { no } from "./docblock.ts" */
import "./effect.ts";
import whole, { type Part } from './default.ts';
import type { Shape } from "../shape.ts";
import {
  first,
  type Second,
} from "./lines.ts";
import * as all from "node:fs";
export * from "./star.ts";
export { type A, b as c } from "./named.ts";
export type { T } from "pino";
const later = await import("./later.ts");
type Far = import("./far.ts").Far;
export const from = Array.from("./no.ts");
export const words = "x";
`;
    expect(
      importsOf({ path: "src/a/b.ts", text })
        .map(({ to }) => to)
        .sort(),
    ).toEqual(
      ["effect", "default", "lines", "star", "named", "later", "far"]
        .map((name) => `src/a/${name}.ts`)
        .concat("src/shape.ts", "node:fs", "pino")
        .sort(),
    );
  });

  const feature = "src/core/events/event.ts";
  it.each([
    ["src/core/ports/store.ts", "src/core/kernel/change.ts"],
    ["src/core/kernel/house.ts", "src/serve.ts"],
    ["src/core/errors.ts", "src/core/ports/log.ts"],
    ["src/core/kernel/job.ts", "src/core/events/index.ts"],
    ["src/core/time/zones.ts", "src/core/kernel/input.ts"],
    [feature, "src/core/pods/pod.ts"],
    [feature, "src/core/pods/views.ts"],
    ["src/adapters/chat/gate.ts", "src/core/members/account.ts"],
    [feature, "src/core/pods/index.ts"],
    [feature, "src/core/events/index.ts"],
    ["src/build.ts", "src/core/events/index.ts"],
    [feature, "src/core/features.ts"],
    [feature, "src/adapters/log.ts"],
    [feature, "config/env.ts"],
    [feature, "node:crypto"],
    [feature, "telegraf"],
    ["src/http/app.ts", "src/jobs/work.ts"],
    ["src/jobs/work.ts", "src/adapters/log.ts"],
    ["src/adapters/log.ts", "src/build.ts"],
    ["src/adapters/log.ts", "config/env.ts"],
    ["src/adapters/chat/telegram/render.ts", "src/adapters/chat/terminal/render.ts"],
    ["src/adapters/store/sqlite.ts", "src/adapters/store/appwrite.ts"],
    ["src/adapters/store/appwrite-page.ts", "src/adapters/store/sqlite/find.ts"],
    ["src/jobs/drivers/bullmq.ts", "src/jobs/drivers/embedded/claim.ts"],
    ["src/build.ts", "src/main.ts"],
    ["config/env.ts", "src/adapters/log.ts"],
  ])("finds that %s may not import %s", (from, to) => {
    expect(objection({ from, to })).toContain(`${from} imports ${to}`);
  });

  it.each([
    [feature, "src/core/pods/facts.ts"],
    [feature, "src/core/pods/read.ts"],
    [feature, "src/core/events/texts.ts"],
    [feature, "zod"],
    ["src/core/time/day-words.ts", "chrono-node/de"],
    ["src/core/features.ts", "src/core/events/index.ts"],
    ["src/adapters/chat/gate.ts", "src/core/members/read.ts"],
    ["src/adapters/chat/answer.ts", "src/core/spaces/views.ts"],
    ["src/adapters/chat/index.ts", "src/adapters/chat/telegram/index.ts"],
    ["src/adapters/store/sqlite.ts", "src/adapters/store/sqlite/find.ts"],
    ["src/adapters/store/sqlite.ts", "node:sqlite"],
    ["src/build.ts", "config/env.ts"],
    ["src/main.ts", "src/build.ts"],
    ["src/run.ts", "src/serve.ts"],
    ["src/adapters/chat/index.ts", "config/env.ts"],
  ])("lets %s import %s", (from, to) => {
    expect(objection({ from, to })).toBeUndefined();
  });

  it("finds rings, long, short and of one, and no others", () => {
    const edges = ["ab", "bc", "ca", "cd", "de", "ed", "ff", "gd", "ag"].map(([from, to]) => ({
      from: from!,
      to: to!,
    }));
    expect(
      circles(edges)
        .map((ring) => ring.join(""))
        .sort(),
    ).toEqual(["abc", "de", "f"]);
    expect(
      circles([
        { from: "a", to: "b" },
        { from: "a", to: "c" },
        { from: "b", to: "c" },
      ]),
    ).toEqual([]);
  });

  it("finds a file in no room", () => {
    expect(() => standOf("src/shared/words.ts")).toThrow("in no room");
    expect(() => standOf("src/core/stray.ts")).toThrow("in no room");
  });
});
