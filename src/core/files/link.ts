// Links that let whoever has them download one file for a while: signed, so that nobody can make one up.
import type { Context } from "../kernel/house.ts";
import { isSameSignature } from "../kernel/signature.ts";
import { isFileId } from "../ports/files.ts";
import { type FileRow, files } from "./file.ts";

const signatureLength = 32;
/** Seconds since 1970 in base 36: until the year 4453. */
const timeLength = 7;
/** ms, where the file stays for good. */
const week = 7 * 24 * 3600_000;

/** Runs out when the file goes, a week from now where it stays. Undefined where the internet doesn't reach this service. */
export function fileLink(
  ctx: Pick<Context, "publicUrl" | "secrets" | "clock">,
  { id, until = ctx.clock.now() + week }: Pick<FileRow, "id" | "until">,
): string | undefined {
  if (ctx.publicUrl === undefined) return undefined;
  const ends = Math.floor(until / 1000)
    .toString(36)
    .padStart(timeLength, "0");
  return `${ctx.publicUrl}/files/${signed(ctx, ends, id)}${ends}${id}`;
}

const signed = ({ secrets }: Pick<Context, "secrets">, ends: string, id: string): string =>
  secrets.sign(`file:${ends}:${id}`, signatureLength);

type Linked = { readonly kind: "file"; readonly file: FileRow } | { readonly kind: "over" };

/** Undefined for a token that this service has not made. */
export async function linkedFile(
  ctx: Pick<Context, "store" | "secrets" | "clock">,
  token: string,
): Promise<Linked | undefined> {
  const signature = token.slice(0, signatureLength);
  const ends = token.slice(signatureLength, signatureLength + timeLength);
  const id = token.slice(signatureLength + timeLength);
  if (!isFileId(id) || !isSameSignature(ctx.secrets, signature, signed(ctx, ends, id))) return undefined;
  const now = ctx.clock.now();
  if (Number.parseInt(ends, 36) * 1000 <= now) return { kind: "over" };
  const file = await ctx.store.get(files, id);
  const there = file?.state === "kept" && (file.until ?? Number.POSITIVE_INFINITY) > now;
  return there ? { kind: "file", file } : { kind: "over" };
}
