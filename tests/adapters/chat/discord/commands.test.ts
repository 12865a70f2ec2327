// Slash commands and shortcuts as Discord is told of them: from the house's own, only when they changed; and suggestions while typing.

import { afterEach, describe, expect, it } from "@jest/globals";
import { commandEntries } from "../../../../src/adapters/chat/commands.ts";
import { discordCommands, optionName } from "../../../../src/adapters/chat/discord/command-table.ts";
import { isUnchanged, wireCommands } from "../../../../src/adapters/chat/discord/register-commands.ts";
import { features } from "../../../../src/core/features.ts";
import { houseOf } from "../../../../src/core/kernel/feature.ts";
import { namesIn } from "../../../../src/core/kernel/names.ts";
import type { CommandEntry, CommandField } from "../../../../src/core/ports/platform.ts";
import { checkedCommands } from "../../../support/discord-server/command-limits.ts";
import { right } from "../../../support/discord-server/rights.ts";
import { type Connected, connect, saying, until } from "./connected.ts";

let connected: Connected | undefined;
afterEach(async () => {
  await connected?.close();
  connected = undefined;
});

const field = (name: string, more: Partial<CommandField> = {}): CommandField => ({
  name,
  about: ({ language }) => (language === "de" ? `${name} auf Deutsch` : `The ${name}`),
  kind: "text",
  required: false,
  choices: [],
  suggests: false,
  ...more,
});
const entry = (path: string, fields: readonly CommandField[] = [], more: Partial<CommandEntry> = {}): CommandEntry => ({
  path,
  action: path.replace(" ", "."),
  summary: ({ language }) => (language === "de" ? `${path} tun` : `Do ${path}`),
  fields,
  ...more,
});
const some = [
  entry("event create", [
    field("title", { required: true, maxLength: 120 }),
    field("pod", { required: true, suggests: true }),
    field("allDay", { kind: "boolean" }),
    field("seats", { kind: "integer" }),
    field("repeat", { kind: "choice", choices: ["daily", "weekly"] }),
    field("colour", { kind: "choice", choices: Array.from({ length: 30 }, (_, n) => `c${n}`) }),
  ]),
  entry("profile"),
  entry("profile edit"),
  entry("help", [field("area")]),
  entry("remind me", [field("about")], {
    shortcut: { label: ({ language }) => (language === "de" ? "Erinnere mich" : "Remind me"), field: "about" },
  }),
];
const puts = () => connected!.server.calls("PUT /applications/:id/commands");

describe("commands", () => {
  it("are areas with subcommands, typed options and words in each language", () => {
    expect(wireCommands(discordCommands(some))).toMatchSnapshot();
  });

  it("of the house itself are taken by Discord", () => {
    const all = wireCommands(discordCommands(commandEntries(houseOf(features))));
    expect(all.length).toBeGreaterThan(5);
    checkedCommands(all as never);
    expect(isUnchanged(all, JSON.parse(JSON.stringify(all)))).toBe(true);
    const guarded = all.flatMap((one) =>
      one.default_member_permissions ? [[one.name, one.default_member_permissions]] : [],
    );
    expect(guarded).toEqual([["setup", `${right.manageGuild}`]]);
  });

  it("of the house are called by a German name throughout, options and choices too", () => {
    const table = discordCommands(commandEntries(houseOf(features)));
    const named = (kind: "commands" | "options" | "choices", name: string) =>
      namesIn.de[kind][name] ?? `no German name in core/kernel/names.ts: ${kind} ${name}`;
    const fields = table.slash.flatMap(({ parts }) => parts.flatMap(({ entry: { fields } }) => fields));
    const all = [
      ...table.slash.flatMap(({ name, parts }) => [
        named("commands", name),
        ...parts.flatMap(({ sub }) => (sub ? [named("commands", `${name} ${sub}`)] : [])),
      ]),
      ...fields.map((field) => named("options", optionName(field))),
      ...fields.flatMap(({ choices }) => choices.map((choice) => named("choices", choice))),
    ];
    expect(all.filter((name) => name.startsWith("no German name"))).toEqual([]);
  });

  it("are written when they changed, and only then", async () => {
    connected = await connect();
    await connected.start(some);
    expect(puts()).toHaveLength(1);
    await connected.start(some, connected.another());
    expect(puts()).toHaveLength(1);
    await connected.start([...some, entry("pod info")], connected.another());
    expect(puts()).toHaveLength(2);
    expect(connected.server.commands().map(({ name }) => name)).toEqual([
      "event",
      "profile",
      "help",
      "remind",
      "pod",
      "Remind me",
    ]);
  });

  it("that can't be written don't keep it from starting", async () => {
    connected = await connect();
    connected.server.fault({ kind: "refuse", status: 403, code: 50001 }, { route: "PUT /applications/:id/commands" });
    await connected.start(some);
    expect(connected.lines.join()).toMatch(/commands could not be registered/);
    expect(connected.server.gateway.connected()).toBe(1);
  });

  it("come back with their values", async () => {
    connected = await connect();
    connected.handle = ({ reply }) => reply.show(saying("ok"));
    await connected.start(some);
    const ada = connected.server.user();
    await ada.command("event create", { pod: "algebra", "all-day": true, seats: 8 });
    expect(connected.updates[0]!.deed).toEqual({
      kind: "command",
      call: { action: "event.create", input: { pod: "algebra", allDay: true, seats: 8 } },
    });
  });

  it("are shortcuts in the menu of a message", async () => {
    connected = await connect();
    connected.handle = ({ reply }) => reply.show(saying("ok"));
    await connected.start(some);
    const [ada, club] = [connected.server.user(), connected.server.guild()];
    const message = ada.say(club.general, "Read chapter 4");
    await ada.command("Remind me", {}, club.general, message);
    const deeds = connected.updates.map(({ deed }) => deed);
    expect(deeds).toContainEqual({
      kind: "command",
      call: { action: "remind.me", input: { about: "Read chapter 4" } },
      shortcut: true,
    });
  });
});

describe("what is being typed", () => {
  it("is answered with suggestions, as many and as long as Discord shows", async () => {
    connected = await connect();
    connected.suggest = async ({ typed }) =>
      Array.from({ length: 40 }, (_, n) => ({
        value: `${typed}${n}`,
        label: n === 1 ? "x".repeat(150) : n === 2 ? " " : `Pod ${n}`,
      }));
    await connected.start(some);
    const ada = connected.server.user();
    const offered = await ada.type("event create", "pod", "alg");
    expect(offered).toHaveLength(25);
    expect(offered[0]).toEqual({ name: "Pod 0", value: "alg0" });
    expect(offered[1]!.name).toHaveLength(100);
  });

  it("is answered with nothing in time when finding out takes too long", async () => {
    connected = await connect();
    connected.suggest = () => new Promise(() => {});
    await connected.start(some);
    const ada = connected.server.user();
    expect(await ada.type("event create", "pod", "alg")).toEqual([]);
  });

  it("of an option that is not there is nothing", async () => {
    connected = await connect();
    await connected.start(some);
    const ada = connected.server.user();
    void ada.type("event create", "gone", "alg").catch(() => {});
    ada.say(ada.direct, "hello");
    await until(() => connected!.updates.length === 1);
  });
});
