// A carried message as it is posted in one channel: its text, its file or the file's name, and what it replies to.
import { AppError } from "../errors.ts";
import type { Context } from "../kernel/house.ts";
import type { MessageRef, Post } from "../ports/platform.ts";
import { readerThere, type Spot } from "./link.ts";
import { mostFiles } from "./parts.ts";
import { type BridgeCopy, type BridgeTalk, copiesOf, refOf } from "./talk.ts";
import { appName, bridgeTexts } from "./texts.ts";

/** Of one file; what failed for no reason that is known may come at the next try. */
const mostDownloads = 3;

/** @throws AppError as Messenger.download, while a file may still come. */
export async function postFor(ctx: Context, spot: Spot, copy: BridgeCopy, talk: BridgeTalk): Promise<Post> {
  const content = await fileOf(ctx, copy, talk);
  const file = copy.file === undefined ? undefined : talk.files[copy.file];
  const left = [...(file && !content ? [file] : []), ...(copy.text ? talk.files.slice(mostFiles) : [])];
  const t = bridgeTexts(await readerThere(ctx, spot.binding, spot.pod));
  const from = appName(talk.platform);
  const named = left.map(({ name, bytes }) => t.fileLeft({ name: name.slice(0, 100), bytes, from }));
  return {
    author: talk.author,
    from,
    ...(talk.avatar && { avatar: talk.avatar }),
    text: [...(copy.text && talk.text ? [talk.text] : []), ...named].join("\n"),
    ...(copy.text && (await repliedTo(ctx, copy, talk))),
    files: file && content ? [{ name: file.name, type: file.type, content }] : [],
  };
}

/** Undefined for one that can't be had or can't be posted here, and for a message that is posted already. */
async function fileOf(ctx: Context, copy: BridgeCopy, talk: BridgeTalk): Promise<Buffer | undefined> {
  const file = copy.file === undefined || copy.named ? undefined : talk.files[copy.file];
  const most = ctx.messenger.fileBytes(copy.platform);
  if (!file || file.bytes > most || copy.message !== undefined) return undefined;
  try {
    return await ctx.messenger.download(talk.platform, file, most);
  } catch (error) {
    const known = error instanceof AppError ? error : undefined;
    const passing = known?.code === "unavailable" && known.detail.reason === undefined && copy.attempt < mostDownloads;
    if (passing || known?.code === "rate_limited") throw error;
    ctx.log.warn({ copy: copy.id, platform: talk.platform }, "a file could not be carried", error);
    return undefined;
  }
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
