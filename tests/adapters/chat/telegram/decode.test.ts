// Recorded updates and what they mean.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import { type Decoded, decode, decodeAll } from "../../../../src/adapters/chat/telegram/decode.ts";
import { Incoming } from "../../../../src/adapters/chat/telegram/incoming.ts";

const folder = new URL("../../../fixtures/telegram/", import.meta.url);
const self = { id: 7000000001, username: "PeerSparkTestBot" };

const recorded = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Record<string, unknown>;
const meaning = (name: string): Decoded | undefined => decode(Incoming.parse(recorded(name)), self);

const ada = {
  platform: "telegram",
  workspace: "",
  userId: "5312345678",
  name: "Ada Lovelace",
  handle: "ada_l",
  language: "en-GB",
};
const grace = { platform: "telegram", workspace: "", userId: "612340001", name: "Grace", language: "de" };
const directly = { platform: "telegram", channel: "5312345678", kind: "direct" };
const inGroup = (channel: string, title: string) => ({
  platform: "telegram",
  channel,
  kind: "channel",
  title,
  space: { id: channel, title },
});
const linear = inGroup("-1002123456789", "Linear Algebra");
const club = inGroup("-4123456789", "Maths club");
const hall = { ...inGroup("-1002987654321", "Study hall"), thread: "7" };

describe("what people write", () => {
  it("is theirs, word for word, in a private chat", () => {
    expect(meaning("message-private")).toEqual({
      id: "881234001",
      conversation: "5312345678",
      account: ada,
      place: directly,
      deed: { kind: "text", text: "tomorrow 6pm <b>&amp; 🚀", addressed: true },
      named: [],
    });
  });

  it("names those without a username exactly, by the words that stand for them", () => {
    const account = { ...grace, userId: "612340009", name: "Grace 🎓 Hopper" };
    const bot = { platform: "telegram", workspace: "", userId: "612340010", name: "Poll Bot" };
    expect(meaning("command-naming")).toMatchObject({
      deed: { text: "/pod_handover who:Grace 🎓 Hopper pod:x @ada_l Poll Bot" },
      named: [
        { as: "Grace 🎓 Hopper", account },
        { as: "@ada_l", account: { platform: "telegram", handle: "ada_l" } },
        { as: "Poll Bot", account: bot, bot: true },
      ],
    });
  });

  it.each([
    ["command-private", { kind: "text", text: "/event_create Eigenvalues tomorrow 6pm", addressed: true }],
    ["command-group-ours", { kind: "text", text: "/event_create Eigenvalues", addressed: true }],
    ["start-deep-link", { kind: "start", payload: "pod-K7XQ2M" }],
    ["mention-group", { kind: "text", text: "event list", addressed: true }],
    ["message-topic", { kind: "text", text: "/event_list", addressed: true, unnamed: true }],
    ["photo-caption", { kind: "text", text: "/resource add notes", addressed: true }],
  ])("%s", (name, deed) => {
    expect(meaning(name)?.deed).toEqual(deed);
  });

  it("knows the group, and the message to answer to", () => {
    expect(meaning("command-group-ours")).toMatchObject({
      conversation: "-1002123456789",
      account: grace,
      place: linear,
      answers: 1201,
    });
  });

  it("knows the topic, which is a conversation of its own", () => {
    expect(meaning("message-topic")).toMatchObject({ conversation: "-1002987654321:7", place: hall });
  });

  it.each(["/start", "/start two words", "/start@PeerSparkTestBot", "/start ünï", `/start ${"x".repeat(65)}`])(
    "%s is a start without payload",
    (text) => {
      const message = { ...(recorded("start-deep-link").message as object), text };
      expect(decode(Incoming.parse({ update_id: 1, message }), self)?.deed).toEqual({ kind: "start", payload: "" });
    },
  );
});

it("a command of somebody who can't be seen is nobody's, and has a message to answer to", () => {
  const { account, deed, answers } = meaning("anonymous-admin")!;
  expect({ account, deed, answers }).toEqual({
    account: undefined,
    deed: { kind: "text", text: "/event_list", addressed: true, unnamed: true },
    answers: 1206,
  });
});

it("what is sent in a private chat without a word is said, and nothing; in a group it is nothing to PeerSpark", () => {
  const said = { kind: "text", text: "", addressed: true };
  expect(meaning("sticker")?.deed).toEqual(said);
  const { sticker: _, ...bare } = recorded("sticker").message as Record<string, unknown>;
  const location = { longitude: 13.4, latitude: 52.5 };
  const deedOf = (message: object) => decode(Incoming.parse({ update_id: 1, message }), self)?.deed;
  expect(deedOf({ ...bare, location })).toEqual(said);
  expect(deedOf({ ...bare, photo: [{ file_id: "x" }] })).toEqual(said);
  expect(deedOf({ ...bare, pinned_message: {} })).toBeUndefined();
  expect(deedOf({ ...bare, chat: { id: -5, type: "group", title: "Club" }, location })).toBeUndefined();
});

