// A file that a channel can't be given is kept for a week, and linked to in its place.
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { AppError } from "../../../src/core/errors.ts";
import { files as rows } from "../../../src/core/files/file.ts";
import { linkedFile } from "../../../src/core/files/link.ts";
import { eventually } from "../../support/eventually.ts";
import { collectedFrom } from "../../support/file-samples.ts";
import { type Bridged, bridged } from "./bridged.ts";

const publicUrl = "https://peerspark.example.org";
let b: Bridged;
beforeEach(async () => {
  b = await bridged({ publicUrl });
  await b.connect();
});
afterEach(() => b.close());

const file = (name: string, bytes: number) => ({ name, content: Buffer.alloc(bytes, "x") });
/** People's messages that stand in the channel of the app that takes no more than 500 bytes. */
const posts = () => b.beta.messages("green").filter(({ post }) => post);
const texts = () => posts().map(({ text }) => text);
const kept = async () => (await b.w.store.find(rows, { limit: 10 })).rows;
const carried = (count: number) =>
  eventually(async () => {
    await b.rest();
    return posts().length === count;
  });
const linkIn = (text: string) => /https:\S+\/files\/(\S+)$/m.exec(text)?.[1];
const opened = async (text: string) => {
  const linked = await linkedFile(b.w.service.context, linkIn(text)!);
  return linked?.kind === "file" ? linked.file : undefined;
};

it("where it fits it is posted, where it doesn't a link leads to its very bytes", async () => {
  const notes = file("Week 3.txt", 800);
  await b.alpha.writes("Bob", "red", "my notes", { files: [notes] });
  await carried(1);
  expect(b.alpha.transcript("blue").at(-1)).toBe("Bob (Alpha): my notes [Week 3.txt 800]");
  const [text] = texts();
  expect(text).toMatch(
    /^my notes\n📎 Week 3\.txt \(800 B\) can be downloaded for a week: https:\/\/peerspark\.example\.org\/files\/\S+\.txt$/,
  );
  const row = (await opened(text!))!;
  expect(row).toMatchObject({ state: "kept", bucket: "attachments", name: "Week 3.txt", bytes: 800 });
  const content = await collectedFrom(await b.w.service.context.files.read("attachments", row.id));
  expect(content!.equals(notes.content)).toBe(true);
  expect(b.troubles()).toEqual([]);
});

it("an edit keeps the link, also long after the text was forgotten", async () => {
  const message = await b.alpha.writes("Bob", "red", "helo", { files: [file("a.txt", 800)] });
  await carried(1);
  const link = linkIn(texts()[0]!);
  await b.alpha.changes(message, "hello");
  await eventually(async () => {
    await b.rest();
    return texts()[0]!.startsWith("hello");
  });
  expect(linkIn(texts()[0]!)).toBe(link);
  expect(await kept()).toHaveLength(1);
});

it("deleted with its message, the link is dead and the bytes are gone", async () => {
  const message = await b.alpha.writes("Bob", "red", "notes", { files: [file("a.txt", 800)] });
  await carried(1);
  const [text] = texts();
  await b.alpha.deletes(message);
  await carried(0);
  await eventually(async () => {
    await b.rest();
    return (await b.w.service.context.files.list("attachments", 10)).length === 0;
  });
  expect([await kept(), await opened(text!)]).toEqual([[], undefined]);
});

it("a file that the app itself refuses is linked to as well", async () => {
  b.beta.before = (operation) => {
    if (operation === "post" && refused-- > 0) throw new AppError("invalid", "no such files here");
  };
  let refused = 1;
  await b.alpha.writes("Bob", "red", "notes", { files: [file("a.txt", 100)] });
  await carried(1);
  expect(linkIn(texts()[0]!)).toBeDefined();
});

describe("a name stands for", () => {
  it.each([
    ["a kind that is not kept", file("big.zip", 800)],
    ["what is not what it says", file("page.png", 800)],
  ])("%s", async (_, given) => {
    await b.alpha.writes("Bob", "red", "", { files: [given] });
    await carried(1);
    expect(texts()[0]).toBe(`📎 ${given.name} (800 B) is on Alpha only: it could not be sent here.`);
    expect([await kept(), await b.w.service.context.files.list("attachments", 10)]).toEqual([[], []]);
  });

  it("what can't be had", async () => {
    b.alpha.before = (operation) => {
      if (operation === "download") throw new Error("no such file");
    };
    await b.alpha.writes("Bob", "red", "", { files: [file("a.txt", 800)] });
    await carried(1);
    expect(texts()[0]).toContain("is on Alpha only");
    expect(await kept()).toEqual([]);
    b.troubles();
  });
});
