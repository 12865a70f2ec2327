// `npm run doctor`: what it finds is printed with its remedy, each look has its time, nothing secret is shown, nothing is made.
import { existsSync } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { withoutCalendar, withoutPosts } from "../../src/adapters/chat/unsupported.ts";
import { openSqlite } from "../../src/adapters/store/sqlite.ts";
import { collections } from "../../src/build.ts";
import type { Entries, Found } from "../../src/checks.ts";
import { AppError } from "../../src/core/errors.ts";
import { insert } from "../../src/core/kernel/change.ts";
import { bindings, pods } from "../../src/core/pods/read.ts";
import type { Address, Finding, Platform } from "../../src/core/ports/platform.ts";
import { doctor } from "../../src/doctor.ts";
import { type House, programs } from "../support/program.ts";
import { type TelegramServer, telegramServer } from "../support/telegram-server/index.ts";

let house: House;
beforeEach(async () => {
  house = await programs();
});
afterEach(() => house.close());

interface Told {
  readonly ok: boolean;
  readonly findings: readonly Found[];
}
const looks = async (env: Readonly<Record<string, string>> = {}) => {
  const { code, stdout, stderr } = await house.start(["doctor", "--json"], env).ended;
  return { code, stderr, told: JSON.parse(stdout) as Told };
};
const of = ({ findings }: Told, area: string) => findings.filter((one) => one.area === area);

describe("the doctor", () => {
  it("finds a fresh folder well, says what is off, and makes nothing", async () => {
    const { code, stdout, stderr } = await house.start(["doctor"]).ended;
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^ {2}ok {7}node +Node 26/);
    expect(stdout).toMatch(/^ {2}off {6}telegram +set TELEGRAM_BOT_TOKEN to turn it on$/m);
    expect(stdout).toMatch(/Nothing is broken\.\n$/);
    expect(existsSync(join(house.folder, "data"))).toBe(false);
  });

  it("finds data, a key and a store that are in use", async () => {
    await house.chat("ada", "/pod create Topology\n");
    const { code, told } = await looks();
    expect([code, told.ok]).toEqual([0, true]);
    expect(of(told, "store")[0]!.what).toMatch(/peerspark\.db answers \(SQLite/);
    expect(of(told, "key")[0]!.what).toContain("secret-key");
    await chmod(join(house.folder, "data", "secret-key"), 0o644);
    expect(of((await looks()).told, "key")).toMatchObject([
      { state: "warning", remedy: expect.stringContaining("chmod 600") },
    ]);
  });

  it.each<[string, (folder: string) => Promise<unknown>, string, RegExp]>([
    [
      "a setting",
      (folder) => writeFile(join(folder, ".env"), "LOG_LEVEL=loud\n"),
      "settings",
      /^LOG_LEVEL in \.env must be/,
    ],
    ["the data folder", (folder) => writeFile(join(folder, "data"), ""), "data", /can't be used .*DATA_DIR/],
    [
      "a data folder that is a link to nowhere",
      (folder) => symlink(join(folder, "nowhere"), join(folder, "data")),
      "data",
      /can't be used \(ENOENT\).*DATA_DIR/,
    ],
    [
      "the key",
      async (folder) => {
        await mkdir(join(folder, "data"));
        await writeFile(join(folder, "data", "secret-key"), "half");
      },
      "key",
      /secret-key .* is damaged/,
    ],
    [
      "the store",
      async (folder) => {
        await mkdir(join(folder, "data"));
        await writeFile(join(folder, "data", "peerspark.db"), "Dear diary, ".repeat(1000));
      },
      "store",
      /peerspark\.db.*database/,
    ],
  ])("says that %s is broken, and ends with an error", async (_, breaking, area, what) => {
    await breaking(house.folder);
    const { code, told, stderr } = await looks();
    expect([code, told.ok, stderr]).toEqual([1, false, ""]);
    expect(of(told, area)).toMatchObject([{ state: "broken", what: expect.stringMatching(what) }]);
  });

  it.each(["/proc/x", "/proc/x/deeper"])("finds that %s can't be made, whatever its parent says", async (folder) => {
    const { code, told } = await looks({ DATA_DIR: folder });
    expect(code).toBe(1);
    expect(of(told, "data")).toMatchObject([{ state: "broken", what: `${folder} can't be made in /proc` }]);
  });

  it("understands its own options alone", async () => {
    expect(await house.start(["doctor", "--jsn"]).ended).toMatchObject({ code: 1 });
    expect(await house.start(["chat", "--json"]).ended).toMatchObject({ code: 1 });
    expect((await house.start(["--help"]).ended).stdout).toContain("npm run doctor");
  });
});

describe("with Telegram on", () => {
  let server: TelegramServer;
  beforeEach(async () => {
    server = await telegramServer();
  });
  afterEach(() => server.close());
  const on = () => ({ TELEGRAM_BOT_TOKEN: server.token, TELEGRAM_API_ROOT: server.url });

  it("it compares the clock, looks at Telegram without receiving, and tells nobody the token", async () => {
    const { stdout } = await house.start(["doctor"], on()).ended;
    expect(stdout).toMatch(/^ {2}ok +clock +it agrees with that of the chat apps$/m);
    expect(stdout).toMatch(/^ {2}\w+ +telegram +\S/m);
    expect(stdout).not.toContain(server.token);
    expect(server.calls("getUpdates")).toEqual([]);
    expect(server.calls("setWebhook")).toEqual([]);
    expect(server.calls("sendMessage")).toEqual([]);
  });

  it("a wrong token is broken, with the remedy", async () => {
    const token = `999:${"x".repeat(35)}`;
    const { code, stdout } = await house.start(["doctor"], { ...on(), TELEGRAM_BOT_TOKEN: token }).ended;
    expect(stdout).toMatch(/^ {2}BROKEN +telegram +Telegram does not know this bot token\. .*TELEGRAM_BOT_TOKEN/m);
    expect(stdout).not.toContain(token);
    expect(code).toBe(1);
  });

  it("an app out of reach is broken", async () => {
    server.fault({ kind: "cut" }, { times: 100 });
    const { code, stdout } = await house.start(["doctor"], on()).ended;
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^ {2}BROKEN +telegram +Telegram does not answer/m)]);
  });

  it("that does not answer, it says so", async () => {
    await server.close();
    const { stdout } = await house.start(["doctor"], on()).ended;
    expect(stdout).toMatch(/^ {2}warning +clock +no chat app answers/m);
    server = await telegramServer();
  });

  it.each([
    [30_000, "warning", "s behind"],
    [-600_000, "broken", "s ahead"],
  ])("a clock that is %d ms off is a %s", async (ms, state, words) => {
    const other = createServer((_, response) => {
      response
        .setHeader("date", new Date(Date.now() + ms).toUTCString())
        .writeHead(404)
        .end();
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const { told } = await looks({ ...on(), TELEGRAM_API_ROOT: url });
    expect(of(told, "clock")).toMatchObject([
      { state, what: expect.stringContaining(words), remedy: expect.stringContaining("NTP") },
    ]);
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  });
});

