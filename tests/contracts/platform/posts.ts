// People's messages, where a platform carries them: heard whole in a channel, and posted in their authors' names.
import { describe, expect } from "@jest/globals";
import type { Deed, Post, Update } from "../../../src/core/ports/platform.ts";
import { collectedFrom } from "../../support/file-samples.ts";
import { type Club, eventually, last, type PlatformStand, type PlatformTest, type Somebody } from "./stand.ts";

const titles = {
  author: "stand under their author's name and say where they come from",
  once: "with the same key are shown once, exactly where the platform says so",
  reply: "lead to the message that they reply to, or quote it where it is not there",
  changed: "are changed in place, as often as their author does",
  removed: "that are removed are gone: removing again succeeds, changing says so",
  file: "bring a file, with and without a text",
  reactions: "and people's own messages take PeerSpark's reaction, and lose it again",
  odd: "take no reaction that the platform does not know",
  hostile: "hold nothing of people's that is marked up, calls somebody or steers the screen",
  code: "keep code as code, and nothing in it is marked up or calls somebody",
  long: "take all the text that the platform says it can, beside the longest name and quote",
  heard: "in a channel are heard whole, with who wrote them and what they reply to",
  heardFile: "with a file tell of it, and it can be loaded up to a size",
  edited: "that are changed are heard of again",
  deleted: "that are deleted are heard of",
  reacted: "that are reacted to are heard of, and when it is taken back",
  echo: "of PeerSpark's own posting do not come back",
} as const;
export const postTests: readonly string[] = Object.values(titles);

export const deletedTitle: string = titles.deleted;

const unavailable = { name: "AppError", code: "unavailable", detail: { reason: "gone" } };

/** `from` is the app's name as people know it, and the name and the quote are this long at most. */
const longest = { author: 80, quote: 80 } as const;

const postOf = (text: string, more: Partial<Post> = {}): Post => ({
  author: "Ada Lovelace",
  from: "Elsewhere",
  text,
  files: [],
  ...more,
});
const note = { name: "notes.txt", type: "text/plain", content: Buffer.from("λ = 3\n") };

async function meeting(stand: PlatformStand): Promise<{ ada: Somebody; club: Club; updates: Update[] }> {
  const updates: Update[] = [];
  await stand.start(async (update) => void updates.push(update));
  const ada = await stand.person("ada");
  return { ada, club: await stand.club({ members: [ada] }), updates };
}

const deeds = <K extends Deed["kind"]>(updates: readonly Update[], kind: K) =>
  updates.map(({ deed }) => deed).filter((deed): deed is Extract<Deed, { kind: K }> => deed.kind === kind);

/** Without what no screen shows. */
const visible = (text: string) => text.replace(/\p{Cf}/gu, "").trim();

