// Slack's payloads as they come over the wire, and what each of them says that somebody did.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { decode } from "../../../../src/adapters/chat/slack/decode.ts";
import type { Decoded, Known } from "../../../../src/adapters/chat/slack/decoded.ts";
import { readIncoming } from "../../../../src/adapters/chat/slack/incoming.ts";

const folder = new URL("../../../fixtures/slack/", import.meta.url);
const named = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));
const raw = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));

const team = { id: "T123ABC456", name: "Peers", botUser: "U0BOT" };
const names: Readonly<Record<string, string>> = { U061F7AUR: "Ada", U0GRACE: "Grace", U0BOT: "PeerSpark" };
const known: Known = {
  team,
  person: (id) => (names[id] ? { platform: "slack", workspace: team.id, userId: id, name: names[id] } : undefined),
  isBot: (id) => id === team.botUser,
  avatar: (id) => (id === "U061F7AUR" ? "https://avatars.example/ada.png" : undefined),
  direct: "D0ADA",
};
function decoded(name: string, more: Partial<Known> = {}): Decoded | undefined {
  const incoming = readIncoming(raw(name));
  return incoming && decode(incoming, { ...known, ...more });
}

const maths = {
  platform: "slack",
  channel: "T123ABC456:C0LAN2Q65",
  kind: "channel",
  space: { id: "T123ABC456", title: "Peers" },
} as const;
const titled = { ...maths, title: "maths" };
const adas = { platform: "slack", channel: "T123ABC456:D0ADA", kind: "direct" } as const;
const first = { platform: "slack", channel: maths.channel, message: "1755000000.000200" };
const url = "https://peerspark.example/a?b=1&c=2";
const words = `See the page (${url}) & ask @Grace, #general or @here 🎉 <b>`;
const talk = { message: first, text: "just chatting", files: [], avatar: "https://avatars.example/ada.png" };
const text = (said: string, addressed: boolean, more = {}) => ({ kind: "text", text: said, addressed, ...more });

