// Every environment variable PeerSpark reads: what it may be, what it does, and what its absence means.
import { z } from "zod";

export const roles = ["chat", "http", "worker"] as const;
export type Role = (typeof roles)[number];
export const stores = ["sqlite", "appwrite"] as const;
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** What people are told of a variable; `form` completes "NAME must be …". */
export interface Setting {
  readonly about: string;
  readonly form: string;
  readonly absent: string;
  readonly example: string;
  /** Nothing is said at start when it is absent. */
  readonly quiet?: boolean;
}
export const told = z.registry<Setting>();

const origin = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine((url) => !url.username && !url.password && !url.search && !url.hash)
  .transform((url) => url.href.replace(/\/+$/, ""));

const roleList = z
  .string()
  .transform((text) => text.split(",").map((word) => word.trim().toLowerCase()))
  .pipe(z.array(z.enum(roles)).min(1))
  .transform((list): ReadonlySet<Role> => new Set(list));

/** The variables in the order of `.env.example`. */
export const variables = z.object({
  ROLES: roleList.default(new Set(roles)).register(told, {
    about:
      "What this process does: chat (talks to the chat apps), http (serves webhooks and health), worker (runs jobs).",
    form: `a list of ${roles.join(", ")} with commas between them`,
    absent: "all of them",
    example: roles.join(","),
    quiet: true,
  }),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .refine((port) => port <= 65_535)
    .default(3000)
    .register(told, {
      about: "The port of the HTTP server; 0 takes any that is free.",
      form: "a whole number from 0 to 65535",
      absent: "3000",
      example: "3000",
      quiet: true,
    }),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]{1,253}$/)
    .default("127.0.0.1")
    .register(told, {
      about: "The address the HTTP server listens on.",
      form: "an IP address or a host name, such as 127.0.0.1 or 0.0.0.0, without a scheme or a port",
      absent: "127.0.0.1, which only this machine reaches (0.0.0.0 in the container)",
      example: "127.0.0.1",
      quiet: true,
    }),
  PUBLIC_URL: origin.optional().register(told, {
    about: "Where the internet reaches this server. Chat apps then call it by webhook.",
    form: "a web address such as https://peerspark.example.org, without user, query or fragment",
    absent: "no webhooks: chat apps are polled",
    example: "https://peerspark.example.org",
  }),
  DATA_DIR: z.string().default("./data").register(told, {
    about: "The folder of the SQLite file and of the secrets made at first start.",
    form: "the path of a folder",
    absent: "./data",
    example: "./data",
    quiet: true,
  }),
  STORE: z
    .string()
    .toLowerCase()
    .pipe(z.enum(stores))
    .optional()
    .register(told, {
      about:
        "Where the data lives: sqlite (a file in DATA_DIR) or appwrite (an Appwrite project; see docs/how-to/appwrite.md).",
      form: `one of ${stores.join(", ")}`,
      absent: "appwrite when APPWRITE_ENDPOINT is set, else sqlite",
      example: "sqlite",
      quiet: true,
    }),
  APPWRITE_ENDPOINT: origin.optional().register(told, {
    about: "The Appwrite server, with its path. Needs APPWRITE_PROJECT_ID and APPWRITE_API_KEY.",
    form: "a web address such as https://fra.cloud.appwrite.io/v1, without user, query or fragment",
    absent: "no Appwrite",
    example: "https://fra.cloud.appwrite.io/v1",
    quiet: true,
  }),
  APPWRITE_PROJECT_ID: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/)
    .optional()
    .register(told, {
      about: "The Appwrite project that holds the data.",
      form: "a project's id as Appwrite shows it: up to 36 letters, digits, dots, - or _",
      absent: "no Appwrite",
      example: "peerspark",
      quiet: true,
    }),
  APPWRITE_API_KEY: z
    .string()
    .regex(/^\S{20,}$/)
    .optional()
    .register(told, {
      about: "An API key of that project; which scopes it needs stands in docs/how-to/appwrite.md.",
      form: "an API key as Appwrite shows it: at least 20 characters without spaces",
      absent: "no Appwrite",
      example: "change-me",
      quiet: true,
    }),
  APPWRITE_DATABASE_ID: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,35}$/)
    .default("peerspark-main-db")
    .register(told, {
      about: "The Appwrite database that holds the data; `npm run appwrite:provision` makes it.",
      form: "up to 36 letters, digits, dots, - or _, beginning with a letter or digit",
      absent: "peerspark-main-db",
      example: "peerspark-main-db",
      quiet: true,
    }),
  SECRET_KEY: z.string().min(32).optional().register(told, {
    about: "Signs the tokens in buttons and links. Give every process that shares a store the same one.",
    form: "at least 32 characters",
    absent: "made at first start and kept in DATA_DIR",
    example: "change-me",
    quiet: true,
  }),
  ADMIN_TOKEN: z
    .string()
    .regex(/^[!-~]{32,200}$/)
    .optional()
    .register(told, {
      about: "Opens the operator's pages, such as /admin/jobs, as the password of any user name.",
      form: "32 to 200 letters, digits or signs without spaces",
      absent: "made at first start and kept in DATA_DIR",
      example: "change-me",
      quiet: true,
    }),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .register(told, {
      about: "The Redis that holds the jobs of all processes (see docs/how-to/redis.md).",
      form: "an address such as redis://user:password@redis.example.org:6379/0, or rediss:// with TLS",
      absent: "jobs are kept in the store",
      example: "redis://127.0.0.1:6379",
      quiet: true,
    }),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[A-Za-z0-9_-]{30,}$/)
    .optional()
    .register(told, {
      about: "The token @BotFather gave your Telegram bot.",
      form: "a bot token as @BotFather gives it: digits, a colon and at least 30 letters, digits, - or _",
      absent: "no Telegram",
      example: "change-me",
    }),
  TELEGRAM_API_ROOT: origin.default("https://api.telegram.org").register(told, {
    about: "The Bot API server, for those who run their own.",
    form: "a web address such as https://api.telegram.org, without user, query or fragment",
    absent: "Telegram's own",
    example: "https://api.telegram.org",
    quiet: true,
  }),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,200}$/)
    .optional()
    .register(told, {
      about: "What Telegram must show with every webhook call; also the path, /telegram/<secret>. Needs PUBLIC_URL.",
      form: "16 to 200 letters, digits, - or _",
      absent: "derived from SECRET_KEY",
      example: "change-me",
      quiet: true,
    }),
  DISCORD_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}$/)
    .optional()
    .register(told, {
      about: "The token of your Discord bot (Developer Portal → Bot → Reset Token).",
      form: "a bot token as the Developer Portal gives it: three parts of letters, digits, - or _ with dots between them",
      absent: "no Discord",
      example: "change-me",
    }),
  DISCORD_API_URL: origin.default("https://discord.com/api").register(told, {
    about: "Discord's API, for tests.",
    form: "a web address such as https://discord.com/api, without user, query or fragment",
    absent: "Discord's own",
    example: "https://discord.com/api",
    quiet: true,
  }),
  SHARDS: z
    .string()
    .regex(/^\d{1,4}(,\d{1,4})*\/\d{1,4}$/)
    .transform((text) => {
      const [ids = "", count = ""] = text.split("/");
      return { ids: ids.split(",").map(Number), count: Number(count) };
    })
    .refine(({ ids, count }) => ids.every((id) => id < count))
    .optional()
    .register(told, {
      about: "The shards of the Discord gateway that this process takes, where several processes share them.",
      form: "shard numbers with commas between them, a slash and how many there are in all, such as 0,1/4",
      absent: "all that Discord recommends",
      example: "0,1/4",
      quiet: true,
    }),
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-[A-Za-z0-9-]{10,}$/)
    .optional()
    .register(told, {
      about: "The bot token of your Slack app in one workspace (OAuth & Permissions → Bot User OAuth Token).",
      form: "a bot token, which begins with xoxb- (one with xoxe. before it ends after hours: install the app at /slack/install instead)",
      absent: "no Slack",
      example: "change-me",
    }),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-[A-Za-z0-9-]{10,}$/)
    .optional()
    .register(told, {
      about: "An app-level token with connections:write: Slack is then received by Socket Mode.",
      form: "an app-level token, which begins with xapp-",
      absent: "Slack calls /slack/events, which needs PUBLIC_URL and SLACK_SIGNING_SECRET",
      example: "change-me",
      quiet: true,
    }),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[0-9a-f]{32,}$/i)
    .optional()
    .register(told, {
      about: "What Slack signs its calls with (Basic Information → Signing Secret).",
      form: "the signing secret as Slack shows it: at least 32 of 0-9 and a-f",
      absent: "Slack is received by Socket Mode only",
      example: "change-me",
      quiet: true,
    }),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional()
    .register(told, {
      about: "With SLACK_CLIENT_SECRET, any workspace can install PeerSpark at /slack/install. Needs PUBLIC_URL.",
      form: "the client id as Slack shows it: digits, a dot and digits",
      absent: "the one workspace of SLACK_BOT_TOKEN",
      example: "change-me",
      quiet: true,
    }),
  SLACK_CLIENT_SECRET: z
    .string()
    .regex(/^[0-9a-f]{16,}$/i)
    .optional()
    .register(told, {
      about: "Goes with SLACK_CLIENT_ID (Basic Information → Client Secret).",
      form: "the client secret as Slack shows it: at least 16 of 0-9 and a-f",
      absent: "the one workspace of SLACK_BOT_TOKEN",
      example: "change-me",
      quiet: true,
    }),
  SLACK_API_URL: origin.default("https://slack.com/api").register(told, {
    about: "Slack's API, for tests.",
    form: "a web address such as https://slack.com/api, without user, query or fragment",
    absent: "Slack's own",
    example: "https://slack.com/api",
    quiet: true,
  }),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/)
    .refine((text) => URL.canParse(text) && new URL(text).hostname !== "")
    .optional()
    .register(told, {
      about: "The mail server that notifications by e-mail go through (see docs/how-to/mail.md). Needs MAIL_FROM.",
      form: "an address such as smtps://user:password@mail.example.org:465 or smtp://localhost:25",
      absent: "no mail",
      example: "smtps://user:change-me@mail.example.org:465",
    }),
  MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>"\r\n]{1,100} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/)
    .optional()
    .register(told, {
      about: "Whom mail comes from.",
      form: "an address such as peerspark@example.org, or PeerSpark <peerspark@example.org>",
      absent: "no mail",
      example: "PeerSpark <peerspark@example.org>",
      quiet: true,
    }),
  VAPID_PUBLIC_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{87}$/)
    .optional()
    .register(told, {
      about:
        "What browsers know this server by in web push (see docs/how-to/web-push.md). `npm run -s vapid` makes a pair.",
      form: "the public key that `npm run -s vapid` prints: 87 letters, digits, - or _",
      absent: "no web push",
      example: "change-me",
    }),
  VAPID_PRIVATE_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional()
    .register(told, {
      about: "Goes with VAPID_PUBLIC_KEY.",
      form: "the private key that `npm run -s vapid` prints: 43 letters, digits, - or _",
      absent: "no web push",
      example: "change-me",
      quiet: true,
    }),
  LOG_LEVEL: z
    .string()
    .toLowerCase()
    .pipe(z.enum(logLevels))
    .default("info")
    .register(told, {
      about: "How much is logged.",
      form: `one of ${logLevels.join(", ")}`,
      absent: "info",
      example: "info",
      quiet: true,
    }),
});
export type Variable = keyof typeof variables.shape;
export const variableNames = Object.keys(variables.shape) as Variable[];

export const settingOf = (name: Variable): Setting => told.get(variables.shape[name])!;
