// The three chat apps of a chaos run, with people who may be written to, and what each of them was sent.
import { discordServer, textOf } from "../support/discord-server/index.ts";
import { slackServer } from "../support/slack-server/index.ts";
import { telegramServer } from "../support/telegram-server/index.ts";
import type { AppName } from "./front.ts";

export interface Person {
  readonly app: AppName;
  readonly workspace: string;
  readonly userId: string;
  /** The texts that PeerSpark shows to them now, oldest first. */
  messages(): readonly string[];
}

export interface Apps {
  /** The addresses that bots call. */
  readonly urls: Readonly<Record<AppName, string>>;
  /** What a process of PeerSpark is started with to reach them at these addresses. */
  env(urls: Readonly<Record<AppName, string>>): Readonly<Record<string, string>>;
  person(app: AppName, name: string): Person;
  close(): Promise<void>;
}

export async function apps(): Promise<Apps> {
  const [discord, slack, telegram] = await Promise.all([
    discordServer(),
    slackServer(),
    telegramServer({ remembered: 100 }),
  ]);
  const guild = discord.guild({ name: "Study hall" });
  const known = {
    discord(name: string): Person {
      const user = discord.user({ name });
      guild.add(user);
      const messages = () => discord.privately(user).map(textOf);
      return { app: "discord", workspace: "", userId: user.id, messages };
    },
    slack(name: string): Person {
      const user = slack.user(name);
      const messages = () => user.sees().map(({ text }) => text);
      return { app: "slack", workspace: slack.team.id, userId: user.id, messages };
    },
    telegram(name: string): Person {
      const user = telegram.user({ first: name });
      user.start();
      const messages = () => telegram.messages(user).map(({ text }) => text);
      return { app: "telegram", workspace: "", userId: `${user.id}`, messages };
    },
  };
  return {
    urls: { discord: discord.url, slack: slack.apiUrl, telegram: telegram.url },
    env: (urls) => ({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: urls.discord,
      SLACK_BOT_TOKEN: slack.token,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: urls.slack,
      TELEGRAM_BOT_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: urls.telegram,
    }),
    person: (app, name) => known[app](name),
    close: async () => void (await Promise.all([discord.close(), slack.close(), telegram.close()])),
  };
}
