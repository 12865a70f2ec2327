// The manifest that people paste into Slack: what Slack would refuse is found here, and it holds all that the adapter uses.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
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

describe("what is printed", () => {
  const slack = { apiUrl: "x", botToken: "xoxb-1" };
  const client = { id: "1", secret: "2" };
  const settings = (...given: Parameters<typeof manifestFor>) => {
    const { settings: found, oauth_config: oauth } = JSON.parse(manifestFor(...given));
    return [found.socket_mode_enabled, found.event_subscriptions.request_url !== undefined, "redirect_urls" in oauth];
  };
  const socket = [true, false, false];
  const http = [false, true, false];
  const distributed = [false, true, true];

  it("is as Slack is set up, and by Socket Mode before it is, whatever the public address is for", () => {
    expect(settings({})).toEqual(socket);
    expect(settings({ publicUrl })).toEqual(socket);
    expect(settings({ publicUrl, slack: { ...slack, appToken: "xapp-1" } })).toEqual(socket);
    expect(settings({ publicUrl, slack: { ...slack, signingSecret: "s" } })).toEqual(http);
    expect(settings({ publicUrl, slack: { apiUrl: "x", signingSecret: "s", client } })).toEqual(distributed);
  });

  it("is what was asked for, before there is anything to set", () => {
    expect(settings({ publicUrl }, "socket")).toEqual(socket);
    expect(settings({ publicUrl }, "http")).toEqual(http);
    expect(settings({ publicUrl }, "distributed")).toEqual(distributed);
    expect(() => manifestFor({}, "http")).toThrow("PUBLIC_URL");
    for (const way of ["https", "constructor"]) expect(() => manifestFor({ publicUrl }, way)).toThrow(/Usage/);
  });

  it("is one sentence where the configuration can't be used", async () => {
    const env = { PATH: process.env.PATH, PUBLIC_URL: "not an address", SLACK_CLIENT_ID: "1" };
    const printing = promisify(execFile)(process.execPath, ["src/slack-manifest.ts"], { env, timeout: 60_000 });
    const { stderr, stdout, code } = await printing.then(
      (done) => ({ ...done, code: 0 }),
      (error) => error,
    );
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("PUBLIC_URL");
    expect(stderr).not.toMatch(/\n\s+at |node:/);
  });
});