/** A chat app whose examination is what a test wants. */
function app(
  name: string,
  examine: (places: readonly Address[]) => Promise<readonly Finding[]>,
  stopped: string[] = [],
) {
  const platform = {
    ...withoutPosts,
    ...withoutCalendar,
    name,
    examine,
    start: () => Promise.reject(new Error("nobody starts it")),
    stop: async () => void stopped.push(name),
  } as unknown as Platform;
  return { name, variable: `${name.toUpperCase()}_TOKEN`, configured: () => true, open: async () => platform };
}

describe("chat apps", () => {
  const examined = async (apps: Entries, env: Readonly<Record<string, string>> = {}) => {
    let text = "";
    const write = (more: string) => {
      text += more;
    };
    const ok = await doctor({
      env: { DATA_DIR: join(house.folder, "data"), ...env },
      json: false,
      write,
      apps,
      patience: 300,
    });
    return { ok, text };
  };

  it("say what they found, each by itself: one that fails or hangs leaves the others theirs", async () => {
    const stopped: string[] = [];
    const { ok, text } = await examined([
      app("one", async () => [{ state: "well", what: "the token is known" }], stopped),
      app("two", async () => [{ state: "warning", what: "no intent", remedy: "Turn it on in the portal." }], stopped),
      app("three", () => new Promise(() => undefined), stopped),
      app(
        "four",
        () => Promise.reject(new AppError("invalid", "Four does not know this token. Check FOUR_TOKEN.")),
        stopped,
      ),
      app("five", () => Promise.reject(new TypeError("x is not a function")), stopped),
      { ...app("six", async () => []), configured: () => false },
    ]);
    expect(ok).toBe(false);
    expect(text).toContain("ok       one       the token is known");
    expect(text).toMatch(/warning {2}two {7}no intent\n +→ Turn it on in the portal\./);
    expect(text).toMatch(/BROKEN {3}three {5}no answer within 0\.3 s/);
    expect(text).toMatch(/BROKEN {3}four {6}Four does not know this token\. Check FOUR_TOKEN\./);
    expect(text).toMatch(/BROKEN {3}five {6}it could not be looked at/);
    expect(text).toMatch(/off {6}six {7}set SIX_TOKEN to turn it on/);
    expect(text).toContain("3 of these are broken.");
    expect(stopped.sort()).toEqual(["five", "four", "one", "two"]);
  });

  it("are asked about the places that pods are at home in", async () => {
    await house.chat("ada", "/pod create Topology\n");
    const store = await openSqlite({ path: join(house.folder, "data", "peerspark.db"), collections });
    const [pod] = (await store.find(pods, { limit: 1 })).rows;
    const home = { platform: "terminal", channel: "ada", space: "ada", boundBy: pod!.creatorId, boundAt: 1 };
    await store.commit([insert(bindings, { id: "home", podId: pod!.id, ...home })]);
    await store.close();
    let asked: readonly Address[] = [];
    const { ok } = await examined([
      app("terminal", async (places) => {
        asked = places;
        return [];
      }),
    ]);
    expect(ok).toBe(true);
    expect(asked).toEqual([{ platform: "terminal", channel: "ada" }]);
  });

  it("can't have a secret printed", async () => {
    const secret = "a-very-secret-key-of-36-characters!!";
    const { text } = await examined([app("one", async () => [{ state: "broken", what: `refused ${secret}` }])], {
      SECRET_KEY: secret,
    });
    expect(text).toContain("refused [secret]");
    expect(text).not.toContain(secret);
  });
});
