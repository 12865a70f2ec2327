// What `npm run build` makes: it does what the sources do, it is never run when they have changed, it loads what is configured.
import { spawnSync } from "node:child_process";
import { appendFile, cp, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { root } from "../house/sources.ts";
import { appwriteServer } from "../support/appwrite-server/index.ts";
import { type House, programs } from "../support/program.ts";

let clone: string;
beforeAll(async () => {
  clone = await mkdtemp(join(tmpdir(), "peerspark-bundle-"));
  for (const path of ["package.json", "package-lock.json", "start.cjs", "bundle", "config", "src"])
    await cp(join(root, path), join(clone, path), { recursive: true, preserveTimestamps: true });
});
afterAll(() => rm(clone, { recursive: true, force: true }));

let house: House;
beforeEach(async () => {
  house = await programs({}, join(clone, "start.cjs"));
});
afterEach(() => house.close());

function build(lifecycle: "build" | "prepare") {
  const { status, stderr } = spawnSync(process.execPath, ["bundle/main.js"], {
    cwd: clone,
    env: { PATH: process.env.PATH, npm_lifecycle_event: lifecycle },
    encoding: "utf8",
  });
  return { status, stderr };
}

const lines = "/pod create Linear Algebra category:maths\n/event create Eigenvalues tomorrow 6pm for 90 min\n!1\n";
const conversation = async () => (await house.chat("ada", lines)).stdout.replaceAll(/\b[A-Z0-9]{6}\b/g, "CODE");

describe("without the bundler", () => {
  it("an install goes on and the sources run, but who asks for a build is told", async () => {
    const { status, stderr } = build("prepare");
    expect(status).toBe(0);
    expect(stderr).toMatch(/^dist\/ was not made, so the sources run as they are: .*rolldown/);
    expect(build("build").status).toBe(1);
  });
});

it("an older Node is told which it has to be", () => {
  const older = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.11.0" } })`;
  const { status, stderr } = spawnSync(
    process.execPath,
    [`--import=data:text/javascript,${encodeURIComponent(older)}`, "start.cjs"],
    { cwd: clone, encoding: "utf8" },
  );
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/^PeerSpark needs Node 26; this is 20\.11\.0\. Run `npm ci`.*\n$/),
  ]);
});

describe("with it", () => {
  let fromSources: string;
  beforeAll(async () => {
    await symlink(join(root, "node_modules"), join(clone, "node_modules"), "dir");
    house = await programs({}, join(clone, "start.cjs"));
    fromSources = await conversation();
    await house.close();
    expect(build("prepare")).toEqual({ status: 0, stderr: "" });
  });

  it("a conversation goes as it does from the sources", async () => {
    expect(fromSources).toContain("Created. Its code is CODE");
    expect(await conversation()).toBe(fromSources);
  });

  it("a stack trace names the source", async () => {
    const service = await house.serve({ ...nobodyThere, LOG_LEVEL: "warn" });
    await service.complains(/does not answer.*\/src\/adapters\/chat\/pooled-wire\.ts:\d+/);
  });

  it("nothing is loaded but what is configured", async () => {
    const bare = await loaded({});
    expect(bare.filter((path) => /telegram|discord|slack|appwrite|node_modules/.test(path))).toEqual([]);
    const telegram = await loaded(nobodyThere);
    expect(telegram).toContainEqual(expect.stringMatching(/^dist\/telegram-[^/]*\.js$/));
    expect(telegram.filter((path) => /discord|slack|appwrite|node_modules/.test(path))).toEqual([]);
  });

  it("Appwrite's own library stays outside, and is loaded where Appwrite keeps the data", async () => {
    const server = await appwriteServer();
    const env = {
      APPWRITE_ENDPOINT: server.url,
      APPWRITE_PROJECT_ID: server.projectId,
      APPWRITE_API_KEY: server.apiKey,
    };
    try {
      expect(await house.start(["provision"], env).ended).toMatchObject({ code: 0, stderr: "" });
      const paths = await loaded(env);
      expect(paths).toContainEqual(expect.stringMatching(/^dist\/appwrite-[^/]*\.js$/));
      expect(paths).toContainEqual(expect.stringContaining("node_modules/node-appwrite/"));
      expect(paths.filter((path) => /^dist\/(sqlite|telegram)-/.test(path))).toEqual([]);
    } finally {
      await server.close();
    }
  });

  it("a build leaves what the one before has made, for what runs from it, and nothing older", async () => {
    const hello = join(clone, "src/hello.ts");
    const words = await readFile(hello, "utf8");
    const parts = async () => (await readdir(join(clone, "dist"))).filter((name) => /^run-.*\.js$/.test(name));
    const first = await parts();
    const builtWith = async (word: string) => {
      await writeFile(hello, words.replace("PeerSpark is running.", `PeerSpark is ${word}.`));
      expect(build("build").status).toBe(0);
      return parts();
    };
    const second = await builtWith("walking");
    expect([first.length, second]).toEqual([1, expect.arrayContaining(first)]);
    const third = await builtWith("flying");
    expect(third.filter((name) => second.includes(name))).toEqual(second.filter((name) => !first.includes(name)));
    await writeFile(hello, words);
  });

  it("an edited source runs at the next start", async () => {
    const texts = join(clone, "src/hello.ts");
    await writeFile(texts, (await readFile(texts, "utf8")).replace("PeerSpark is running.", "PeerSpark was edited."));
    const program = house.start();
    expect(await program.shows(/PeerSpark .*\n/)).toContain("PeerSpark was edited.");
  });

  it.each<[string, () => Promise<unknown>]>([
    ["a source has changed", () => appendFile(join(clone, "src/run.ts"), "\n")],
    ["a source has another of its length in its place", () => utimes(join(clone, "config/env.ts"), 0, 0)],
    ["a source has gone", () => rm(join(clone, "src/vapid.ts"))],
    ["a source has become a link to nowhere", () => link("src/hello.ts")],
    ["a part of it has gone", () => rm(join(clone, "dist/main.js"))],
    ["its list has been cut off", () => writeFile(join(clone, "dist/made-of.json"), "[[")],
    ["a library has changed", () => appendFile(join(clone, "package-lock.json"), "\n")],
    ["the way of bundling has changed", () => appendFile(join(clone, "bundle/main.js"), "\n")],
  ])("it is out of date when %s", async (_, change) => {
    const { isCurrent, stamped } = await import(join(clone, "bundle/stamp.cjs"));
    await stamped(async () => ["main.js"]);
    expect(isCurrent()).toBe(true);
    await change();
    expect(isCurrent()).toBe(false);
  });
});

async function link(path: string) {
  await rm(join(clone, path));
  await symlink("nowhere", join(clone, path));
}

const nobodyThere = { TELEGRAM_BOT_TOKEN: `123456:${"A".repeat(35)}`, TELEGRAM_API_ROOT: "http://127.0.0.1:9" };

/** Files below the clone that a service has loaded when it says that it runs. */
async function loaded(env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const list = join(house.folder, `loaded-${Object.keys(env).length}`);
  const watching = `
    import { appendFileSync } from "node:fs";
    import { registerHooks } from "node:module";
    const load = (url, context, next) => { appendFileSync(${JSON.stringify(list)}, url + "\\n"); return next(url, context); };
    registerHooks({ load });`;
  await house.serve({ ...env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(watching)}` });
  const urls = (await readFile(list, "utf8")).trim().split("\n");
  return [
    ...new Set(
      urls.filter((url) => url.startsWith("file:")).map((url) => url.replace(/^.*peerspark-bundle-[^/]*\//, "")),
    ),
  ];
}
