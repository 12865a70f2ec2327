// The variables: defaults, the .env file, refusals by name, and what is said of what is absent.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readConfig } from "../../config/env.ts";
import { settingOf, variables } from "../../config/variables.ts";
import { AppError } from "../../src/core/errors.ts";

const nowhere = join(tmpdir(), "peerspark-no-such-folder", ".env");
const token = `123456:${"aB3_-".repeat(7)}`;

function dotenv(content: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "peerspark-env-")), ".env");
  writeFileSync(path, content);
  return path;
}

const discordToken = `${"MTIz".repeat(6)}.GaBcDe.${"x_-9".repeat(8)}`;
const hex = "0123456789abcdef".repeat(2);

function refusal(env: Record<string, string>, path = nowhere): string {
  try {
    readConfig(env, path);
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid") return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("without any variable", () => {
  const config = readConfig({}, nowhere);

  it("everything runs, on this machine alone, with its data beside it", () => {
    expect([...config.roles]).toEqual(["chat", "http", "worker"]);
    expect(config).toMatchObject({ port: 3000, host: "127.0.0.1", dataDir: resolve("data"), logLevel: "info" });
    expect(config.telegram).toBeUndefined();
    expect(config.publicUrl).toBeUndefined();
  });

  it("what is off is named with the variable that turns it on", () => {
    expect(config.off).toEqual([
      { variable: "PUBLIC_URL", absent: settingOf("PUBLIC_URL").absent },
      { variable: "TELEGRAM_BOT_TOKEN", absent: "no Telegram" },
      { variable: "DISCORD_TOKEN", absent: "no Discord" },
      { variable: "SLACK_BOT_TOKEN", absent: "no Slack" },
      { variable: "SMTP_URL", absent: "no mail" },
      { variable: "VAPID_PUBLIC_KEY", absent: "no web push" },
    ]);
  });
});

describe("what is set", () => {
  it("is read into its type", () => {
    const config = readConfig(
      {
        ROLES: "Worker, http",
        PORT: "0",
        HOST: "::1",
        PUBLIC_URL: "https://spark.example.org/chat/",
        DATA_DIR: "/srv/spark",
        TELEGRAM_BOT_TOKEN: token,
        TELEGRAM_API_ROOT: "http://127.0.0.1:8081",
        TELEGRAM_WEBHOOK_SECRET: "a-secret-of-16-or-more",
        DISCORD_TOKEN: discordToken,
        DISCORD_API_URL: "http://127.0.0.1:8082/api/",
        SHARDS: "0,2/4",
        SLACK_CLIENT_ID: "1234.5678",
        SLACK_CLIENT_SECRET: hex,
        SLACK_SIGNING_SECRET: hex,
        SMTP_URL: "smtps://ada:secret@mail.example.org",
        MAIL_FROM: "PeerSpark <spark@example.org>",
        VAPID_PUBLIC_KEY: "B".repeat(87),
        VAPID_PRIVATE_KEY: "p".repeat(43),
        LOG_LEVEL: "WARN",
      },
      nowhere,
    );
    expect([...config.roles].sort()).toEqual(["http", "worker"]);
    expect(config).toMatchObject({
      port: 0,
      host: "::1",
      publicUrl: "https://spark.example.org/chat",
      dataDir: resolve("/srv/spark"),
      telegram: { token, apiRoot: "http://127.0.0.1:8081", webhookSecret: "a-secret-of-16-or-more" },
      discord: { token: discordToken, apiUrl: "http://127.0.0.1:8082/api", shards: { ids: [0, 2], count: 4 } },
      slack: { apiUrl: "https://slack.com/api", signingSecret: hex, client: { id: "1234.5678", secret: hex } },
      mail: { url: "smtps://ada:secret@mail.example.org", from: "PeerSpark <spark@example.org>" },
      push: { publicKey: "B".repeat(87), privateKey: "p".repeat(43), subject: "mailto:spark@example.org" },
      logLevel: "warn",
      off: [],
    });
  });

  it("comes from the .env file too, where the environment says nothing", () => {
    const path = dotenv('PORT=4001\nHOST="0.0.0.0" # everybody\nLOG_LEVEL=debug\n');
    expect(readConfig({ PORT: "4002", LOG_LEVEL: " " }, path)).toMatchObject({
      port: 4002,
      host: "0.0.0.0",
      logLevel: "debug",
    });
  });

  it("counts as absent when it is empty", () => {
    expect(readConfig({ PORT: "", TELEGRAM_BOT_TOKEN: "  " }, dotenv("SECRET_KEY=\n"))).toMatchObject({
      port: 3000,
      telegram: undefined,
      secretKey: undefined,
    });
  });
});

