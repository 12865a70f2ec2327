// Keeping a file: what it may be is checked before and while it is taken in, piece by piece.
import { AppError } from "../errors.ts";
import { insert, patch, remove } from "../kernel/change.ts";
import type { Context } from "../kernel/house.ts";
import type { Bucket } from "../ports/files.ts";
import { mostBytes, shelves } from "./buckets.ts";
import { type FileRow, files } from "./file.ts";
import { type Kind, kindNamed, kindsOfFiles } from "./kinds.ts";
import { sniffed } from "./sniff.ts";
import { fileTexts } from "./texts.ts";

const day = 24 * 3600_000;
const longestName = 255;

export interface GivenFile {
  readonly bucket: Bucket;
  readonly name: string;
  /** As announced; the content must be of that size. */
  readonly bytes: number;
  readonly content: AsyncIterable<Uint8Array>;
  readonly memberId?: string;
  /** What it belongs to; what belongs to nothing is swept after a day. */
  readonly belongsTo?: string;
  /** Epoch ms; then it goes. Absent: it stays as long as what it belongs to. */
  readonly until?: number;
}

type Keeping = Pick<Context, "store" | "files" | "secrets" | "clock" | "log">;

/**
 * The row comes first and says `begun`, so that whatever a crash leaves behind is found by it.
 * @throws AppError `invalid` with what is wrong with the file, what `content` throws, `unavailable`. Nothing of it is left then.
 */
export async function keepFile(ctx: Keeping, given: GivenFile): Promise<FileRow> {
  const kind = fittingKind(given);
  const content = await sniffed(kind, given.content);
  const row = rowOf(ctx, given, kind);
  await ctx.store.commit([insert(files, row)]);
  try {
    const sha256 = await ctx.files.put(row.bucket, row.id, content, row.bytes);
    const kept = { state: "kept" as const, sha256, until: given.belongsTo === undefined ? row.until : given.until };
    await ctx.store.commit([patch(files, row.id, kept)]);
    return { ...row, ...kept, rev: 2 };
  } catch (error) {
    await forget(ctx, row).catch((left) => ctx.log.warn({ file: row.id }, "a file waits for the sweep", left));
    throw error;
  }
}

/** The kind that the name says, where the bucket takes it at that size. @throws AppError `invalid` */
function fittingKind({ bucket, name, bytes }: GivenFile): Kind {
  const kind = kindNamed(name);
  const most = kind && mostBytes(bucket, kind);
  if (!kind || most === undefined) {
    const kinds = shelves[bucket].flatMap((shelf) => shelf.kinds);
    throw new AppError("invalid", fileTexts.say("kind", kinds.join(", ")));
  }
  if (bytes > most) throw new AppError("invalid", fileTexts.say("tooLarge", most / 1_000_000));
  return kind;
}

const rowOf = ({ secrets, clock }: Keeping, { bucket, name, bytes, memberId, belongsTo }: GivenFile, kind: Kind) => ({
  id: `${secrets.id()}.${kind}`,
  bucket,
  name: name.toWellFormed().slice(0, longestName).toWellFormed(),
  type: kindsOfFiles[kind].type,
  bytes,
  memberId,
  belongsTo,
  state: "begun" as const,
  createdAt: clock.now(),
  until: clock.now() + day,
});

async function forget(ctx: Keeping, { bucket, id }: Pick<FileRow, "bucket" | "id">): Promise<void> {
  await ctx.files.remove(bucket, id);
  await ctx.store.commit([remove(files, id)]);
}
