// What is set up wrong ends the program with one clear sentence on standard error and exit code 1, and no stack trace.
import { mkdir, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { settingOf } from "../../config/variables.ts";
import { type House, programs } from "../support/program.ts";

let house: House;
beforeEach(async () => {
  house = await programs();
});
afterEach(() => house.close());

/** Both programs refuse alike. Lines of the log, which are JSON, may stand before the sentence. */
async function refusals(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const both = [house.start([], env), house.start(["chat", "--as", "ada"], env)];
  const [service, chat] = await Promise.all(both.map(({ ended }) => ended));
  expect([service!.code, service!.stdout, chat!.code, chat!.stdout]).toEqual([1, "", 1, ""]);
  const sentence = sentenceIn(service!.stderr);
  expect(sentenceIn(chat!.stderr)).toBe(sentence);
  return sentence;
}

function sentenceIn(stderr: string): string {
  expect(stderr).not.toMatch(/^ {4}at /m);
  return stderr
    .split("\n")
    .filter((line) => line && !line.startsWith("{"))
    .join("\n");
}

describe("a variable in .env", () => {
  const malformed = {
    ROLES: "chat,web",
    PORT: "eighty",
    HOST: "http://localhost",
    PUBLIC_URL: "example.org",
    SECRET_KEY: "short",
    TELEGRAM_BOT_TOKEN: "123456:short",
    TELEGRAM_API_ROOT: "localhost:8081",
    TELEGRAM_WEBHOOK_SECRET: "too short",
    LOG_LEVEL: "loud",
  } as const;

  it("that is malformed is refused by its name: all of them at once", async () => {
    const lines = Object.entries(malformed).map(([name, value]) => `${name}=${value}\n`);
    await writeFile(join(house.folder, ".env"), lines.join(""));
    const expected = Object.keys(malformed).map((name) => `${name} in .env must be ${settingOf(name as "PORT").form}.`);
    expect(await refusals({ PORT: "" })).toBe(expected.join("\n"));
  });

  it("that looks like a slip is pointed at, and the program goes on", async () => {
    await writeFile(join(house.folder, ".env"), "TELEGRAM_TOKEN=x\n");
    const { code, stderr } = await house.chat("ada", "");
    expect([code, stderr]).toEqual([0, "TELEGRAM_TOKEN in .env is not read. Did you mean TELEGRAM_BOT_TOKEN?\n"]);
  });

  it("in a .env that can't be read is asked for", async () => {
    await mkdir(join(house.folder, ".env"));
    expect(await refusals()).toBe(".env can't be read (EISDIR). Make it readable, or remove it.");
  });
});

describe("the data", () => {
  it("in a folder that can't be written to", async () => {
    await writeFile(join(house.folder, "file"), "");
    const dir = join(house.folder, "file", "data");
    expect(await refusals({ DATA_DIR: dir })).toBe(
      `The data folder ${dir} can't be used (ENOTDIR). Make it a folder this user may write to, or name another in DATA_DIR.`,
    );
  });

  it("of a newer version", async () => {
    await house.chat("ada", "/pod create Topology\n");
    const file = join(house.folder, "data", "peerspark.db");
    const db = new DatabaseSync(file);
    db.exec("PRAGMA user_version = 99");
    db.close();
    expect(await refusals()).toMatch(new RegExp(`^.*${file}.* newer .*$`));
  });

  it("that are no database", async () => {
    await mkdir(join(house.folder, "data"));
    const file = join(house.folder, "data", "peerspark.db");
    await writeFile(file, "Dear diary, ".repeat(1000));
    expect(await refusals()).toMatch(new RegExp(`^.*${file}.*database.*$`));
  });

  it("whose place or whose log's place is taken by a folder", async () => {
    await mkdir(join(house.folder, "data", "peerspark.db"), { recursive: true });
    expect(await refusals()).toMatch(/^.*peerspark\.db.*$/);
    await mkdir(join(house.folder, "other", "peerspark.log"), { recursive: true });
    const { code, stderr } = await house.start(["chat", "--as", "ada"], { DATA_DIR: "other" }).ended;
    expect(code).toBe(1);
    expect(sentenceIn(stderr)).toBe(
      `The log ${house.folder}/other/peerspark.log can't be written (EISDIR). Make it a file this user may write to, or name another folder in DATA_DIR.`,
    );
  });

  it("whose key is damaged", async () => {
    await mkdir(join(house.folder, "data"));
    await writeFile(join(house.folder, "data", "secret-key"), "abc");
    expect(await refusals()).toMatch(/^.*secret-key \(in DATA_DIR\) is damaged\..*$/);
  });
});

it("a port in use", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  const { code, stdout, stderr } = await house.start([], { PORT: `${port}` }).ended;
  other.close();
  expect([code, stdout]).toEqual([1, ""]);
  expect(sentenceIn(stderr)).toBe(
    `PORT ${port} on 127.0.0.1 is already in use. Stop what listens there, or set PORT to another number.`,
  );
});

it("an address that is not this machine's", async () => {
  const { code, stderr } = await house.start([], { HOST: "192.0.2.1" }).ended;
  expect(code).toBe(1);
  expect(sentenceIn(stderr)).toMatch(/^This machine can't listen on 192\.0\.2\.1 .* Set HOST\.$/);
});