describe("what somebody did", () => {
  it.each([
    ["message-channel", maths, text(words, false, { talk: { ...talk, text: words } })],
    ["message-direct", adas, text("event list", true)],
    ["mention", maths, text("event create Eigenvalues tomorrow 6pm", true)],
    ["mention-later", maths, text("ask about it", true)],
    ["command", titled, text('/event create Eigenvalues & more tomorrow 6pm place:"Room 5"', true)],
    ["command-reserved", titled, text("/remind me to call @Grace tomorrow", true)],
    ["command-every", titled, text("/pod find algebra", true)],
    ["command-direct", adas, text("/inbox", true)],
    ["press", titled, { kind: "press", data: "event.rsvp|1|going" }],
    ["press-ephemeral", titled, { kind: "press", data: "event.rsvp|1|going" }],
    ["press-select", titled, { kind: "press", data: "pod.info|1" }],
    ["press-home", adas, { kind: "press", data: "event.rsvp|1|going" }],
    ["home-opened", adas, { kind: "command", call: { action: "home.show", input: {} } }],
    [
      "shortcut",
      titled,
      { kind: "command", call: { action: "reminder.create", input: { what: "read chapter 3 & 4" } }, shortcut: true },
    ],
    [
      "submission",
      titled,
      {
        kind: "submit",
        data: "event.create|x",
        answers: { title: "Eigenvalues <@U1> &amp;", place: "", policy: "open" },
      },
    ],
    ["message-changed", maths, { kind: "edited", talk: { ...talk, text: "hello & bye" } }],
    ["message-deleted", maths, { kind: "deleted", message: first }],
    ["message-buried", maths, { kind: "deleted", message: first }],
    ["reaction-added", maths, { kind: "reacted", message: first, emoji: "👍🏽", on: true }],
    ["reaction-removed", maths, { kind: "reacted", message: first, emoji: "❤️", on: false }],
    ["joined-bot", maths, { kind: "joined" }],
  ])("in %s", (name, place, deed) => {
    expect(decoded(name)).toMatchObject({ place, deed, account: { userId: "U061F7AUR", name: "Ada" } });
    expect(decoded(name)!.place).toEqual(place);
    expect(decoded(name)!.deed).toEqual(deed);
  });

  it("in a thread stays in it, and replies to what began it", () => {
    const { place, deed, conversation } = decoded("message-thread")!;
    expect(place.thread).toBe("1754999999.000100");
    expect(conversation).toBe("T123ABC456:C0LAN2Q65:1754999999.000100");
    const repliesTo = { platform: "slack", channel: maths.channel, message: "1754999999.000100" };
    expect(deed).toMatchObject({ talk: { repliesTo, message: { thread: "1754999999.000100" } } });
    expect(decoded("press-thread")).toMatchObject({
      place: { thread: "1754999999.000100" },
      source: { message: "1755000000.000900" },
    });
  });

  it("with files names those that can be loaded", () => {
    expect(decoded("message-files")!.deed).toMatchObject({
      talk: {
        files: [
          {
            name: "notes.pdf",
            type: "application/pdf",
            bytes: 60240,
            source: expect.stringMatching(/^T123ABC456\|https:\/\/files\.slack\.com\//),
          },
        ],
      },
    });
  });
});

it("is about people whom it names by their ids, with what stands for them in its words", () => {
  const account = { platform: "slack", workspace: team.id, userId: "U0GRACE", name: "Grace" };
  const grace = { as: "@Grace", account };
  expect(decoded("command-naming")).toMatchObject({
    deed: text('/pod handover who:@Grace pod:"Linear Algebra" @PeerSpark', true),
    named: [grace, { as: "@PeerSpark", account: { userId: "U0BOT" }, bot: true }],
  });
  expect(decoded("mention-naming")).toMatchObject({ deed: text("block @Grace", true), named: [grace] });
  const strange = { ...account, name: "R&amp;D :tada:" };
  expect(decoded("mention-naming", { person: () => strange })).toMatchObject({
    deed: { text: "block @R&D 🎉" },
    named: [{ as: "@R&D 🎉", account: strange }],
  });
  expect(decoded("command")!.named).toEqual([]);
  expect(decoded("mention-naming", { person: (id) => ({ ...account, name: id }) })!.named).toEqual([]);
});

describe("what happens to PeerSpark", () => {
  it.each([
    ["left-channel", { ...maths, space: undefined }, { kind: "left" }],
    ["member-left", { ...maths, space: undefined }, { kind: "left" }],
    ["left-group", { ...maths, channel: "T123ABC456:G0PRIVATE", space: undefined }, { kind: "left" }],
    ["channel-id-changed", { ...maths, channel: "T123ABC456:G0PRIVATE" }, { kind: "moved", to: "T123ABC456:C0SHARED" }],
    ["uninstalled", { ...maths, channel: "T123ABC456:T123ABC456" }, { kind: "left" }],
    ["tokens-revoked-bot", { ...maths, channel: "T123ABC456:T123ABC456" }, { kind: "left" }],
  ])("in %s", (name, place, deed) => {
    expect(decoded(name)).toMatchObject({ place: JSON.parse(JSON.stringify(place)), deed });
    expect(decoded(name)!.place.space).toEqual(place.space);
    expect(decoded(name)!.account).toBeUndefined();
  });
});

describe("what is not for PeerSpark", () => {
  it.each([
    "message-bot",
    "message-topic",
    "message-unfurled",
    "reaction-custom",
    "joined-somebody",
    "home-messages",
    "tokens-revoked-user",
    "press-link",
    "submission-strange",
    "shortcut-strange",
    "suggestion",
  ])("is nothing: %s", (name) => expect(decoded(name)).toBeUndefined());

  it("is what it did itself", () => {
    expect(decoded("reaction-added", { team: { ...team, botUser: "U061F7AUR" } })).toBeUndefined();
  });
});

describe("an update's id", () => {
  it("is the same for a mention that comes as a message too", () => {
    const [mention, message] = [raw("mention"), raw("mention")] as { event: { type: string } }[];
    message!.event.type = "message";
    const ids = [mention, message].map((one) => decode(readIncoming(one)!, known)!.id);
    expect(new Set(ids).size).toBe(1);
  });

  it("is the same under a new event id, and for both events that tell of a departure", () => {
    const again = { ...(raw("message-channel") as object), event_id: "EvANOTHER" };
    expect(decode(readIncoming(again)!, known)!.id).toBe(decoded("message-channel")!.id);
    expect(decoded("member-left")!.id).toBe(decoded("left-channel")!.id);
  });

  it("is the same for a deletion that leaves the replies, and the end of what was left", () => {
    expect(decoded("message-buried")!.id).toBe(decoded("message-deleted")!.id);
  });

  it("differs for everything else", () => {
    const all = named.filter(
      (name) =>
        !["member-left", "mention", "message-buried", "mention-later", "message-files", "message-thread"].includes(
          name,
        ),
    );
    const events = all.filter((name) => !/^(command|press|message-direct)/.test(name));
    const ids = events.flatMap((name) => decoded(name)?.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it("takes direct messages between two others for a channel", () => {
  const { place, means } = decoded("command-others-direct")!;
  expect(place).toMatchObject({ kind: "channel", channel: "T123ABC456:D0OTHERS" });
  expect(means.respond).toMatch(/^https:\/\/hooks\.slack\.com/);
});

it("has a test for every fixture", () => {
  const written = readFileSync(new URL(import.meta.url), "utf8");
  for (const name of named) expect(written).toContain(`"${name}"`);
});
