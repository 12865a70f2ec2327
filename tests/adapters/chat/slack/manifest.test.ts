// The manifest that people paste into Slack: what Slack would refuse is found here, and it holds all that the adapter uses.
import { describe, expect, it } from "@jest/globals";
import { commandEntries } from "../../../../src/adapters/chat/commands.ts";
import { callbackOf, commandLine } from "../../../../src/adapters/chat/slack/command-names.ts";
import { manifestOf } from "../../../../src/adapters/chat/slack/manifest.ts";
import { botEvents, scopes } from "../../../../src/adapters/chat/slack/scopes.ts";
import { house } from "../../../../src/build.ts";
import type { CommandEntry } from "../../../../src/core/ports/platform.ts";
import { manifestFor } from "../../../../src/slack-manifest.ts";

const commands = commandEntries(house);
const publicUrl = "https://peerspark.example";
const many: CommandEntry = {
  path: "bookmark add",
  action: "bookmark.add",
  summary: () => "x".repeat(5_000),
  fields: [],
  shortcut: { label: () => "Keep this message among my bookmarks", field: "text" },
};

/** The scope that each event needs (docs.slack.dev/reference/events). */
const scopeOfEvent: Readonly<Record<string, string | undefined>> = {
  app_mention: "app_mentions:read",
  channel_id_changed: "channels:read",
  channel_left: "channels:read",
  group_left: "groups:read",
  member_joined_channel: "channels:read",
  member_left_channel: "channels:read",
  "message.channels": "channels:history",
  "message.groups": "groups:history",
  "message.im": "im:history",
  reaction_added: "reactions:read",
  reaction_removed: "reactions:read",
};

describe.each([
  ["Socket Mode", { called: false, distributed: false }],
  ["HTTP", { publicUrl, called: true, distributed: false }],
  ["HTTP in many workspaces", { publicUrl, called: true, distributed: true }],
])("the manifest for %s", (_, options) => {
  const manifest = manifestOf([...commands, many], options);
  const { display_information: about, features, oauth_config, settings } = manifest;

  it("keeps Slack's limits", () => {
    expect(about.name.length).toBeLessThanOrEqual(35);
    expect(about.description!.length).toBeLessThanOrEqual(140);
    expect(about.long_description!.length).toBeGreaterThanOrEqual(175);
    expect(about.long_description!.length).toBeLessThanOrEqual(4000);
    const slash = features!.slash_commands!;
    expect(slash.length).toBeLessThanOrEqual(50);
    expect(new Set(slash.map(({ command }) => command)).size).toBe(slash.length);
    for (const { command, description, usage_hint: hint } of slash) {
      expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
      expect(description.length).toBeGreaterThan(0);
      expect(description.length).toBeLessThanOrEqual(2000);
      expect(hint!.length).toBeGreaterThan(0);
      expect(hint!.length).toBeLessThanOrEqual(1000);
    }
    for (const shortcut of features!.shortcuts ?? []) {
      expect(shortcut.name.length).toBeLessThanOrEqual(24);
      expect(shortcut.callback_id.length).toBeLessThanOrEqual(255);
      expect(shortcut.description.length).toBeLessThanOrEqual(150);
    }
  });

  it("names no command that Slack keeps to itself", () => {
    const names = features!.slash_commands!.map(({ command }) => command);
    for (const own of ["/remind", "/help", "/status", "/invite", "/who"]) expect(names).not.toContain(own);
  });

  it("leads from every command back to its area", () => {
    const areas = new Set(features!.slash_commands!.map(({ command }) => commandLine(command, "").slice(1)));
    for (const { path } of commands) expect(areas).toContain(path.split(" ")[0]);
    expect(areas).toContain("");
  });

  it("leads from a shortcut back to its action and field", () => {
    const found = features!.shortcuts!.map(({ callback_id }) => callbackOf(callback_id));
    expect(found).toContainEqual({ action: "bookmark.add", field: "text" });
  });

  it("asks for every scope that its events need, and for none twice", () => {
    expect(oauth_config!.scopes!.bot).toEqual([...scopes]);
    expect(new Set(scopes).size).toBe(scopes.length);
    expect(settings!.event_subscriptions!.bot_events).toEqual([...botEvents]);
    for (const event of botEvents) expect([undefined, ...scopes]).toContain(scopeOfEvent[event]);
  });

  it("names our addresses exactly where Slack is to call us", () => {
    const url = options.called ? `${publicUrl}/slack/events` : undefined;
    expect(settings!.socket_mode_enabled).toBe(!options.called);
    expect(settings!.event_subscriptions!.request_url).toBe(url);
    expect(settings!.interactivity).toEqual({ is_enabled: true, ...(url && { request_url: url }) });
    expect(new Set(features!.slash_commands!.map((command) => command.url))).toEqual(new Set([url]));
    const back = options.distributed ? [`${publicUrl}/slack/oauth_redirect`] : undefined;
    expect(oauth_config!.redirect_urls).toEqual(back);
  });
});

it("is printed as JSON, by Socket Mode where there is an app token", () => {
  const slack = { apiUrl: "x", botToken: "xoxb-1", appToken: "xapp-1" };
  expect(JSON.parse(manifestFor({ publicUrl, slack })).settings.socket_mode_enabled).toBe(true);
  expect(JSON.parse(manifestFor({ publicUrl })).settings.socket_mode_enabled).toBe(false);
  expect(JSON.parse(manifestFor({})).settings.socket_mode_enabled).toBe(true);
});
