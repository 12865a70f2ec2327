// Gateway events as they came, decoded: who did what, where; and what is nobody's business.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { discordCommands } from "../../../../src/adapters/chat/discord/command-table.ts";
import { decode } from "../../../../src/adapters/chat/discord/decode.ts";
import type { Around, Decoded, Dispatch, Heard } from "../../../../src/adapters/chat/discord/decoded.ts";
import type { CommandEntry, CommandField } from "../../../../src/core/ports/platform.ts";

const folder = new URL("../../../fixtures/discord/", import.meta.url);
const event = (name: string): Dispatch => ({
  ...(JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Omit<Dispatch, "session">),
  session: "session",
});
const field = (name: string, more: Partial<CommandField> = {}): CommandField => ({
  name,
  about: () => name,
  kind: "text",
  required: false,
  choices: [],
  suggests: false,
  ...more,
});
const entry = (
  path: string,
  action: string,
  fields: readonly CommandField[] = [],
  more: Partial<CommandEntry> = {},
): CommandEntry => ({
  path,
  action,
  summary: () => path,
  fields,
  ...more,
});
const commands = discordCommands([
  entry("event create", "event.create", [
    field("title"),
    field("capacity", { kind: "integer" }),
    field("allDay", { kind: "boolean" }),
    field("pod", { suggests: true }),
  ]),
  entry("profile", "profile.show"),
  entry("profile edit", "profile.edit"),
  entry("help", "help.show"),
  entry("remind me", "reminder.create", [field("about")], { shortcut: { label: () => "Remind me", field: "about" } }),
]);
const around: Around = {
  self: "100000000000000001",
  commands,
  content: true,
  guildName: () => "Study Hall",
  wasIn: () => false,
};
const heard = (name: string, more: Partial<Around> = {}): readonly Heard[] =>
  decode(event(name), { ...around, ...more });
const one = (name: string, more: Partial<Around> = {}): Decoded => {
  const [found, ...others] = heard(name, more);
  expect(others).toEqual([]);
  if (found?.kind !== "update") throw new Error(`${name} is no update`);
  return found;
};
const deed = (name: string, more?: Partial<Around>) => one(name, more).deed;

const place = {
  platform: "discord",
  channel: "400000000000000001",
  kind: "channel",
  title: "algebra",
  space: { id: "300000000000000001", title: "Study Hall" },
};
const ada = { platform: "discord", workspace: "", userId: "210000000000000001", name: "Ada Lovelace" };
const message = { platform: "discord", channel: "400000000000000001", message: "600000000000000001" };

