// A file that a channel can't be given as it is: kept for a while, and linked to in its post.
import { AppError } from "../errors.ts";
import { dropFile, type FileRow, fileLink, filesBelongingTo, keepFile, shownName } from "../files/read.ts";
import type { Context } from "../kernel/house.ts";
import type { TalkFile } from "../ports/platform.ts";
import type { BridgeTalk } from "./talk.ts";

/** ms */
const keptFor = 7 * 24 * 3600_000;

export interface LinkedFile {
  readonly name: string;
  readonly bytes: number;
  readonly url: string;
}

const ownerOf = (talkId: string, index: number): string => `bridge:${talkId}:${index}`;

/**
 * One file serves all the channels of a bridge. Undefined where the internet doesn't reach this service, and where it neither
 * is kept nor may be: `file` is absent, or not of a kind or size that is kept. @throws as Messenger.download and keepFile, `invalid` aside.
 */
export function linkToFile(
  ctx: Context,
  talk: Pick<BridgeTalk, "id" | "platform">,
  index: number,
  file: TalkFile | undefined,
): Promise<LinkedFile | undefined> {
  if (ctx.publicUrl === undefined) return Promise.resolve(undefined);
  const belongsTo = ownerOf(talk.id, index);
  return ctx.inTurn(belongsTo, async () => {
    const now = ctx.clock.now();
    const known = (await filesBelongingTo(ctx, belongsTo)).find(
      ({ state, until = 0 }) => state === "kept" && until > now,
    );
    if (known) return told(ctx, known);
    if (!file) return undefined;
    const { name, bytes } = file;
    const content = pieces(ctx, talk.platform, file);
    try {
      const given = { bucket: "attachments", name, bytes, content, belongsTo, until: now + keptFor } as const;
      return told(ctx, await keepFile(ctx, given));
    } catch (error) {
      if (error instanceof AppError && error.code === "invalid") return undefined;
      throw error;
    }
  });
}

/** Asked for only when it is known that its kind and size are kept. */
async function* pieces(ctx: Context, platform: string, file: TalkFile): AsyncGenerator<Uint8Array> {
  yield* await ctx.messenger.download(platform, file, file.bytes);
}

const told = (ctx: Context, file: FileRow): LinkedFile => ({
  name: shownName(file.name, file.id),
  bytes: file.bytes,
  url: fileLink(ctx, file)!,
});

/** Its message was deleted. */
export async function dropLinkedFile(ctx: Context, talkId: string, index: number): Promise<void> {
  for (const file of await filesBelongingTo(ctx, ownerOf(talkId, index))) await dropFile(ctx, file);
}
