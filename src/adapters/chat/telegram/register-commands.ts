// The list of commands that Telegram shows to people, in each language we have.
import type { BotCommand } from "telegraf/types";
import type { Log } from "../../../core/ports/log.ts";
import type { Naming } from "../../../core/ports/naming.ts";
import type { CommandEntry } from "../../../core/ports/platform.ts";
import { cutTo, type Language, languages } from "../../../core/text.ts";
import type { Api } from "./api.ts";
import { telegramTexts } from "./texts.ts";

const mostCommands = 100;
const longestDescription = 256;

/** What concerns one's own account is answered in private: groups are not offered it. */
const ofOneself: ReadonlySet<string> = new Set(
  "profile link unlink inbox notifications mail push why block unblock".split(" "),
);

/** English is what everybody sees whose language we don't have. Writes only what has changed. */
export async function registerCommands(api: Api, commands: readonly CommandEntry[], log: Log): Promise<void> {
  const fitting = commands.filter(({ path }) => /^[a-z0-9_]{1,32}$/.test(commandName(path)));
  if (fitting.length < commands.length || fitting.length > mostCommands)
    log.warn({ given: commands.length, fitting: fitting.length }, "some commands do not fit Telegram's list");
  const shared = fitting.filter(({ path }) => !ofOneself.has(path.split(" ")[0]!));
  await Promise.all(
    languages.flatMap((language) => {
      const spoken = language === "en" ? {} : { language_code: language };
      const alone = [...commandsIn(language, fitting.slice(0, mostCommands - 1)), leaving(language)];
      const groups = { scope: { type: "all_group_chats" }, ...spoken } as const;
      return [written(api, spoken, alone), written(api, groups, commandsIn(language, shared.slice(0, mostCommands)))];
    }),
  );
}

type Where = { readonly scope?: { readonly type: "all_group_chats" }; readonly language_code?: string };

async function written(api: Api, where: Where, commands: readonly BotCommand[]): Promise<void> {
  const current = await api.call("getMyCommands", where);
  if (!isSame(current, commands)) await api.call("setMyCommands", { commands, ...where });
}

const leaving = (language: Language): BotCommand => ({
  command: "cancel",
  description: telegramTexts({ language, zone: "UTC", platform: "telegram" }).leave,
});

/** "event create" is typed as /event_create. */
const commandName = (path: string) => path.toLowerCase().replace(/[\s-]+/g, "_");

export const telegramNaming: Naming = {
  command: ({ area, sub, words }) => `/${area}${sub ? `_${sub}` : ""}${words && ` ${words}`}`,
};

function commandsIn(language: Language, commands: readonly CommandEntry[]): BotCommand[] {
  const reader = { language, zone: "UTC", platform: "telegram" };
  return commands.map(({ path, summary }) => {
    const command = commandName(path);
    return { command, description: cutTo(summary(reader).trim(), longestDescription) || command };
  });
}

const isSame = (current: readonly BotCommand[], wanted: readonly BotCommand[]) =>
  current.length === wanted.length &&
  wanted.every(
    ({ command, description }, index) =>
      current[index]?.command === command && current[index].description === description,
  );