describe("interactions", () => {
  it("are commands with typed options, by the names of their fields", () => {
    expect(one("slash-subcommand")).toMatchObject({
      id: "900000000000000001",
      conversation: "400000000000000001",
      account: { ...ada, language: "de" },
      place,
      deed: {
        kind: "command",
        call: { action: "event.create", input: { title: "Eigenvalues", capacity: 8, allDay: true } },
      },
      token: { id: "900000000000000001", token: "aW50ZXJhY3Rpb24", type: 2, onMessage: false, direct: false },
      permissions: "2147483647",
    });
    expect(deed("slash-bare-area")).toEqual({ kind: "command", call: { action: "profile.show", input: {} } });
    expect(heard("slash-unknown")).toEqual([]);
  });

  it("name those whom their options mention, written out like all other tags; whom Discord does not tell is nobody", () => {
    const { deed, named } = one("slash-naming");
    const title = "With @Grace Hopper, @PeerSpark and @? ||soon|| in #channel :blob:";
    expect(deed).toMatchObject({ call: { input: { title, capacity: 8, allDay: true } } });
    expect(named).toEqual([
      { as: "@Grace Hopper", account: { ...ada, userId: "220000000000000001", name: "Grace Hopper" } },
      { as: "@PeerSpark", account: { ...ada, userId: "100000000000000001", name: "PeerSpark" }, bot: true },
    ]);
  });

  it("come from direct chats and threads too", () => {
    expect(one("slash-single").place).toEqual({ platform: "discord", channel: "700000000000000001", kind: "direct" });
    const inThread = one("slash-in-thread");
    expect(inThread.place).toEqual({ ...place, thread: "500000000000000001", title: "Week 3" });
    expect(inThread.conversation).toBe("400000000000000001:500000000000000001");
  });

  it("are shortcuts on messages, whose text becomes the field", () => {
    const about = "Read @Ada Lovelace §4 2026-03-02 09:00 UTC";
    expect(deed("shortcut")).toEqual({
      kind: "command",
      call: { action: "reminder.create", input: { about } },
      shortcut: true,
    });
  });

  it("are shortcuts on PeerSpark's own messages too: a card's title, or what it carried", () => {
    const shortcut = event("shortcut");
    const on = (components: unknown) => {
      const d = structuredClone(shortcut.d) as { data: { resolved: { messages: Record<string, object> } } };
      const { messages } = d.data.resolved;
      for (const [id, message] of Object.entries(messages)) messages[id] = { ...message, content: "", components };
      const [heard] = decode({ ...shortcut, d }, around);
      return heard?.kind === "update" && heard.deed.kind === "command" ? heard.deed.call.input : undefined;
    };
    const card = { type: 10, content: "### Sheet 3\\: vectors\n**When**: <t:1772442000:f>\n-# Topology" };
    expect(on([{ type: 17, components: [card, { type: 1, components: [{ type: 2 }] }] }])).toEqual({
      about: "Sheet 3: vectors",
    });
    expect(on([{ type: 10, content: "**Grace \\(Slack)**\nhi \\*all\\* @\u2060everyone" }])).toEqual({
      about: "Grace (Slack): hi *all* @everyone",
    });
    expect(on([])).toEqual({});
  });

  it("are presses and picks, which bring what they carry", () => {
    const press = one("press");
    expect(press.deed).toEqual({ kind: "press", data: "event.rsvp|EV7K2Q|going" });
    expect(press.source).toEqual({ ...message, message: "600000000000000002" });
    expect([press.hidden, one("press-hidden").hidden]).toEqual([false, true]);
    expect(deed("select")).toEqual({ kind: "press", data: "pod.info|7" });
  });

  it("are forms, with every answer by its field", () => {
    const answers = { title: "Eigenvalues", policy: "open", place: "" };
    expect(deed("submit")).toEqual({ kind: "submit", data: "event.create|x", answers });
  });

  it("are what is being typed into an option", () => {
    expect(heard("typing")).toMatchObject([
      { kind: "typing", typing: { action: "event.create", field: "pod", typed: "alg", place } },
    ]);
  });
});

