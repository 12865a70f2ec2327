// The app's manifest, as Slack takes it, made from the house's commands (docs.slack.dev/reference/app-manifest).

import type { AppsManifestValidateArguments } from "@slack/web-api";
import type { CommandEntry } from "../../../core/ports/platform.ts";
import { cutTo } from "../../../core/text.ts";
import { callbackIdOf, commandNameOf, everyCommand } from "./command-names.ts";
import { redirectPath } from "./install.ts";
import { botEvents, scopes } from "./scopes.ts";
import { eventsPath } from "./webhook.ts";

export type Manifest = AppsManifestValidateArguments["manifest"];

export interface ManifestOptions {
  readonly publicUrl?: string;
  /** Slack calls us at the public address; without it, Socket Mode. */
  readonly called: boolean;
  /** Any workspace may install it. */
  readonly distributed: boolean;
}

const most = {
  commands: 50,
  shortcuts: 10,
  description: 2000,
  hint: 1000,
  shortcutName: 24,
  shortcutAbout: 150,
} as const;
const reader = { language: "en", zone: "UTC", platform: "slack" } as const;

export function manifestOf(
  commands: readonly CommandEntry[],
  { publicUrl, called, distributed }: ManifestOptions,
): Manifest {
  const url = called && publicUrl ? `${publicUrl}${eventsPath}` : undefined;
  return {
    display_information: {
      name: "PeerSpark",
      description: "Study together: pods, events and reminders",
      long_description:
        "PeerSpark helps people who learn together. Start a pod, which is a study group, and bring it to a channel; " +
        "plan events that people can say yes to, with a waitlist where seats are few; be reminded of what matters. " +
        "Everything works by commands, buttons and forms, and what you were told waits for you in PeerSpark's Home.",
      background_color: "#2f4a8a",
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: "PeerSpark", always_online: true },
      slash_commands: slashCommands(commands).map((command) => ({ ...command, ...(url && { url }) })),
      ...shortcutsOf(commands),
    },
    oauth_config: {
      scopes: { bot: [...scopes] },
      ...(distributed && publicUrl && { redirect_urls: [`${publicUrl}${redirectPath}`] }),
    },
    settings: {
      event_subscriptions: { bot_events: [...botEvents], ...(url && { request_url: url }) },
      interactivity: { is_enabled: true, ...(url && { request_url: url }) },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: distributed,
    },
  };
}

/** One for each area, named after its first word, and one that takes them all. */
function slashCommands(commands: readonly CommandEntry[]) {
  const areas = Map.groupBy(commands, ({ path }) => path.split(" ")[0]!);
  const all = [...areas].map(([area, entries]) => ({
    command: commandNameOf(area),
    description: cutTo(entries.map((entry) => entry.summary(reader)).join(" · "), most.description),
    usage_hint: hintOf(entries),
    should_escape: true,
  }));
  const every = {
    command: everyCommand,
    description: "Every command of PeerSpark",
    usage_hint: cutTo([...areas.keys()].join(" | "), most.hint),
    should_escape: true,
  };
  return [every, ...all].slice(0, most.commands);
}

function hintOf(entries: readonly CommandEntry[]): string {
  const words = entries.map(({ path, fields }) => {
    const rest = path.split(" ").slice(1).join(" ");
    return [rest, fields[0] && `[${fields[0].name}]`].filter(Boolean).join(" ");
  });
  return cutTo(words.filter(Boolean).join(" | ") || "no more words are needed", most.hint);
}

function shortcutsOf(commands: readonly CommandEntry[]) {
  const shortcuts = commands.flatMap(({ action, summary, shortcut }) =>
    shortcut
      ? [
          {
            type: "message" as const,
            name: cutTo(shortcut.label(reader), most.shortcutName),
            callback_id: callbackIdOf(action, shortcut.field),
            description: cutTo(summary(reader), most.shortcutAbout),
          },
        ]
      : [],
  );
  return shortcuts.length ? { shortcuts: shortcuts.slice(0, most.shortcuts) } : {};
}
