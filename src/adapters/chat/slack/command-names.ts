// What the house's commands and shortcuts are called on Slack, which keeps some names to itself and takes no two words.

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

/**
 * The house names its commands in code, one a line where there are several: `/remind list` is /ps-remind list here.
 * What people wrote is never in code.
 */
export const asNamedHere = (code: string): string =>
  code.replace(/^\/([a-z]+)(?=\s|$)/gm, (_, area: string) => commandNameOf(area));

/** The area of a command as Slack has it; "" for the command that takes every other. */
export function areaOf(command: string): string {
  if (command === everyCommand) return "";
  const name = command.replace(/^\//, "");
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

export const callbackIdOf = (action: string, field: string): string => `${action}:${field}`;

export function callbackOf(id: string): { action: string; field: string } | undefined {
  const [action, field, ...more] = id.split(":");
  return action && field && more.length === 0 ? { action, field } : undefined;
}