describe("messages", () => {
  it("are addressed in private and by a mention, not by a reply", () => {
    expect(deed("message-direct")).toEqual({ kind: "text", text: "hello", addressed: true });
    expect(deed("message-mention")).toMatchObject({ text: "event list", addressed: true });
    expect(deed("message-mention-inside")).toMatchObject({ text: "thanks!", addressed: true });
    expect(deed("message-reply")).toMatchObject({ text: "yes", addressed: false });
    expect(deed("message-talk")).toMatchObject({ addressed: false });
  });

  it("name those whom they mention, and not whom they answer", () => {
    const account = { ...ada, userId: "220000000000000001", name: "Grace Hopper" };
    expect(one("message-naming")).toMatchObject({
      deed: { text: "block @Grace Hopper", addressed: true },
      named: [{ as: "@Grace Hopper", account }],
    });
    expect(one("message-naming").named).toHaveLength(1);
  });

  it("say in words what other apps don't have: forwards, polls and stickers", () => {
    const talk = event("message-talk");
    const talkOf = (more: object) => {
      const [heard] = decode({ ...talk, d: { ...(talk.d as object), content: "", ...more } }, around);
      const said = heard?.kind === "update" && heard.deed.kind === "text" ? heard.deed.talk : undefined;
      return said && { text: said.text, files: said.files.map(({ name }) => name) };
    };
    const attachments = [{ filename: "n.pdf", size: 3, url: "https://cdn.discordapp.com/n.pdf" }];
    const message_snapshots = [{ message: { content: "Room ||4||", mentions: [], attachments } }];
    expect(talkOf({ attachments: [], message_snapshots })).toEqual({
      text: "[forwarded] Room [spoiler]",
      files: ["n.pdf"],
    });
    const answers = ["Mon", "Tue", null].map((text) => ({ poll_media: { text } }));
    const poll = { question: { text: "When?" }, answers };
    expect(talkOf({ attachments: [], poll })?.text).toBe("[poll] When? Mon / Tue");
    const sticker_items = [{ id: "1", name: "Wave", format_type: 1 }];
    expect(talkOf({ attachments: [], sticker_items, content: "hi" })?.text).toBe("hi\n[sticker: Wave]");
  });

  it("are carried with their files, tags written out", () => {
    expect(deed("message-talk")).toEqual({
      kind: "text",
      text: "see #channel @role :cat: /event list",
      addressed: false,
      talk: {
        message,
        text: "see #channel @role :cat: /event list",
        files: [
          {
            name: "notes.pdf",
            type: "application/pdf",
            bytes: 1234,
            source: "https://cdn.discordapp.com/attachments/1/2/notes.pdf?ex=1",
          },
        ],
        avatar: "https://cdn.discordapp.com/avatars/210000000000000001/a1b2c3.png?size=128",
      },
    });
  });

  it("in a thread stand in its channel", () => {
    const channel = {
      id: "500000000000000001",
      title: "Week 3",
      parent: "400000000000000001",
      guild: "300000000000000001",
    };
    expect(one("message-in-thread", { channel }).place).toEqual({
      ...place,
      thread: "500000000000000001",
      title: "Week 3",
    });
  });

  it("are changed and deleted, each change once", () => {
    const edited = one("edited");
    expect(edited).toMatchObject({
      id: "600000000000000001.2026-03-02T09:05:00.000000+00:00",
      deed: { kind: "edited", talk: { text: "hello" } },
    });
    expect(heard("preview-added")).toEqual([]);
    expect(deed("deleted")).toEqual({ kind: "deleted", message });
    expect(heard("deleted-many").map((update) => update.kind === "update" && update.id)).toEqual([
      "session.9.600000000000000001",
      "session.9.600000000000000003",
    ]);
  });

  it("are reacted to by emoji that mean the same elsewhere", () => {
    expect(one("reacted")).toMatchObject({ account: ada, deed: { kind: "reacted", message, emoji: "👍", on: true } });
    expect(one("unreacted")).toMatchObject({ account: { userId: ada.userId }, deed: { emoji: "👍", on: false } });
    expect(heard("reacted-own-emoji")).toEqual([]);
    expect(heard("reacted", { self: ada.userId })).toEqual([]);
  });

  it.each(["message-bot", "message-webhook", "message-joined-server"])(
    "of others than people are nothing: %s",
    (name) => {
      expect(heard(name)).toEqual([]);
    },
  );

  it("whose words may not be read are nothing", () => {
    expect(heard("message-empty", { content: false })).toEqual([]);
    for (const name of ["edited", "deleted"]) expect(heard(name, { content: false })).toEqual([]);
  });
});

describe("guilds", () => {
  it("are joined once, at the first channel that may be written to", () => {
    expect(one("guild-joined")).toMatchObject({
      id: "joined.300000000000000001.2026-03-02T09:00:00.000000+00:00",
      place,
      deed: { kind: "joined", language: "de" },
    });
    expect(heard("guild-joined", { wasIn: () => true })).toEqual([]);
    expect(heard("guild-unavailable")).toEqual([]);
  });

  it("are left, which an outage is not", () => {
    expect(one("guild-left")).toMatchObject({
      id: "left.session.5",
      place: { space: place.space },
      deed: { kind: "left" },
    });
    expect(heard("guild-outage")).toEqual([]);
  });
});

it("every recorded event is decoded without an error, and none by what it lacks", () => {
  for (const file of readdirSync(folder)) expect(() => heard(file.replace(".json", ""))).not.toThrow();
  for (const t of ["INTERACTION_CREATE", "MESSAGE_CREATE", "GUILD_CREATE"])
    expect(() => decode({ t, s: 1, session: "", d: { id: 7 } }, around)).toThrow();
  expect(decode({ t: "TYPING_START", s: 1, session: "", d: {} }, around)).toEqual([]);
});
