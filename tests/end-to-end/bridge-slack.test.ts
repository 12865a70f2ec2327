// A Slack channel and a Telegram group of one pod, bridged by the real adapters: what is done in one is seen in the other, once.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { type Citizen, type City, city, type SlackMode, type Square } from "../support/city/index.ts";
import type { ShownMessage as OnSlack } from "../support/slack-server/index.ts";
import type { ShownMessage as OnTelegram } from "../support/telegram-server/transcript.ts";

let c: City;
let grace: Citizen;
let ben: Citizen;
let linus: Citizen;
let lab: Square;
let yard: Square;

/** Grace is in both apps; her pod is bound to a channel in each. */
async function bridged(slack: SlackMode): Promise<void> {
  c = await city({ slack });
  grace = await c.person("slack", "Grace");
  ben = await c.person("slack", "Ben");
  linus = await c.person("telegram", "Linus <b>");
  const abroad = await c.person("telegram", "Grace");
  lab = await c.square("slack", { title: "lab", people: [grace, ben] });
  yard = await c.square("telegram", { title: "Yard", people: [abroad, linus], hears: true });
  const [code = ""] = /\b[0-9A-Z]{8}\b/.exec((await grace.asks("link")).alone) ?? [];
  await abroad.asks("link", { code });
  await abroad.presses("Link");
  await grace.asks("pod create", { name: "Proofs", category: "maths" });
  await grace.asks("pod bind", { pod: "Proofs" }, lab);
  await abroad.asks("pod bind", { pod: "Proofs" }, yard);
  await grace.asks("pod bridge on", {}, lab);
  await grace.presses("Take part", lab);
  await abroad.presses("Take part", yard);
}

const user = (citizen: Citizen) => c.slack.userOf(citizen.hand);
const group = () => ({ id: Number(yard.id) });
/** The newest message of PeerSpark's with these words. */
const onSlack = (words: string) => c.shown(lab, words).at(-1)?.wire as OnSlack;
const onTelegram = (words: string) => c.shown(yard, words).at(-1)?.wire as OnTelegram;
const spot = ({ id }: { readonly id: number }) => ({ chat: group().id, id });

async function writesOnSlack(text: string, more: Parameters<ReturnType<typeof user>["say"]>[2] = {}): Promise<string> {
  let ts = "";
  await c.happens(async () => {
    ({ ts } = await user(ben).say(lab.id, text, more));
  });
  return ts;
}

async function writesOnTelegram(text: string, more: { replyTo?: number } = {}): Promise<number> {
  let id = 0;
  await c.happens(async () => {
    id = c.telegram.userOf(linus.hand).say(group(), text, more);
  });
  return id;
}

const reactionsOnTelegram = (id: number) => c.telegram.server.reactions(spot({ id }));

describe.each<SlackMode>(["socket", "http"])("a bridge between Slack (%s) and Telegram", (mode) => {
  beforeEach(() => bridged(mode));
  afterEach(async () => {
    expect(c.troubles()).toEqual([]);
    await c.close();
  });

  it("carries messages and replies, in their authors' names and without calling anybody", async () => {
    const question = await writesOnSlack(`who has <@${user(grace).id}>'s notes &amp; <!channel>?`, { raw: true });
    const there = onTelegram("who has");
    expect(there.text).toMatch(/^Ben · Slack\nwho has @\u2060?Grace's notes & @\u2060?channel\?$/);
    expect(there.entities.filter(({ type }) => type.includes("mention"))).toEqual([]);

    const answer = await writesOnTelegram("I do, @Ben <!channel>", { replyTo: there.id });
    expect(onSlack("I do")).toMatchObject({
      text: "I do, @Ben <!channel>",
      username: "Linus <b> (Telegram)",
      thread: question,
      mentions: [],
      marked: [],
    });

    await writesOnSlack("great", { thread: question });
    expect(onTelegram("great").replyTo).toBe(there.id);
    await writesOnTelegram("you're welcome", { replyTo: answer });
    expect(onSlack("welcome").thread).toBe(question);
  });

  it("carries edits both ways, and deletions from Slack", async () => {
    const ts = await writesOnSlack("helo");
    await c.happens(() => user(ben).edit(lab.id, ts, "hello"));
    expect(onTelegram("hello").text).toBe("Ben · Slack\nhello");
    const id = await writesOnTelegram("helo to you");
    await c.happens(async () => c.telegram.userOf(linus.hand).edit(spot({ id }), "hello to you"));
    expect(onSlack("to you")).toMatchObject({ text: "hello to you", username: "Linus <b> (Telegram)" });
    await c.happens(() => user(ben).remove(lab.id, ts));
    expect(c.shown(yard, "hello")).toEqual([]);
  });

  it("carries reactions as PeerSpark's, and takes them back", async () => {
    const id = await writesOnTelegram("done!");
    const ts = await writesOnSlack("me too");
    for (const on of [true, false]) {
      await c.happens(() => user(ben).react(lab.id, onSlack("done!").ts, "+1", on));
      expect(reactionsOnTelegram(id)).toEqual(on ? ["👍"] : []);
      await c.happens(async () => c.telegram.userOf(linus.hand).react(spot(onTelegram("me too")), "🎉", on));
      const { reactions } = c.slack.server.state.channels.get(lab.id)!.messages.find((one) => one.ts === ts)!;
      expect(reactions.filter(({ users }) => users.size > 0).map(({ name }) => name)).toEqual(on ? ["tada"] : []);
    }
  });

  it("carries files with their text, in one message", async () => {
    const content = Buffer.from("λ = 3\n");
    await writesOnSlack("my notes", { files: [c.slack.server.file("notes.txt", "text/plain", content)] });
    expect(onTelegram("my notes")).toMatchObject({
      text: "Ben · Slack\nmy notes",
      file: { name: "notes.txt", content },
    });
    await c.happens(async () => {
      const file = { name: "proof.pdf", type: "application/pdf", content };
      c.telegram.userOf(linus.hand).say(group(), "the proof", { file });
    });
    expect(onSlack("the proof")).toMatchObject({
      text: "the proof",
      username: "Linus <b> (Telegram)",
      files: [{ name: "proof.pdf", content }],
    });
  });

  it("brings nothing back and nothing twice, also when Slack delivers again and the house is killed", async () => {
    const before = c.shown(yard, "").length;
    await writesOnSlack("from Slack");
    await c.slack.again();
    await c.restart("kill");
    await writesOnTelegram("from Telegram");
    await ben.asks("pod info", { pod: "Proofs" }, lab);
    await c.settled();
    expect(c.shown(yard, "from Slack")).toHaveLength(1);
    expect(c.shown(lab, "from Telegram")).toHaveLength(1);
    expect(c.shown(lab, "from Slack")).toEqual([]);
    expect(c.shown(yard, "from Telegram")).toEqual([]);
    expect(c.shown(yard, "").length).toBe(before + 1);
  });
});
