// What the house's commands and shortcuts are called on Slack, which keeps some names to itself and takes no two words.
import type { Naming } from "../../../core/ports/naming.ts";

/** Takes every command: /peerspark event list. */
export const everyCommand = "/peerspark";

/** Slack's own commands (slack.com/help/articles/201259356); an app that wants one of them is refused as a whole. */
const reserved: ReadonlySet<string> = new Set(
  `active archive away call collapse commands dm dnd expand feed help huddle invite join kick leave me msg mute open part
  pro prefs remind remove rename search send shortcuts shrug star status todo topic unarchive who`.split(/\s+/),
);
const prefix = "ps-";

/** "remind" is /ps-remind, "event" is /event. */
export const commandNameOf = (area: string): string => `/${reserved.has(area) ? prefix : ""}${area}`;

export const slackNaming: Naming = {
  command: ({ area, sub, words }) => [commandNameOf(area), sub, words].filter(Boolean).join(" "),
};

/** The line that a command stands for, as the house has it: "/remind list" for /ps-remind and for /peerspark with "/ps-remind list". */
export function commandLine(command: string, words: string): string {
  const said = command === everyCommand ? words.replace(/^\/?peerspark(?=\s|$)\s*/i, "") : `${command} ${words}`;
  return `/${said
    .trim()
    .replace(/^\//, "")
    .replace(new RegExp(`^${prefix}`, "i"), "")}`;
}

export const callbackIdOf = (action: string, field: string): string => `${action}:${field}`;

export function callbackOf(id: string): { action: string; field: string } | undefined {
  const [action, field, ...more] = id.split(":");
  return action && field && more.length === 0 ? { action, field } : undefined;
}