describe("what nobody said to PeerSpark", () => {
  it.each([
    "command-group-other-bot",
    "linked-channel",
    "other-bot",
    "edited-message",
    "edited-command-group",
    "channel-post",
    "press-inline-message",
    "promoted-group",
    "joined-channel",
    "migrate-from",
    "new-members",
    "poll-unknown-kind",
  ])("%s is nothing", (name) => {
    expect(meaning(name)).toBeUndefined();
  });
});

describe("what people say to each other", () => {
  const at = (message: string) => ({ platform: "telegram", channel: linear.channel, message });
  const talk = (message: string, more: object = {}) => ({ message: at(message), text: "", files: [], ...more });

  it.each([
    ["talk-group", "who brings cake?", false, talk("1205", { text: "who brings cake?" })],
    [
      "reply-to-bot-group",
      "Europe/Berlin",
      false,
      talk("1204", { text: "Europe/Berlin", repliesTo: at("1190"), quote: "Which time zone?" }),
    ],
    [
      "photo-group",
      "the board",
      false,
      talk("1207", {
        text: "the board",
        files: [{ name: "photo.jpg", type: "image/jpeg", bytes: 98304, source: "AgAClarge" }],
      }),
    ],
    [
      "voice-group",
      "",
      false,
      talk("1208", { files: [{ name: "voice.ogg", type: "audio/ogg", bytes: 15000, source: "AwACvoice" }] }),
    ],
    [
      "animation-group",
      "",
      false,
      talk("1209", { files: [{ name: "party.mp4", type: "video/mp4", bytes: 40000, source: "CgACparty" }] }),
    ],
    ["sticker-group", "", false, talk("1210", { text: "👍" })],
  ])("%s is a message with all that belongs to it", (name, text, addressed, said) => {
    expect(meaning(name)?.deed).toEqual({ kind: "text", text, addressed, talk: said });
  });

  it("in a topic stands in it, and the topic's own beginning is no reply", () => {
    const message = { platform: "telegram", channel: "-1002987654321", thread: "7", message: "89" };
    const deed = { kind: "text", text: "hello all", addressed: false, talk: { message, text: "hello all", files: [] } };
    expect(meaning("talk-topic")?.deed).toEqual(deed);
  });

  it("and change is told as it reads now", () => {
    expect(meaning("edited-talk")).toMatchObject({
      account: grace,
      place: linear,
      deed: { kind: "edited", talk: talk("1205", { text: "who brings two cakes?" }) },
    });
  });

  it("is reacted to emoji by emoji, custom ones left out, by people only", () => {
    const all = (name: string) => decodeAll(Incoming.parse(recorded(name)), self);
    expect(all("reactions")).toEqual(
      [
        { kind: "reacted", message: at("1205"), emoji: "👍", on: false },
        { kind: "reacted", message: at("1205"), emoji: "❤", on: true },
      ].map((deed, index) => ({
        id: `881234042.${index}`,
        conversation: linear.channel,
        account: grace,
        place: linear,
        deed,
      })),
    );
    expect(all("reaction-anonymous")).toEqual([]);
    expect(all("edited-talk")).toEqual([meaning("edited-talk")]);
  });
});

describe("presses", () => {
  it("name the message under the button", () => {
    expect(meaning("press")).toEqual({
      id: "881234018",
      conversation: "-1002123456789",
      account: grace,
      place: linear,
      deed: { kind: "press", data: "event.rsvp|01jx|going" },
      source: { platform: "telegram", channel: "-1002123456789", message: "1190" },
    });
    expect(meaning("press-topic")?.source).toMatchObject({ thread: "7", message: "90" });
    expect(meaning("press-inaccessible")).toMatchObject({ deed: { data: "old" }, source: { message: "3" } });
  });
});

describe("coming, going and moving", () => {
  it.each([
    ["joined-group", "joined", club],
    ["kicked-group", "left", linear],
    ["muted-group", "left", linear],
    ["blocked-private", "left", directly],
    ["unblocked-private", "joined", directly],
  ])("%s: %s", (name, kind, place) => {
    expect(meaning(name)).toMatchObject({ deed: { kind }, place });
  });

  it("a group that becomes a supergroup has moved, and nobody did it", () => {
    expect(meaning("migrate-to")).toEqual({
      id: "moved.-4123456789.-1002555555555",
      conversation: "-4123456789",
      place: club,
      deed: { kind: "moved", to: "-1002555555555", behind: true },
    });
  });
});

describe("recorded updates with something broken", () => {
  const names = readdirSync(folder).map((file) => file.replace(".json", ""));
  const breakings: readonly ((value: unknown) => unknown)[] = [() => null, () => "x", () => -0.5, () => [], () => ({})];

  it("are decoded, dropped or refused, and never throw anything else", () => {
    let refused = 0;
    for (const name of names)
      for (const broken of broke(recorded(name), breakings)) {
        const read = Incoming.safeParse(broken);
        if (read.success) decodeAll(read.data, self);
        else refused++;
      }
    expect(names.length).toBeGreaterThan(30);
    expect(refused).toBeGreaterThan(500);
  });
});

/** The value with each of its parts, at any depth, replaced by something else. */
function* broke(value: unknown, breakings: readonly ((value: unknown) => unknown)[]): Generator<unknown> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const breaking of breakings) yield { ...value, [key]: breaking(part) };
    for (const inner of broke(part, breakings)) yield { ...value, [key]: inner };
  }
}