describe("mail and push", () => {
  const [VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY] = ["B".repeat(87), "p".repeat(43)];
  it.each([
    [{ SMTP_URL: "smtp://localhost" }, "SMTP_URL needs MAIL_FROM"],
    [{ SMTP_URL: "http://localhost", MAIL_FROM: "a@b.example" }, "SMTP_URL must be"],
    [{ MAIL_FROM: "Ada\nBcc: <a@b.example>" }, "MAIL_FROM must be"],
    [{ VAPID_PUBLIC_KEY }, "belong together"],
    [{ VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, PUBLIC_URL: "http://localhost" }, "needs PUBLIC_URL with https"],
  ])("%j is refused by name", (env, sentence) => {
    expect(() => readConfig(env, nowhere)).toThrow(sentence);
  });
});

describe("Slack", () => {
  const bot = { SLACK_BOT_TOKEN: "xoxb-1234567890-abc" };
  const byHttp = { PUBLIC_URL: "https://spark.example.org", SLACK_SIGNING_SECRET: hex };

  it("is received by Socket Mode with an app token, else by HTTP", () => {
    const { slack } = readConfig({ ...bot, SLACK_APP_TOKEN: "xapp-1-A1-234567890" }, nowhere);
    expect(slack).toMatchObject({ botToken: bot.SLACK_BOT_TOKEN, appToken: "xapp-1-A1-234567890" });
    expect(readConfig({ ...bot, ...byHttp }, nowhere).slack).toMatchObject({ signingSecret: hex });
  });

  it("is refused while something of it is missing, and what is missing is named", () => {
    expect(refusal(bot)).toContain("SLACK_APP_TOKEN");
    expect(refusal({ SLACK_APP_TOKEN: "xapp-1-A1-234567890" })).toContain("SLACK_BOT_TOKEN");
    expect(refusal({ ...byHttp, SLACK_CLIENT_ID: "1.2" })).toContain("SLACK_CLIENT_SECRET");
    expect(refusal({ SLACK_CLIENT_ID: "1.2", SLACK_CLIENT_SECRET: hex })).toContain("PUBLIC_URL");
  });
});

describe("the store", () => {
  const appwrite = {
    APPWRITE_ENDPOINT: "https://fra.cloud.appwrite.io/v1/",
    APPWRITE_PROJECT_ID: "spark",
    APPWRITE_API_KEY: `standard_${"0f".repeat(20)}`,
  };

  it("is Appwrite when its endpoint is set, and STORE has the last word", () => {
    expect(readConfig(appwrite, nowhere).appwrite).toEqual({
      endpoint: "https://fra.cloud.appwrite.io/v1",
      projectId: "spark",
      apiKey: appwrite.APPWRITE_API_KEY,
      databaseId: "peerspark-main-db",
    });
    expect(readConfig({ ...appwrite, APPWRITE_DATABASE_ID: "other" }, nowhere).appwrite?.databaseId).toBe("other");
    expect(readConfig({ ...appwrite, STORE: "SQLite" }, nowhere).appwrite).toBeUndefined();
    expect(readConfig({}, nowhere).appwrite).toBeUndefined();
  });

  it("is refused by the names of what is missing", () => {
    for (const missing of Object.keys(appwrite)) {
      const said = refusal({ ...appwrite, [missing]: "" });
      expect(said).toBe(`${missing} is missing: Appwrite needs ${settingOf(missing as "STORE").form}.`);
    }
    expect(refusal({ STORE: "appwrite" }).split("\n")).toHaveLength(3);
    expect(readConfig({ APPWRITE_PROJECT_ID: "spark", STORE: "sqlite" }, nowhere).appwrite).toBeUndefined();
  });
});

