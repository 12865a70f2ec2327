// A carried message as it is posted in one channel: its text, its file, a link to it or its name, and what it replies to.
import { AppError } from "../errors.ts";
import type { Context } from "../kernel/house.ts";
import { readerThere } from "../pods/read.ts";
import type { MessageRef, Post, TalkFile } from "../ports/platform.ts";
import { appName } from "../text.ts";
import type { Spot } from "./link.ts";
import { type LinkedFile, linkToFile } from "./linked-file.ts";
import { mostFiles } from "./parts.ts";
import { type BridgeCopy, type BridgeTalk, copiesOf, refOf } from "./talk.ts";
import { bridgeTexts } from "./texts.ts";

/** Of one file; what failed for no reason that is known may come at the next try. */
const mostDownloads = 3;

export interface Posting {
  readonly post: Post;
  /** A link to its file, or its name, stands for it. */
  readonly named: boolean;
}

/** Without its file where it is posted already: that stays. @throws AppError as Messenger.download, while a file may still come. */
export async function postFor(ctx: Context, spot: Spot, copy: BridgeCopy, talk: BridgeTalk): Promise<Posting> {
  const file = copy.file === undefined ? undefined : talk.files[copy.file];
  const wanted = copy.named || copy.message !== undefined ? undefined : file;
  const content = wanted && (await contentOf(ctx, copy, talk, wanted));
  const named = copy.named || (wanted !== undefined && !content);
  const linked = named
    ? await linkOf(ctx, copy, talk, wanted ?? (copy.message === undefined ? file : undefined))
    : undefined;
  const left = [...(file && named && !linked ? [file] : []), ...(copy.text ? talk.files.slice(mostFiles) : [])];
  const t = bridgeTexts(await readerThere(ctx, spot.binding, spot.pod));
  const from = appName(talk.platform);
  const names = [
    ...(linked ? [t.fileLinked({ ...linked, name: linked.name.slice(0, 100) })] : []),
    ...left.map(({ name, bytes }) => t.fileLeft({ name: name.slice(0, 100), bytes, from })),
  ];
  const post = {
    author: talk.author,
    from,
    ...(talk.avatar && { avatar: talk.avatar }),
    text: [...(copy.text && talk.text ? [talk.text] : []), ...names].join("\n"),
    ...(copy.text && (await repliedTo(ctx, copy, talk))),
    files: wanted && content ? [{ name: wanted.name, type: wanted.type, content }] : [],
  };
  return { post, named };
}

/** Undefined for one that can't be had or can't be posted here. */
async function contentOf(
  ctx: Context,
  copy: BridgeCopy,
  { platform }: BridgeTalk,
  file: TalkFile,
): Promise<Buffer | undefined> {
  const most = ctx.messenger.fileBytes(copy.platform);
  if (file.bytes > most) return undefined;
  try {
    return Buffer.concat(await Array.fromAsync(await ctx.messenger.download(platform, file, most)));
  } catch (error) {
    return withoutIt(ctx, copy, error);
  }
}

/** Where a link stands for the file. One that is posted already keeps the link it has, and gets no new one. */
async function linkOf(
  ctx: Context,
  copy: BridgeCopy,
  talk: BridgeTalk,
  file: TalkFile | undefined,
): Promise<LinkedFile | undefined> {
  if (copy.file === undefined) return undefined;
  try {
    return await linkToFile(ctx, talk, copy.file, file);
  } catch (error) {
    return withoutIt(ctx, copy, error);
  }
}

/** @throws the error where the file may still come. */
function withoutIt(ctx: Context, copy: BridgeCopy, error: unknown): undefined {
  const known = error instanceof AppError ? error : undefined;
  const passing = known?.code === "unavailable" && known.detail.reason === undefined && copy.attempt < mostDownloads;
  if (passing || known?.code === "rate_limited") throw error;
  ctx.log.warn({ copy: copy.id, platform: copy.platform }, "a file could not be carried", error);
}

async function repliedTo(
  { store }: Context,
  { linkId }: BridgeCopy,
  { repliesTo, quote }: BridgeTalk,
): Promise<{ readonly repliesTo?: MessageRef; readonly quote?: string }> {
  const counterparts = repliesTo ? await copiesOf(store, repliesTo) : [];
  const here = counterparts.find((copy) => copy.linkId === linkId && copy.message !== undefined);
  const ref = here && refOf(here);
  if (ref) return { repliesTo: ref };
  return quote ? { quote } : {};
}