export function postsContract(test: PlatformTest): void {
  describe("posts", () => {
    test(titles.author, async (stand) => {
      const { club } = await meeting(stand);
      const ref = await stand.platform.post(club.address, postOf("Who has notes?"));
      expect(ref).toMatchObject(club.address);
      const [seen, ...more] = await club.posts();
      expect(more).toEqual([]);
      expect(seen).toMatchObject({ message: ref.message, text: "Who has notes?", files: [] });
      expect(seen!.author).toContain("Ada Lovelace");
      expect(seen!.author).toContain("Elsewhere");
    });

    test(titles.once, async (stand) => {
      const { club } = await meeting(stand);
      const refs = [];
      for (const key of ["p.1", "p.1", "p.2"]) refs.push(await stand.platform.post(club.address, postOf("Hello"), key));
      const once = stand.platform.capabilities.idempotentMs > 0;
      expect(await club.posts()).toHaveLength(once ? 2 : 3);
      expect(refs[0]!.message === refs[1]!.message).toBe(once);
      expect(refs[2]!.message).not.toBe(refs[0]!.message);
    });

    test(titles.reply, async (stand) => {
      const { ada, club } = await meeting(stand);
      const question = await ada.writes(club, { text: "Who has notes?" });
      await stand.platform.post(club.address, postOf("I do", { repliesTo: question }));
      expect(last(await club.posts())).toMatchObject({ text: "I do", repliesTo: question.message });
      const first = await stand.platform.post(club.address, postOf("A post"));
      await stand.platform.post(club.address, postOf("Answers it", { repliesTo: first }));
      expect(last(await club.posts())).toMatchObject({ text: "Answers it", repliesTo: first.message });
      await stand.platform.post(club.address, postOf("So do I", { quote: "who has the book" }));
      const quoting = last(await club.posts())!;
      expect(quoting.repliesTo).toBeUndefined();
      expect(quoting.text).toContain("who has the book");
      expect(quoting.text).toContain("So do I");
    });

    test(titles.changed, async (stand) => {
      const { club } = await meeting(stand);
      const ref = await stand.platform.post(club.address, postOf("Helo"));
      for (const text of ["Hello", "Hello", "Hello all"]) await stand.platform.repost(ref, postOf(text));
      expect(await club.posts()).toMatchObject([
        { message: ref.message, text: "Hello all", author: expect.stringContaining("Ada Lovelace") },
      ]);
      const filed = await stand.platform.post(club.address, postOf("My notes", { files: [note] }));
      await stand.platform.repost(filed, postOf("My new notes"));
      expect(last(await club.posts())).toMatchObject({ text: "My new notes", files: [{ name: "notes.txt" }] });
    });

    test(titles.removed, async (stand) => {
      const { club } = await meeting(stand);
      const ref = await stand.platform.post(club.address, postOf("Away with it"));
      await stand.platform.post(club.address, postOf("Stays"));
      await stand.platform.remove(ref);
      await stand.platform.remove(ref);
      await expect(stand.platform.repost(ref, postOf("Back"))).rejects.toMatchObject(unavailable);
      expect(await club.posts()).toMatchObject([{ text: "Stays" }]);
    });

    test(titles.file, async (stand) => {
      const { club } = await meeting(stand);
      const picture = { name: "plot.png", type: "image/png", content: Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]) };
      await stand.platform.post(club.address, postOf("My notes", { files: [note] }));
      await stand.platform.post(club.address, postOf("", { files: [picture] }));
      const [first, second] = await club.posts();
      expect(first).toMatchObject({ text: "My notes", files: [{ name: "notes.txt", content: note.content }] });
      expect(second!.author).toContain("Ada Lovelace");
      expect(second!.text).toBe("");
      expect(second!.files.map(({ content }) => content)).toEqual([picture.content]);
    });

    test(titles.reactions, async (stand) => {
      const { ada, club } = await meeting(stand);
      const post = await stand.platform.post(club.address, postOf("Done!"));
      for (const ref of [post, await ada.writes(club, { text: "Me too" })]) {
        await stand.platform.react(ref, "👍", true);
        await stand.platform.react(ref, "👍", true);
        expect(await club.reactions(ref)).toEqual(["👍"]);
        await stand.platform.react(ref, "👍", false);
        await stand.platform.react(ref, "👍", false);
        expect(await club.reactions(ref)).toEqual([]);
      }
    });

    test(titles.odd, async (stand) => {
      const { club } = await meeting(stand);
      const ref = await stand.platform.post(club.address, postOf("Done!"));
      for (const odd of ["no emoji", "", "👍👍"])
        await expect(stand.platform.react(ref, odd, true)).rejects.toMatchObject({ code: "unsupported" });
      expect(await club.reactions(ref)).toEqual([]);
    });

    test(titles.hostile, async (stand) => {
      const { ada, club } = await meeting(stand);
      const id = ada.account.userId;
      const traps = [
        `@everyone @here @channel <!channel> <!here> <@${id}> <@!${id}> <@&${id}> <#${id}> @ada @all`,
        "<b>bold</b> <https://evil.example|click> [click](https://evil.example) &lt;i&gt; &amp;",
        "**bold** *it* __under__ _it_ ~~gone~~ ~gone~ ||hidden|| `` ` ``` > quote\n> quote\n# title\n- item",
        "</b></pre> \\* \\_ :smile: <:x:1> <t:0:R> <!date^0^{date}|x>",
      ];
      for (const text of traps) {
        const file = { ...note, name: `${text.slice(0, 60).replaceAll("\n", " ")}.txt` };
        await stand.platform.post(club.address, postOf(text, { author: text.slice(0, 80), quote: text.slice(0, 80) }));
        await stand.platform.post(club.address, postOf(text, { files: [file] }));
        const [quoting, filed] = (await club.posts()).slice(-2);
        expect(visible(quoting!.text)).toContain(visible(text));
        expect(visible(filed!.text)).toBe(visible(text));
        for (const seen of [quoting!, filed!]) expect([text, seen.mentions, seen.marked]).toEqual([text, [], []]);
      }
    });

    test(titles.code, async (stand) => {
      const { ada, club } = await meeting(stand);
      const trap = `**a** <@${ada.account.userId}> @everyone <b> &lt; [x](https://evil.example)`;
      const text = `Try \`npm **test**\` or\n\`\`\`js\n${trap}\n  return 1;\n\`\`\`\nand *tell*`;
      await stand.platform.post(club.address, postOf(text));
      const seen = last(await club.posts())!;
      expect(seen.marked.map(visible)).toEqual(["npm **test**", `${trap}\n  return 1;`]);
      expect(visible(seen.text).replaceAll(/\n+/g, "\n")).toBe(`Try npm **test** or\n${trap}\n  return 1;\nand *tell*`);
      expect(seen.mentions).toEqual([]);
    });

    test(titles.long, async (stand) => {
      const { club } = await meeting(stand);
      const author = "A".repeat(longest.author);
      const quote = "q".repeat(longest.quote);
      const text = "x".repeat(stand.platform.capabilities.text);
      const ref = await stand.platform.post(club.address, postOf(text, { author, quote }));
      const [seen, ...more] = await club.posts();
      expect(more).toEqual([]);
      expect(seen!.author).toContain(author);
      expect(seen!.text).toContain(text);
      await stand.platform.repost(ref, postOf(text.replaceAll("x", "y"), { author, quote }));
      expect(last(await club.posts())!.text).toContain("yyy");
    });
  });

  describe("people's messages", () => {
    test(titles.heard, async (stand) => {
      const { ada, club, updates } = await meeting(stand);
      const first = await ada.writes(club, { text: "Who has <b>notes</b> & *books*?" });
      const second = await ada.writes(club, { text: "anybody?", repliesTo: first });
      await eventually(() => deeds(updates, "text").length === 2);
      const [one, two] = deeds(updates, "text");
      expect(one).toMatchObject({
        addressed: false,
        talk: { message: first, text: "Who has <b>notes</b> & *books*?" },
      });
      expect(one!.talk).toMatchObject({ files: [] });
      expect(one!.talk!.repliesTo).toBeUndefined();
      expect(two!.talk).toMatchObject({ message: second, text: "anybody?", repliesTo: first });
      expect(updates.find(({ deed }) => deed === one)).toMatchObject({
        account: { userId: ada.account.userId, name: ada.account.name },
        place: { ...club.address, kind: "channel" },
      });
    });

    test(titles.heardFile, async (stand) => {
      const { ada, club, updates } = await meeting(stand);
      await ada.writes(club, { text: "mine", file: note });
      await eventually(() => deeds(updates, "text").length === 1);
      const { talk } = deeds(updates, "text")[0]!;
      expect(talk!.text).toBe("mine");
      const [file, ...more] = talk!.files;
      expect(more).toEqual([]);
      expect(file).toMatchObject({ name: note.name, bytes: note.content.length });
      expect(await collectedFrom(await stand.platform.download(file!, 1_000))).toEqual(note.content);
      await expect(stand.platform.download(file!, note.content.length - 1).then(collectedFrom)).rejects.toMatchObject({
        code: "unavailable",
      });
    });

    test(titles.edited, async (stand) => {
      const { ada, club, updates } = await meeting(stand);
      const ref = await ada.writes(club, { text: "Helo" });
      await ada.rewrites(ref, "Hello");
      await eventually(() => deeds(updates, "edited").length === 1);
      expect(deeds(updates, "edited")[0]!.talk).toMatchObject({ message: ref, text: "Hello" });
    });

    test(titles.deleted, async (stand) => {
      const { ada, club, updates } = await meeting(stand);
      const ref = await ada.writes(club, { text: "Oops" });
      await ada.erases(ref);
      await eventually(() => deeds(updates, "deleted").length === 1);
      expect(deeds(updates, "deleted")).toMatchObject([{ message: ref }]);
    });

    test(titles.reacted, async (stand) => {
      const { ada, club, updates } = await meeting(stand);
      const post = await stand.platform.post(club.address, postOf("Done!"));
      for (const on of [true, false]) await ada.reacts(post, "👍", on);
      await eventually(() => deeds(updates, "reacted").length === 2);
      const message = { ...club.address, message: post.message };
      expect(deeds(updates, "reacted")).toMatchObject([
        { message, emoji: "👍", on: true },
        { message, emoji: "👍", on: false },
      ]);
      expect(updates.find(({ deed }) => deed.kind === "reacted")?.account?.userId).toBe(ada.account.userId);
    });

    test(titles.echo, async (stand) => {
      const { ada, club, updates } = await meeting(stand);
      const ref = await stand.platform.post(club.address, postOf("Ours", { files: [note] }));
      await stand.platform.repost(ref, postOf("Ours, changed"));
      await stand.platform.react(ref, "👍", true);
      await stand.platform.react(ref, "👍", false);
      await stand.platform.remove(ref);
      await ada.writes(club, { text: "theirs" });
      await eventually(() => deeds(updates, "text").some(({ text }) => text === "theirs"));
      const heard = updates.filter(({ deed }) => ["text", "edited", "deleted", "reacted"].includes(deed.kind));
      expect(heard).toHaveLength(1);
    });
  });
}