describe("a malformed variable", () => {
  const malformed: [string, string][] = [
    ["DISCORD_TOKEN", "Bot abc"],
    ["SHARDS", "4/4"],
    ["SHARDS", "two"],
    ["SLACK_BOT_TOKEN", "xoxp-1234567890-abc"],
    ["SLACK_APP_TOKEN", "xoxb-1234567890-abc"],
    ["SLACK_SIGNING_SECRET", "short"],
    ["SLACK_CLIENT_ID", "A123"],
    ["ROLES", "chat,web"],
    ["ROLES", ","],
    ["PORT", "65536"],
    ["PORT", "80a"],
    ["PORT", "-1"],
    ["HOST", "http://localhost"],
    ["HOST", "two words"],
    ["PUBLIC_URL", "spark.example.org"],
    ["PUBLIC_URL", "ftp://spark.example.org"],
    ["PUBLIC_URL", "https://user:word@spark.example.org"],
    ["PUBLIC_URL", "https://spark.example.org/?x=1"],
    ["SECRET_KEY", "too short"],
    ["TELEGRAM_BOT_TOKEN", "123456:short"],
    ["TELEGRAM_BOT_TOKEN", `bot${token}`],
    ["TELEGRAM_API_ROOT", "localhost:8081"],
    ["TELEGRAM_WEBHOOK_SECRET", "has spaces in it, many"],
    ["REDIS_URL", "127.0.0.1:6379"],
    ["REDIS_URL", "http://127.0.0.1:6379"],
    ["ADMIN_TOKEN", "short"],
    ["LOG_LEVEL", "loud"],
    ["STORE", "postgres"],
    ["APPWRITE_ENDPOINT", "cloud.appwrite.io/v1"],
    ["APPWRITE_PROJECT_ID", "no spaces"],
    ["APPWRITE_API_KEY", "short"],
    ["APPWRITE_DATABASE_ID", "-dash"],
  ];

  it.each(malformed)("%s=%s is refused by name, without its value", (name, value) => {
    const said = refusal({ [name]: value });
    expect(said).toBe(`${name} must be ${settingOf(name as "PORT").form}.`);
  });

  it("in .env says so; several are refused at once; no value is quoted", () => {
    const path = dotenv("PORT=eighty\nSECRET_KEY=hunter2\n");
    const lines = refusal({ LOG_LEVEL: "loud" }, path).split("\n");
    expect(lines.map((line) => line.split(" must be ")[0])).toEqual([
      `PORT in ${path}`,
      `SECRET_KEY in ${path}`,
      "LOG_LEVEL",
    ]);
    expect(lines.join()).not.toMatch(/eighty|hunter2|loud/);
  });

  it("a .env that can't be read is refused by its path", () => {
    const folder = mkdtempSync(join(tmpdir(), "peerspark-env-"));
    expect(refusal({}, folder)).toBe(`${folder} can't be read (EISDIR). Make it readable, or remove it.`);
  });
});

describe("a near miss in .env", () => {
  it.each([
    ["TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"],
    ["TELEGRAM_BOT_TOKN", "TELEGRAM_BOT_TOKEN"],
    ["PUBLIC_URI", "PUBLIC_URL"],
    ["DATADIR", "DATA_DIR"],
    ["POTR", undefined],
    ["NODE_ENV", undefined],
    ["TZ", undefined],
    ["GIT_SECRET", undefined],
  ])("%s: %s", (written, meant) => {
    const path = dotenv(`${written}=x\n`);
    expect(readConfig({}, path).hints).toEqual(
      meant ? [`${written} in ${path} is not read. Did you mean ${meant}?`] : [],
    );
  });

  it.each([
    ["PORT=eighty\nTELEGRAM_TOKEN=x", "PORT", "TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"],
    ["SMTP_URL=smtp://localhost\nMAIL_FORM=a@b.example", "SMTP_URL", "MAIL_FORM", "MAIL_FROM"],
    ["STORE=appwrite\nAPPWRITE_PROJECT=x", "APPWRITE_", "APPWRITE_PROJECT", "APPWRITE_PROJECT_ID"],
  ])("is told along with what is refused: %j", (lines, wrong, written, meant) => {
    const path = dotenv(`${lines}\n`);
    const said = refusal({}, path).split("\n");
    expect(said.at(-1)).toBe(`${written} in ${path} is not read. Did you mean ${meant}?`);
    expect(said.slice(0, -1).filter((line) => !line.startsWith(wrong))).toEqual([]);
    expect(said.length).toBeGreaterThan(1);
  });

  it("outside of it is left alone: the environment is everybody's", () => {
    expect(readConfig({ TELEGRAM_TOKEN: "x" }, nowhere).hints).toEqual([]);
  });
});

describe("the examples", () => {
  const names = Object.keys(variables.shape) as (keyof typeof variables.shape)[];

  it.each(names)("%s: uncommented as it is, it works, or is refused where it stands for a secret", (name) => {
    const { example } = settingOf(name);
    const accepted = variables.shape[name].safeParse(example).success;
    expect(accepted).toBe(example !== "change-me");
  });
});
